package live.strait.protocol.rtp;

import java.nio.ByteBuffer;

/// The number format of OBU sizes: seven bits a byte, low ones first, a set top bit for "more" (AV1 specification,
/// section 4.10.5).
///
/// Value and length come back in one `long`, so that reading allocates nothing.
final class Leb128 {
    /// What [#read] answers when the number is cut off or too large for an `int`.
    static final long MALFORMED = -1;

    private static final int MAX_BYTES = 8;

    private Leb128() {}

    static long read(ByteBuffer bytes, int from, int end) {
        long value = 0;
        for (int i = 0; i < MAX_BYTES && from + i < end; i++) {
            int next = bytes.get(from + i);
            value |= (next & 0x7FL) << (7 * i);
            if ((next & 0x80) == 0) {
                return value > Integer.MAX_VALUE ? MALFORMED : (i + 1L) << 32 | value;
            }
        }
        return MALFORMED;
    }

    static int value(long number) {
        return (int) number;
    }

    static int length(long number) {
        return (int) (number >>> 32);
    }
}
