package live.strait.relay.media;

import live.strait.protocol.demux.DropReason;
import live.strait.protocol.rtcp.SequenceNumbers;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.media.KeyframeGate.Need;
import live.strait.relay.observe.LoopCounters.Counter;
import live.strait.relay.peer.MediaRoute;
import live.strait.signaling.control.Codec;
import live.strait.signaling.control.LayerWish;
import live.strait.signaling.control.MediaLine;
import org.jspecify.annotations.Nullable;

/// One line of one viewer: one continuous stream made of whatever is published.
///
/// Lives on the viewer's loop. It follows one layer at a time; a change of layer, of publication or of codec
/// happens at a key frame, and sequence numbers, timestamps and picture ids go on as if nothing had been. A
/// newcomer does not wait for one where the cache still has all since the last, of whatever layer up to the
/// wanted one. The outgoing sequence number is the SRTP index: it is never reset and never used for two different
/// packets.
final class Subscription {
    /// While the wanted layer's first key frame is awaited for so long, any other layer's is welcome.
    private static final long FIRST_LAYER_PATIENCE_NANOS = 400_000_000L;
    /// A key frame that was asked for and has not come is asked for again.
    private static final long KEY_FRAME_PATIENCE_NANOS = 1_000_000_000L;
    /// After a switch so many bursts are looked at before the viewer follows: by then nothing late of the layer
    /// before is worth anything.
    private static final int UNSETTLED_BURSTS = 32;

    private final MediaLine line;
    private final MediaLoop loop;
    private final PacketSender sender;
    private final OutgoingLine numbers;
    private final UpSwitch upSwitch = new UpSwitch();

    private LayerWish wish = LayerWish.BEST;
    private @Nullable PublishedTrack track;
    /// Where its viewer stands among the others of the track, while there is one.
    private int place;
    private @Nullable SourceStream current;
    private @Nullable SourceStream target;
    private boolean paused;
    private long targetSinceNanos;
    private long keyFrameAskedNanos;
    private int burstsSinceSwitch;

    Subscription(MediaLine line, int clockRate, MediaLoop loop, PacketSender sender, long firstSequence) {
        this.line = line;
        this.loop = loop;
        this.sender = sender;
        this.numbers = new OutgoingLine(firstSequence, clockRate, isVideo() ? 1024 : 128);
    }

    MediaLine line() {
        return line;
    }

    boolean isVideo() {
        return line.kind() == MediaLine.Kind.VIDEO;
    }

    PacketSender sender() {
        return sender;
    }

    /// The layer that is being forwarded, or null.
    @Nullable
    SourceStream current() {
        return current;
    }

    long packetCount() {
        catchUpWithLead();
        return numbers.packetCount();
    }

    /// Payload bytes sent (RFC 3550 section 6.4.1).
    long octetCount() {
        catchUpWithLead();
        return numbers.octetCount();
    }

    /// Follows another track from now on, or none.
    void bind(@Nullable PublishedTrack next, long nowNanos) {
        PublishedTrack former = track;
        if (former == next) {
            return;
        }
        leave();
        if (former != null) {
            former.fanout().at(loop).remove(place);
        }
        track = next;
        current = null;
        target = null;
        if (next != null) {
            place = next.fanout().at(loop).add(this);
            chooseLayer(nowNanos);
        }
    }

    /// Its place among the track's viewers is another one.
    void moveTo(int newPlace) {
        place = newPlace;
        catchUpWithLead(); // its turn for that comes by its place
    }

    void select(LayerWish next, long nowNanos) {
        wish = next;
        chooseLayer(nowNanos);
    }

    /// Decides what to follow, of what is on now.
    void chooseLayer(long nowNanos) {
        PublishedTrack of = track;
        SourceStream wanted = of == null ? null : wanted(of);
        if (wanted == null) {
            target = null;
            if (isVideo() && wish.videoPaused()) {
                leave();
                current = null;
            }
            return;
        }
        if (wanted == current) {
            target = null;
        } else if (wanted != target) {
            await(wanted, nowNanos);
        }
    }

    private void await(SourceStream wanted, long nowNanos) {
        leave();
        target = wanted;
        targetSinceNanos = nowNanos;
        upSwitch.reset();
        askToBeginWith(wanted, nowNanos);
    }

    /// Looks again at what is awaited; to be called now and then.
    void onTimeout(long nowNanos) {
        PublishedTrack of = track;
        if (of != null) {
            of.fanout().at(loop).announce();
        }
        chooseLayer(nowNanos);
        SourceStream awaited = target;
        if (awaited != null && nowNanos - keyFrameAskedNanos > KEY_FRAME_PATIENCE_NANOS) {
            askToBeginWith(awaited, nowNanos);
        }
    }

    /// The viewer cannot decode what it has and wants a key frame.
    void onKeyFrameRequest(long nowNanos) {
        SourceStream of = current;
        if (of != null) {
            askForKeyFrame(of, Need.PICTURE, nowNanos);
        }
    }

