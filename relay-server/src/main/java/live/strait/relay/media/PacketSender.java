package live.strait.relay.media;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.rtp.RtpHeaderWriter;
import live.strait.protocol.rtp.RtpView;
import live.strait.protocol.rtp.RtxPayload;
import live.strait.protocol.sdp.HeaderExtension;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.observe.LoopCounters.Counter;
import live.strait.relay.peer.MediaRoute;
import live.strait.relay.peer.PeerSession;
import live.strait.signaling.control.Codec;
import live.strait.signaling.control.MediaLine;
import live.strait.signaling.control.SessionOpened.OutgoingStream;
import org.jspecify.annotations.Nullable;

/// Writes one line's packets into the loop's egress: a header of the viewer's own, the publisher's payload, sealed.
///
/// The payload is sealed straight from the loop's stage into the datagram.
@SuppressWarnings("ReferenceEquality") // codecs and lines are compared with the ones seen last, on the packet path
final class PacketSender {
    /// Passed on as they are, where both sides know them; what concerns one hop only is not among them.
    private static final Set<HeaderExtension> END_TO_END = EnumSet.of(
            HeaderExtension.SSRC_AUDIO_LEVEL,
            HeaderExtension.VIDEO_ORIENTATION,
            HeaderExtension.PLAYOUT_DELAY,
            HeaderExtension.ABS_CAPTURE_TIME,
            HeaderExtension.COLOR_SPACE);

    /// What waits longer than this in front of a slow TCP connection is worth nothing any more.
    private static final long MAX_BACKLOG_NANOS = 200_000_000L;
    private static final long DRAINED_NANOS = 20_000_000L;

    private final MediaLine line;
    private final OutgoingStream stream;
    private final MediaLoop loop;
    private final int ssrc;
    private final int transportWideId;
    private long rtxSequence = ThreadLocalRandom.current().nextLong(1, 1 << 15);
    private @Nullable PeerSession session;
    private @Nullable MediaRoute route;
    private boolean behind;
    private long resendQuietNanos = 15_000_000L;

    private @Nullable Codec matchedFrom;
    private @Nullable Codec matchedTo;
    private int payloadType;
    private @Nullable MediaLine mappedFrom;
    /// Pairs of the publisher's id and the viewer's.
    private int[] extensionPairs = {};
    /// Which of the publisher's ids are among them, as [CachedPacket#extensionIds] has them.
    private int extensionIds;

    PacketSender(MediaLine line, OutgoingStream stream, MediaLoop loop) {
        this.line = line;
        this.stream = stream;
        this.loop = loop;
        this.ssrc = (int) stream.ssrc();
        this.transportWideId = line.extensions().getOrDefault(HeaderExtension.TRANSPORT_WIDE_CC.uri(), 0);
    }

    /// From now on there are keys.
    void start(PeerSession owner) {
        session = owner;
        route = owner.route();
    }

    /// The way out, or null before there are keys.
    @Nullable
    MediaRoute route() {
        return route;
    }

    OutgoingStream stream() {
        return stream;
    }

    /// Whether a TCP connection takes less than we send. Once behind, it must have drained before we go on.
    boolean isBehind(long nowNanos) {
        MediaRoute way = route;
        if (way == null || !way.isOnTcp()) {
            return false;
        }
        behind = way.backlogNanos(nowNanos) > (behind ? DRAINED_NANOS : MAX_BACKLOG_NANOS);
        return behind;
    }

    /// Closes the session because of an error of ours; until then nothing more is sent.
    void fail(RuntimeException bug) {
        PeerSession owner = session;
        route = null;
        if (owner != null) {
            owner.fail(bug);
        }
    }

    int nextTransportSequence() {
        MediaRoute way = route;
        return way == null || transportWideId == 0 ? 0 : way.nextTransportSequence();
    }

    int ssrc() {
        return ssrc;
    }

    /// Of what was matched last.
    int payloadType() {
        return payloadType;
    }

    /// The id of the transport-wide sequence number's extension, or 0 where the viewer has none.
    int transportWideId() {
        return transportWideId;
    }

    /// Whether packets may be forwarded without a note of every number in them: they are sent again by RTX, or not
    /// at all.
    boolean needsNoNotes() {
        Codec codec = matchedTo;
        return codec != null && (hasRtx(codec) || !codec.feedback().contains(Codec.Feedback.NACK));
    }

    /// Which of the publisher's extensions the viewer gets, as [CachedPacket#extensionIds] has them.
    int extensionIds() {
        return extensionIds;
    }

    /// How long after a resend another request for the same packet is taken for an echo.
    long resendQuietNanos() {
        return resendQuietNanos;
    }

    /// A request sent less than most of a round trip after our answer cannot know of it.
    void onRoundTrip(long roundTripNanos) {
        resendQuietNanos = Math.clamp(roundTripNanos * 3 / 4, 5_000_000L, 400_000_000L);
    }

    /// Whether the viewer has a payload type for what a publisher sends.
    boolean matches(Codec sent) {
        if (sent != matchedFrom) {
            matchedFrom = sent;
            Codec found = CodecMatch.find(line.codecs(), sent);
            matchedTo = found;
            payloadType = found == null ? -1 : found.payloadType();
        }
        return payloadType >= 0;
    }

