package live.strait.loadtest.host;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.random.RandomGenerator;
import live.strait.loadtest.stamp.PayloadKind;
import live.strait.protocol.rtcp.SenderStatistics;
import live.strait.protocol.rtp.RtpHeaderWriter;
import live.strait.protocol.rtp.RtxPayload;
import live.strait.protocol.sdp.HeaderExtension;
import live.strait.signaling.control.Codec;
import live.strait.signaling.control.MediaLine;
import live.strait.signaling.control.MediaLine.SsrcPair;
import org.jspecify.annotations.Nullable;

/// One SSRC that a host sends, with the SSRC of its retransmissions and the packets that may be asked for again.
final class HostStream {
    /// A second and more at 4 Mbit/s.
    private static final int HISTORY = 512;

    private final Codec codec;
    private final SsrcPair ssrcs;
    private final long firstTimestamp;
    private final int midId;
    private final int ridId;
    private final int repairedRidId;
    private final int transportWideId;
    private final ByteBuffer mid;
    private final ByteBuffer rid;
    private final SenderStatistics statistics = new SenderStatistics();
    private final @Nullable Packet[] history = new Packet[HISTORY];
    /// Their payloads: outside the heap, as a hundred hosts' would be most of what is alive there.
    private final ByteBuffer payloads = ByteBuffer.allocateDirect(HISTORY * Vp8Packetizer.MAX_PAYLOAD_BYTES);

    private long nextSequence;
    private long nextRtxSequence;
    /// Browsers name line and layer in every packet until a report shows that they are known.
    private boolean known;

    HostStream(MediaLine line, SsrcPair ssrcs, String rid, RandomGenerator random) {
        codec = line.codecs().getFirst();
        this.ssrcs = ssrcs;
        firstTimestamp = random.nextLong(1L << 32);
        nextSequence = random.nextLong(1, 1 << 15);
        nextRtxSequence = random.nextLong(1, 1 << 15);
        Map<String, Integer> ids = line.extensions();
        midId = ids.getOrDefault(HeaderExtension.MID.uri(), 0);
        ridId = rid.isEmpty() ? 0 : ids.getOrDefault(HeaderExtension.RID.uri(), 0);
        repairedRidId = rid.isEmpty() ? 0 : ids.getOrDefault(HeaderExtension.REPAIRED_RID.uri(), 0);
        transportWideId = ids.getOrDefault(HeaderExtension.TRANSPORT_WIDE_CC.uri(), 0);
        mid = StandardCharsets.US_ASCII.encode(line.mid());
        this.rid = StandardCharsets.US_ASCII.encode(rid);
    }

    int ssrc() {
        return (int) ssrcs.media();
    }

    SenderStatistics statistics() {
        return statistics;
    }

    boolean canRetransmit() {
        return codec.rtxPayloadType() >= 0 && ssrcs.rtx() >= 0;
    }

    boolean isTransportWide() {
        return transportWideId != 0;
    }

    /// A report names the SSRC.
    void onKnown() {
        known = true;
    }

    long timestampAt(long mediaNanos) {
        long ticks = mediaNanos / 1000 * codec.clockRate() / 1_000_000;
        return (firstTimestamp + ticks) & 0xffff_ffffL;
    }

    /// The next packet, kept for retransmission, whose payload is to be written.
    ///
    /// @param payloadBytes at most what [Vp8Packetizer] makes
    Packet take(int payloadBytes, PayloadKind kind, boolean last, long mediaNanos) {
        int place = (int) nextSequence % HISTORY;
        Packet packet = history[place];
        if (packet == null) {
            int room = Vp8Packetizer.MAX_PAYLOAD_BYTES;
            packet = new Packet(this, payloads.slice(place * room, room));
            history[place] = packet;
        } else if (!packet.isDone()) {
            packet = new Packet(this, ByteBuffer.allocate(Vp8Packetizer.MAX_PAYLOAD_BYTES));
            history[place] = packet;
        }
        packet.kind = kind;
        packet.sequence = nextSequence++;
        packet.timestamp = timestampAt(mediaNanos);
        packet.last = last;
        packet.sent = false;
        packet.payload.clear().limit(payloadBytes);
        return packet;
    }

    /// The packet that went out with this 16-bit number, or null when it is too old.
    @Nullable
    Packet find(int sequence) {
        long extended = nextSequence + (short) (sequence - (int) nextSequence);
        Packet packet = extended < 0 ? null : history[(int) extended % HISTORY];
        return packet != null && packet.sequence == extended ? packet : null;
    }

    /// Writes a packet as it goes out first; returns its SRTP index.
    long write(Packet packet, int transportSequence, RtpHeaderWriter header, ByteBuffer out) {
        header.begin(out, codec.payloadType(), packet.last, (int) packet.sequence, packet.timestamp, ssrc());
        writeExtensions(header, transportSequence, ridId);
        header.end();
        put(packet.payload, out);
        return packet.sequence;
    }

    /// Writes a packet as a retransmission (RFC 4588); returns its SRTP index.
    long writeAgain(Packet packet, int transportSequence, RtpHeaderWriter header, ByteBuffer out) {
        long sequence = nextRtxSequence++;
        header.begin(out, codec.rtxPayloadType(), packet.last, (int) sequence, packet.timestamp, (int) ssrcs.rtx());
        writeExtensions(header, transportSequence, repairedRidId);
        header.end();
        RtxPayload.writeOriginalSequenceNumber(out, (int) packet.sequence);
        put(packet.payload, out);
        return sequence;
    }

    private static void put(ByteBuffer payload, ByteBuffer out) {
        out.put(out.position(), payload, 0, payload.limit()).position(out.position() + payload.limit());
    }

    private void writeExtensions(RtpHeaderWriter header, int transportSequence, int layerId) {
        if (transportWideId != 0) {
            header.extensionInt16(transportWideId, transportSequence);
        }
        if (!known && midId != 0) {
            header.extension(midId, mid, 0, mid.limit());
        }
        if (!known && layerId != 0) {
            header.extension(layerId, rid, 0, rid.limit());
        }
    }

    /// One payload on its way. When it has gone out and is too old to be asked for, another takes its place.
    static final class Packet {
        final HostStream stream;
        /// From 0 to its limit.
        final ByteBuffer payload;
        PayloadKind kind = PayloadKind.SOUND;
        long sequence;
        long timestamp;
        boolean last;
        boolean sent;
        /// How many retransmissions of it wait.
        int again;

        private Packet(HostStream stream, ByteBuffer payload) {
            this.stream = stream;
            this.payload = payload;
        }

        private boolean isDone() {
            return sent && again == 0;
        }
    }
}