    /// New packets of one layer of the track.
    ///
    /// @param lead where the layer was before them
    void onBurst(Lead lead, Burst burst, long nowNanos) {
        SourceStream stream = lead.stream();
        catchUpWithLead();
        if (sender.isBehind(nowNanos)) {
            pause();
            return;
        }
        resume(nowNanos);
        if (stream == current) {
            burstsSinceSwitch++;
            onFollowed(lead, burst, forward(burst, nowNanos));
        } else {
            forwardLate(stream, burst, nowNanos);
            if (mayStartWith(stream, nowNanos)) {
                startWith(stream, burst, nowNanos);
            }
        }
    }

    private void onFollowed(Lead lead, Burst burst, boolean all) {
        PublishedTrack of = track;
        if (of == null) {
            return;
        }
        ViewerTable viewers = of.fanout().at(loop).viewers();
        numbers.countedUpTo(lead.octets() + burst.octets());
        // Whatever is out of the ordinary may have moved the numbers of what comes next.
        viewers.leave(place);
        if (all && burst.endsBehind(lead) && isSteady()) {
            settle(lead, burst, viewers);
        }
    }

    /// Nothing is awaited, and all that comes next has the distance of what was sent last.
    private boolean isSteady() {
        MediaRoute route = sender.route();
        return target == null
                && burstsSinceSwitch > UNSETTLED_BURSTS
                && numbers.isSteady()
                && sender.needsNoNotes()
                && route != null
                && route.isDirect();
    }

    private void settle(Lead lead, Burst burst, ViewerTable viewers) {
        MediaRoute route = sender.route();
        if (route != null) {
            CachedPacket last = burst.packet(burst.size() - 1);
            viewers.settle(place, lead, last, numbers.highest(), burst.rewrite, sender, route);
        }
    }

    /// Looks at every packet from now on.
    private void leave() {
        PublishedTrack of = track;
        if (of != null) {
            catchUpWithLead();
            of.fanout().at(loop).viewers().leave(place);
        }
    }

    /// Notes what was sent since the last time without a look at it.
    void catchUpWithLead() {
        PublishedTrack of = track;
        ViewerTable viewers = of == null ? null : of.fanout().at(loop).viewers();
        Lead lead = viewers == null ? null : viewers.lead(place);
        if (viewers != null && lead != null) {
            numbers.catchUpWith(lead, viewers.sequenceShift(place));
            viewers.caughtUp(place, lead);
        }
    }

    private void startWith(SourceStream stream, Burst burst, long nowNanos) {
        if (!isVideo()) {
            switchTo(stream);
            forward(burst, nowNanos);
            return;
        }
        long first = upSwitch.firstToForward(stream, burst, current == null, nowNanos);
        if (first != UpSwitch.NOT_YET) {
            switchTo(stream);
            forwardFrom(first, stream, burst, nowNanos);
        } else if (stream == catchUp(nowNanos)) {
            startWithThePast(stream, burst, nowNanos);
        } else if (stream == target && keyFrameAskedNanos - targetSinceNanos < 0) {
            askToBeginWith(stream, nowNanos); // it was in the cache when it was chosen
        }
    }

    private void startWithThePast(SourceStream stream, Burst burst, long nowNanos) {
        long first = stream.catchUpFrom(nowNanos);
        long live = burst.newestTimestamp();
        if (first != SourceStream.TOO_LONG_AGO && live >= 0) { // else too much has come since the layer was chosen
            switchTo(stream);
            numbers.squeezeBefore(live);
            forwardFrom(first, stream, burst, nowNanos);
        }
    }

    private void forwardFrom(long first, SourceStream stream, Burst burst, long nowNanos) {
        forwardArrival(stream, first, burst, nowNanos);
        // The beginning of a key frame may have come by retransmission, behind the rest of it.
        PacketCache cache = stream.cache();
        long keyFrameSeq = cache.arrivedAt(first);
        for (long arrival = Math.max(0, first - cache.capacity() / 2); arrival < first; arrival++) {
            if (cache.arrivedAt(arrival) > keyFrameSeq) {
                forwardArrival(stream, arrival, burst, nowNanos);
            }
        }
        for (long arrival = first + 1; arrival < burst.firstArrival() + burst.size(); arrival++) {
            forwardArrival(stream, arrival, burst, nowNanos);
        }
    }

    /// What was missing of the layer before the last switch.
    private void forwardLate(SourceStream stream, Burst burst, long nowNanos) {
        for (int i = 0; i < burst.size(); i++) {
            CachedPacket packet = burst.packet(i);
            if (packet.isLoaded() && numbers.isLate(stream, packet.extSeq)) {
                forward(packet, false, burst, nowNanos);
            }
        }
    }

    /// Whether all packets have got their numbers.
    private boolean forward(Burst burst, long nowNanos) {
        boolean all = true;
        boolean inFrame = false;
        for (int i = 0; i < burst.size(); i++) {
            CachedPacket packet = burst.packet(i);
            inFrame = packet.isLoaded() && forward(packet, inFrame && packet.continuesFrame, burst, nowNanos);
            all &= inFrame;
        }
        return all;
    }