    static boolean hasPictureIds(Codec codec) {
        return codec.name() == Codec.Name.VP8 || codec.name() == Codec.Name.VP9;
    }

    /// Sends a packet that [#matches] for the first time; false when it could not be sent.
    boolean send(CachedPacket packet, long out, PacketRewrite rewrite, RtpHeaderWriter header) {
        MediaRoute way = route;
        if (way == null || !isStaged(packet)) {
            return false;
        }
        ByteBuffer datagram = loop.egress().claim();
        writeHeader(packet, payloadType, (int) out, rewrite.timestamp, rewrite.transportSeq, datagram, header);
        if (packet.paddingBytes > 0) {
            loop.counters().add(Counter.RTP_PADDING_BYTES, packet.paddingBytes);
        }
        packet.renumber(rewrite.pictureId, rewrite.tl0PicIdx);
        RtpView view = packet.view;
        int textBytes = packet.payloadBytes + packet.paddingBytes;
        return way.sendRtp(datagram.flip(), view.buffer(), view.payloadOffset(), textBytes, out);
    }

    /// Sends a packet that [#matches] again: by RTX (RFC 4588) where it was negotiated, else the very same bytes.
    /// Over TCP nothing is sent again, as nothing is lost there.
    ///
    /// @param noted whether the rewrite has all that was in the packet
    boolean resend(CachedPacket packet, long out, boolean noted, PacketRewrite rewrite, RtpHeaderWriter header) {
        MediaRoute way = route;
        Codec codec = matchedTo;
        if (way == null || way.isOnTcp() || codec == null) {
            return false;
        }
        if (!hasRtx(codec)) {
            return noted && send(packet, out, rewrite, header);
        }
        if (!isStaged(packet)) {
            return false;
        }
        ByteBuffer datagram = loop.egress().claim();
        long rtxOut = ++rtxSequence;
        header.begin(datagram, codec.rtxPayloadType(), packet.marker, (int) rtxOut, rewrite.timestamp, (int)
                stream.rtxSsrc());
        mapExtensions(packet.stream().track().line());
        writeExtensions(packet, nextTransportSequence(), header);
        header.end();
        RtxPayload.writeOriginalSequenceNumber(datagram, (int) out);
        packet.renumber(rewrite.pictureId, rewrite.tl0PicIdx);
        RtpView view = packet.view;
        datagram.put(datagram.position(), view.buffer(), view.payloadOffset(), packet.payloadBytes);
        datagram.limit(datagram.position() + packet.payloadBytes).position(0);
        return way.sendRtp(datagram, rtxOut);
    }

    /// Writes the header of a packet that [#matches]; the buffer's position is behind it.
    void writeHeader(
            CachedPacket packet,
            int type,
            int out,
            long timestamp,
            int transportSeq,
            ByteBuffer datagram,
            RtpHeaderWriter header) {
        mapExtensions(packet.stream().track().line());
        if (RtpHeaderWriter.fitsInt16(transportWideId) && (packet.extensionIds & extensionIds) == 0) {
            RtpHeaderWriter.writeWithInt16(
                    datagram, type, packet.marker, out, timestamp, ssrc, transportWideId, transportSeq);
        } else {
            header.begin(datagram, type, packet.marker, out, timestamp, ssrc);
            writeExtensions(packet, transportSeq, header);
            header.end();
        }
        if (packet.paddingBytes > 0) {
            RtpHeaderWriter.markPadded(datagram, 0);
        }
    }

    private void writeExtensions(CachedPacket packet, int transportSeq, RtpHeaderWriter header) {
        if (transportWideId != 0) {
            header.extensionInt16(transportWideId, transportSeq);
        }
        RtpView view = packet.view;
        int[] pairs = extensionPairs;
        for (int i = 0; i < pairs.length; i += 2) {
            if (view.findExtension(pairs[i])) {
                header.extension(pairs[i + 1], view.buffer(), view.extensionOffset(), view.extensionLength());
            }
        }
    }

    private void mapExtensions(MediaLine publisher) {
        if (publisher != mappedFrom) {
            mappedFrom = publisher;
            extensionPairs = pairs(publisher);
            extensionIds = 0;
            for (int i = 0; i < extensionPairs.length; i += 2) {
                extensionIds |= RtpView.bitOf(extensionPairs[i]);
            }
        }
    }

    private int[] pairs(MediaLine publisher) {
        int[] found = new int[2 * END_TO_END.size()];
        int count = 0;
        for (HeaderExtension extension : END_TO_END) {
            Integer from = publisher.extensions().get(extension.uri());
            Integer to = line.extensions().get(extension.uri());
            if (from != null && to != null) {
                found[count++] = from;
                found[count++] = to;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private boolean hasRtx(Codec codec) {
        return codec.rtxPayloadType() >= 0 && stream.rtxSsrc() >= 0;
    }

    private boolean isStaged(CachedPacket packet) {
        if (packet.stage(loop)) {
            return true;
        }
        loop.counters().drop(DropReason.CACHE_OVERRUN);
        return false;
    }
}
