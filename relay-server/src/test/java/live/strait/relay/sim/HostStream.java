package live.strait.relay.sim;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import live.strait.protocol.rtp.RtpHeaderWriter;
import live.strait.relay.media.Lines;
import live.strait.signaling.control.Codec;
import org.jspecify.annotations.Nullable;

/// One SSRC of a simulated host with its retransmissions: frames in, packets out, in VP8 or as audio.
final class HostStream {
    private static final int[] TEMPORAL_CYCLE = {0, 2, 1, 2};
    private static final int HISTORY = 2048;

    final String rid;
    final int ssrc;
    final int rtxSsrc;
    final int clockRate;
    private final Codec codec;
    private final int number;
    int packetsPerFrame;
    int timestampOffset;
    /// Of a payload; those of a frame grow by a byte each.
    int leastBytes = 120;
    private final RtpHeaderWriter header = new RtpHeaderWriter();
    private final Map<Integer, Packet> history = new HashMap<>();
    final Queue<Packet> waiting = new ArrayDeque<>();
    boolean reported;
    boolean keyFrameWanted = true;
    long packetCount;
    long octetCount;
    int nextSequence;
    private long rtxIndex;
    private int frameNumber;
    private int cyclePosition;
    int pictureId;
    private int tl0PicIdx;

    /// A payload and what its header says.
    record Packet(int sequence, int timestamp, boolean marker, boolean startsKeyFrame, ByteBuffer payload) {}

    HostStream(String rid, int number, Codec codec, int packetsPerFrame, Random random) {
        this.rid = rid;
        this.number = number;
        this.codec = codec;
        clockRate = codec.clockRate();
        this.packetsPerFrame = packetsPerFrame;
        ssrc = random.nextInt();
        rtxSsrc = random.nextInt();
        timestampOffset = random.nextInt();
        nextSequence = random.nextInt(1 << 16);
        rtxIndex = random.nextInt(1 << 15);
        pictureId = random.nextInt(1 << 15);
        tl0PicIdx = random.nextInt(256);
    }

    boolean isVideo() {
        return clockRate == 90_000;
    }

    int timestampAt(long nanos) {
        return timestampOffset + (int) (nanos / 1000 * clockRate / 1_000_000);
    }

    /// Makes the packets of one frame, to be sent in their order.
    void capture(long nowNanos) {
        boolean keyFrame = isVideo() && keyFrameWanted;
        keyFrameWanted = false;
        cyclePosition = keyFrame || !isVideo() ? 0 : (cyclePosition + 1) % TEMPORAL_CYCLE.length;
        int temporalId = TEMPORAL_CYCLE[cyclePosition];
        tl0PicIdx += temporalId == 0 ? 1 : 0;
        int count = keyFrame ? 6 * packetsPerFrame : packetsPerFrame;
        for (int i = 0; i < count; i++) {
            TestFrame part = new TestFrame(
                    number, frameNumber, i, count, keyFrame, nowNanos, pictureId, tl0PicIdx & 0xFF, temporalId);
            ByteBuffer payload = ByteBuffer.allocate(leastBytes + 40);
            int sizeBytes = leastBytes + (frameNumber * 7 + i) % 40;
            if (codec.name() == Codec.Name.H264) {
                writeNalUnit(payload, part, sizeBytes);
            } else {
                part.write(payload, sizeBytes);
            }
            Packet packet = new Packet(
                    nextSequence++ & 0xffff,
                    timestampAt(nowNanos),
                    isVideo() && part.isLast(),
                    keyFrame && i == 0,
                    payload.flip());
            history.put(packet.sequence, packet);
            history.remove((packet.sequence - HISTORY) & 0xffff);
            waiting.add(packet);
        }
        frameNumber++;
        pictureId++;
    }

    /// A slice, which begins a picture when its first macroblock is number 0.
    private static void writeNalUnit(ByteBuffer out, TestFrame part, int sizeBytes) {
        out.put((byte) (part.keyFrame() ? 0x65 : 0x41)).put((byte) (part.index() == 0 ? 0x80 : 0x40));
        while (out.position() < sizeBytes) {
            out.put((byte) (out.position() * 31 + part.frameNumber()));
        }
    }

    /// Padding on the media SSRC, as senders without RTX probe with.
    void pad(long nowNanos) {
        waiting.add(new Packet(nextSequence++ & 0xffff, timestampAt(nowNanos), false, false, ByteBuffer.allocate(0)));
    }

    ByteBuffer write(Packet packet, int twccSequence) {
        ByteBuffer out = ByteBuffer.allocate(leastBytes + 480);
        header.begin(out, codec.payloadType(), packet.marker, packet.sequence, packet.timestamp, ssrc);
        extensions(twccSequence, Lines.RID_ID, !reported);
        out.put(packet.payload.duplicate());
        if (!packet.payload.hasRemaining()) {
            out.put(0, (byte) (out.get(0) | 0x20));
            out.put(new byte[99]).put((byte) 100);
        }
        packetCount++;
        octetCount += packet.payload.remaining();
        return out.flip();
    }

    /// The packet once more on the RTX SSRC, or null when it is too old. With a sequence below 0: padding.
    @Nullable
    ByteBuffer retransmit(int sequence, int twccSequence) {
        Packet packet = sequence < 0 ? null : history.get(sequence);
        if (sequence >= 0 && packet == null) {
            return null;
        }
        ByteBuffer out = ByteBuffer.allocate(600);
        rtxIndex++;
        header.begin(
                out,
                codec.rtxPayloadType(),
                packet != null && packet.marker,
                (int) rtxIndex,
                packet == null ? 0 : packet.timestamp,
                rtxSsrc);
        extensions(twccSequence, Lines.REPAIRED_RID_ID, true);
        if (packet == null) {
            out.put(0, (byte) (out.get(0) | 0x20));
            out.put(new byte[99]).put((byte) 100);
        } else {
            out.putShort((short) packet.sequence).put(packet.payload.duplicate());
        }
        return out.flip();
    }

    long rtxIndex() {
        return rtxIndex;
    }

    private void extensions(int twccSequence, int ridId, boolean named) {
        if (named) {
            text(Lines.MID_ID, isVideo() ? "1" : "0");
            if (!rid.isEmpty()) {
                text(ridId, rid);
            }
        }
        header.extensionInt16(Lines.TWCC_ID, twccSequence);
        header.end();
    }

    private void text(int id, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
        header.extension(id, ByteBuffer.wrap(bytes), 0, bytes.length);
    }
}
