package live.strait.protocol.rtcp;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The packet status chunks of transport-wide feedback (draft-holmer-rmcat-transport-wide-cc-extensions-01
/// section 3.1): run lengths where one symbol goes on, vectors where they are mixed.
///
/// ```
///  0                   1
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |0| S |       run length        |   the symbol S, 1 to 8191 times
/// |1|0|       14 symbols          |   one bit each: not received, small delta
/// |1|1|  7 symbols of two bits    |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
final class StatusChunks {
    static final int SIZE = 2;
    static final byte NOT_RECEIVED = 0;
    /// Received; the delta to the packet before takes one byte, 0 to 63.75 ms.
    static final byte SMALL_DELTA = 1;
    /// Received; the delta takes two bytes and may be negative.
    static final byte LARGE_DELTA = 2;

    private static final int MAX_RUN = 0x1fff;
    private static final int ONE_BIT_VECTOR = 14;
    private static final int TWO_BIT_VECTOR = 7;

    private StatusChunks() {}

    /// Fills `symbols` from the chunks at the position of `body`; false when they end too early. A last chunk may
    /// state more than is wanted.
    static boolean read(ByteBuffer body, byte[] symbols) {
        int filled = 0;
        while (filled < symbols.length) {
            if (body.remaining() < SIZE) {
                return false;
            }
            int chunk = body.getShort() & 0xffff;
            if (chunk >>> 15 == 0) {
                int end = Math.min(symbols.length, filled + (chunk & MAX_RUN));
                while (filled < end) {
                    symbols[filled++] = (byte) (chunk >>> 13 & 3);
                }
            } else if ((chunk & 0x4000) == 0) {
                for (int bit = ONE_BIT_VECTOR - 1; bit >= 0 && filled < symbols.length; bit--) {
                    symbols[filled++] = (byte) (chunk >>> bit & 1);
                }
            } else {
                for (int bit = 2 * (TWO_BIT_VECTOR - 1); bit >= 0 && filled < symbols.length; bit -= 2) {
                    symbols[filled++] = (byte) (chunk >>> bit & 3);
                }
            }
        }
        return true;
    }

    /// Writes chunks for the first `count` symbols, or only counts them when `out` is null; returns their bytes.
    static int write(byte[] symbols, int count, @Nullable ByteBuffer out) {
        int chunks = 0;
        for (int at = 0; at < count; chunks++) {
            int left = count - at;
            int run = run(symbols, at, count);
            int narrow = withoutLargeDelta(symbols, at, Math.min(count, at + ONE_BIT_VECTOR));
            int chunk;
            int used;
            if (run == left || run >= ONE_BIT_VECTOR || (run >= TWO_BIT_VECTOR && narrow < ONE_BIT_VECTOR)) {
                used = run;
                chunk = symbols[at] << 13 | run;
            } else if (narrow == Math.min(left, ONE_BIT_VECTOR)) {
                used = narrow;
                chunk = 0x8000 | vector(symbols, at, used, ONE_BIT_VECTOR, 1);
            } else {
                used = Math.min(left, TWO_BIT_VECTOR);
                chunk = 0xc000 | vector(symbols, at, used, TWO_BIT_VECTOR, 2);
            }
            if (out != null) {
                out.putShort((short) chunk);
            }
            at += used;
        }
        return chunks * SIZE;
    }

    private static int run(byte[] symbols, int from, int end) {
        int to = from + 1;
        while (to < end && symbols[to] == symbols[from] && to - from < MAX_RUN) {
            to++;
        }
        return to - from;
    }

    private static int withoutLargeDelta(byte[] symbols, int from, int end) {
        int to = from;
        while (to < end && symbols[to] != LARGE_DELTA) {
            to++;
        }
        return to - from;
    }

    private static int vector(byte[] symbols, int from, int used, int places, int bits) {
        int vector = 0;
        for (int i = 0; i < used; i++) {
            vector |= symbols[from + i] << (bits * (places - 1 - i));
        }
        return vector;
    }
}