    private void forwardArrival(SourceStream stream, long arrival, Burst burst, long nowNanos) {
        if (burst.spare.load(stream, stream.cache().arrivedAt(arrival))) {
            forward(burst.spare, false, burst, nowNanos);
        } else {
            loop.counters().drop(DropReason.CACHE_OVERRUN);
        }
    }

    /// A TCP connection takes less than we send: what comes now would be late, and nothing is sent again there.
    private void pause() {
        paused = true;
        leave();
        if (isVideo() && current != null) {
            target = current;
            current = null;
        }
    }

    private void resume(long nowNanos) {
        if (paused) {
            paused = false;
            SourceStream awaited = target;
            if (awaited != null) {
                await(awaited, nowNanos);
            }
        }
    }

    void onSenderReport(SourceStream stream) {
        catchUpWithLead();
        numbers.onSenderReport(stream);
        if (!numbers.isSteady()) {
            leave();
        }
    }

    /// Sends again what the viewer says it has not got.
    void onNack(SequenceNumbers lost, long nowNanos) {
        loop.counters().add(Counter.NACK_RECEIVED, lost.size());
        catchUpWithLead();
        for (int i = 0; i < lost.size(); i++) {
            long highest = numbers.highest();
            long out = highest + (short) (lost.get(i) - (int) highest);
            SourceStream from = numbers.sourceOf(out);
            if (from == null || !resend(from, out, nowNanos)) {
                loop.counters().increment(Counter.NACK_UNANSWERED);
            }
        }
    }

    /// The outgoing timestamp that belongs to an instant on the publisher's wall clock, or -1 when nothing is
    /// known yet.
    long outgoingTimestampAt(long ntpTime) {
        return numbers.timestampAt(ntpTime);
    }

    private @Nullable SourceStream wanted(PublishedTrack of) {
        if (!isVideo()) {
            return of.bestActive();
        }
        if (wish.videoPaused()) {
            return null;
        }
        String rid = wish.rid();
        return rid == null ? of.bestActive() : of.activeNear(rid);
    }

    private boolean mayStartWith(SourceStream stream, long nowNanos) {
        if (stream == target) {
            return true;
        }
        return current == null
                && target != null
                && (nowNanos - targetSinceNanos > FIRST_LAYER_PATIENCE_NANOS || stream == catchUp(nowNanos));
    }

    /// The layer that a newcomer begins with at its next packets, or null. Who has had a picture waits for a key
    /// frame: parts of the past would come to it twice.
    private @Nullable SourceStream catchUp(long nowNanos) {
        SourceStream wanted = target;
        return isVideo() && numbers.packetCount() == 0 && wanted != null
                ? wanted.track().bestToCatchUp(wanted, nowNanos)
                : null;
    }

    private void switchTo(SourceStream stream) {
        current = stream;
        burstsSinceSwitch = 0;
        if (stream == target) {
            target = null;
        }
        numbers.switchTo(stream);
        loop.counters().increment(Counter.LAYER_SWITCHES);
    }

    /// Gives the packet its place on the viewer's line, and sends it.
    ///
    /// @param inFrame the packet in front of it was forwarded and is of the same frame: what they share stands in
    ///   the burst's rewrite
    /// @return whether that holds for the packet behind it
    private boolean forward(CachedPacket packet, boolean inFrame, Burst burst, long nowNanos) {
        long out = numbers.place(packet, inFrame, burst.rewrite, sender, nowNanos);
        if (out == SequenceMapper.REFUSED) {
            return false;
        }
        if (sender.send(packet, out, burst.rewrite, burst.header)) {
            numbers.count(packet);
            loop.counters().increment(Counter.RTP_FORWARDED);
        }
        return true;
    }

    private boolean resend(SourceStream from, long out, long nowNanos) {
        Burst scratch = from.track().fanout().at(loop).burst();
        CachedPacket packet = scratch.spare;
        Codec codec = numbers.load(from, out, packet, scratch.rewrite) ? packet.codec : null;
        if (codec == null || !sender.matches(codec)) {
            return false;
        }
        if (numbers.mayResend(out, nowNanos, sender.resendQuietNanos())
                && sender.resend(packet, out, numbers.isNoted(out), scratch.rewrite, scratch.header)) {
            loop.counters().increment(Counter.RTP_RESENT);
        }
        return true;
    }

    private void askToBeginWith(SourceStream awaited, long nowNanos) {
        SourceStream meanwhile = current == null ? catchUp(nowNanos) : current;
        if (meanwhile != awaited) {
            boolean sees = meanwhile != null && meanwhile.isActive();
            askForKeyFrame(awaited, sees ? Need.BETTER_PICTURE : Need.PICTURE, nowNanos);
        }
    }

    private void askForKeyFrame(SourceStream stream, Need need, long nowNanos) {
        PublishedTrack of = track;
        if (of != null && isVideo() && !paused) {
            keyFrameAskedNanos = nowNanos;
            of.fanout().at(loop).requestKeyFrame(stream, need, nowNanos);
        }
    }
}
