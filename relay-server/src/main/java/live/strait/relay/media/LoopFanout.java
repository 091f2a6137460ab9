package live.strait.relay.media;

import java.util.ArrayList;
import java.util.List;
import live.strait.protocol.demux.DropReason;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.media.KeyframeGate.Need;
import live.strait.relay.observe.LoopCounters.Counter;
import live.strait.relay.observe.LoopThreads;
import org.jspecify.annotations.Nullable;

/// One loop's subscriptions to one track.
///
/// Requests for key frames are merged here before they cross to the publisher's loop, so that a hundred viewers
/// who join in one moment cost it one message.
@SuppressWarnings("ReferenceEquality") // a stream is itself
final class LoopFanout {
    private static final long KEY_FRAME_MERGE_NANOS = 50_000_000L;

    private final MediaLoop loop;
    private final MediaLoop home;
    private final Fanout fanout;
    private final ViewerTable viewers = new ViewerTable();
    private final List<Lead> leads = new ArrayList<>();
    private final Burst burst = new Burst();
    private boolean announced;
    private @Nullable SourceStream keyFrameAskedOf;
    private Need keyFrameNeed = Need.BETTER_PICTURE;
    private long keyFrameAskedNanos;

    LoopFanout(MediaLoop loop, MediaLoop home, Fanout fanout) {
        this.loop = loop;
        this.home = home;
        this.fanout = fanout;
    }

    Burst burst() {
        return burst;
    }

    MediaLoop loop() {
        return loop;
    }

    ViewerTable viewers() {
        return viewers;
    }

    /// Serves one more viewer, whose place is returned.
    int add(Subscription viewer) {
        int place = viewers.add(viewer, loop.nowNanos());
        announce();
        return place;
    }

    void remove(int place) {
        viewers.remove(place);
        announce();
    }

    /// Tells the publisher's loop whether anybody is here; to be called now and then, as its mailbox may have
    /// refused.
    void announce() {
        boolean has = viewers.size() > 0;
        if (has != announced && home.post(now -> fanout.setHasViewers(loop, has))) {
            announced = has;
        }
    }

    /// Asks the publisher for a key frame of `stream`.
    void requestKeyFrame(SourceStream stream, Need need, long nowNanos) {
        if (stream == keyFrameAskedOf
                && nowNanos - keyFrameAskedNanos < KEY_FRAME_MERGE_NANOS
                && (need == keyFrameNeed || keyFrameNeed == Need.PICTURE)) {
            return;
        }
        keyFrameAskedOf = stream;
        keyFrameNeed = need;
        keyFrameAskedNanos = nowNanos;
        home.post(now -> stream.track().requestKeyFrame(stream, need, now));
    }

    /// As [#onBurst], from another loop.
    void onPostedBurst(SourceStream stream, long from, long to, int turn) {
        long allocatedBefore = LoopThreads.allocatedHere();
        onBurst(stream, from, to, turn);
        loop.counters().add(Counter.FANOUT_ALLOCATED_BYTES, LoopThreads.allocatedHere() - allocatedBefore);
    }

    /// Those who came lately are served behind the others, who shall see as little as can be of a crowd that comes.
    ///
    /// @param turn whom to serve first of each of the two, so that nobody is always last
    void onBurst(SourceStream stream, long from, long to, int turn) {
        int count = viewers.size();
        if (count == 0 || from == to) {
            return;
        }
        int first = Math.floorMod(turn, count);
        long nowNanos = loop.nowNanos();
        for (int gone = burst.load(stream, from, to); gone > 0; gone--) {
            loop.counters().drop(DropReason.CACHE_OVERRUN);
        }
        burst.reserveStage(loop);
        Lead lead = leadOf(stream);
        boolean inTurn = burst.follows(lead);
        int followed = 0;
        try {
            followed += serveAll(false, first, lead, inTurn, nowNanos);
            followed += serveAll(true, first, lead, inTurn, nowNanos);
        } finally {
            lead.passed(burst, nowNanos);
        }
        loop.counters().add(Counter.RTP_FORWARDED, (long) followed * burst.size());
        loop.counters().add(Counter.RTP_FOLLOWED, (long) followed * burst.size());
        loop.counters().add(Counter.RTP_PADDING_BYTES, (long) followed * burst.paddingBytes());
    }

    /// Serves newcomers or all others, and returns how many of them by the short way.
    private int serveAll(boolean newcomers, int first, Lead lead, boolean inTurn, long nowNanos) {
        int followed = 0;
        int count = viewers.size();
        for (int i = 0; i < count; i++) {
            int at = first + i;
            int place = at < count ? at : at - count;
            if (viewers.isNewcomer(place, nowNanos) == newcomers) {
                followed += serve(place, lead, inTurn, nowNanos) ? 1 : 0;
            }
        }
        return followed;
    }

    /// Whether the viewer was served by the short way.
    private boolean serve(int place, Lead lead, boolean inTurn, long nowNanos) {
        Lead own = viewers.lead(place);
        if (own != null && own != lead) {
            return false; // all of its layers but one say nothing to a viewer who follows that
        }
        try {
            if (own != null && viewers.isFarBehind(place, lead)) {
                viewers.viewer(place).catchUpWithLead();
            }
            if (own != null && inTurn && burst.isStaged(loop) && viewers.forward(place, burst, loop)) {
                return true;
            }
            viewers.viewer(place).onBurst(lead, burst, nowNanos);
        } catch (RuntimeException bug) {
            // Its session alone; the others get their packets. What it was sent last is not known any more.
            viewers.leave(place);
            viewers.viewer(place).sender().fail(bug);
        }
        return false;
    }

    void onLayersChanged() {
        for (int i = 0; i < viewers.size(); i++) {
            viewers.viewer(i).chooseLayer(loop.nowNanos());
        }
    }

    void onSenderReport(SourceStream stream) {
        for (int i = 0; i < viewers.size(); i++) {
            viewers.viewer(i).onSenderReport(stream);
        }
    }

    private Lead leadOf(SourceStream stream) {
        for (int i = 0; i < leads.size(); i++) {
            if (leads.get(i).stream() == stream) {
                return leads.get(i);
            }
        }
        Lead lead = new Lead(stream);
        leads.add(lead);
        return lead;
    }
}
