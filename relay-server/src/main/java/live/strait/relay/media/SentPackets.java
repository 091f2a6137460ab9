package live.strait.relay.media;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What was sent on one SSRC lately, by sequence number: where the packet is in the cache and how it was
/// rewritten, so that it can be sent again, to the byte where there is no RTX.
///
/// Parallel arrays instead of objects: a viewer costs 40 bytes a remembered packet and no garbage.
final class SentPackets {
    private final int mask;
    private final long[] outSeq;
    private final @Nullable SourceStream[] source;
    private final long[] sourceSeq;
    private final int[] timestamp;
    private final short[] transportSeq;
    private final short[] pictureId;
    private final byte[] tl0PicIdx;
    private final long[] resentNanos;

    /// @param packets a power of two
    SentPackets(int packets) {
        mask = packets - 1;
        outSeq = new long[packets];
        Arrays.fill(outSeq, -1);
        source = new SourceStream[packets];
        sourceSeq = new long[packets];
        timestamp = new int[packets];
        transportSeq = new short[packets];
        pictureId = new short[packets];
        tl0PicIdx = new byte[packets];
        resentNanos = new long[packets];
    }

    /// Whether `out` was never given to a packet: the highest number of all, or one in a gap that is remembered.
    /// Beyond what is remembered nothing is sent any more, as an SRTP index must not be used twice.
    boolean isFree(long out, long highest) {
        return highest - out <= mask && outSeq[(int) out & mask] != out;
    }

    void put(long out, SourceStream from, long fromSeq, PacketRewrite rewrite) {
        int slot = (int) out & mask;
        outSeq[slot] = out;
        source[slot] = from;
        sourceSeq[slot] = fromSeq;
        timestamp[slot] = (int) rewrite.timestamp;
        transportSeq[slot] = (short) rewrite.transportSeq;
        pictureId[slot] = (short) rewrite.pictureId;
        tl0PicIdx[slot] = (byte) rewrite.tl0PicIdx;
        resentNanos[slot] = Long.MIN_VALUE / 2;
    }

    /// Where the packet with this number came from, or null when it is not remembered; fills `rewrite`.
    @Nullable
    SourceStream find(long out, PacketRewrite rewrite) {
        int slot = (int) out & mask;
        if (outSeq[slot] != out) {
            return null;
        }
        rewrite.timestamp = timestamp[slot];
        rewrite.transportSeq = transportSeq[slot] & 0xffff;
        rewrite.pictureId = pictureId[slot] & 0xffff;
        rewrite.tl0PicIdx = tl0PicIdx[slot] & 0xff;
        return source[slot];
    }

    long sourceSeq(long out) {
        return sourceSeq[(int) out & mask];
    }

    /// Whether it may be sent again; not twice within `quietNanos`, as requests repeat while an answer is on its
    /// way.
    boolean mayResend(long out, long nowNanos, long quietNanos) {
        int slot = (int) out & mask;
        if (nowNanos - resentNanos[slot] < quietNanos) {
            return false;
        }
        resentNanos[slot] = nowNanos;
        return true;
    }
}
