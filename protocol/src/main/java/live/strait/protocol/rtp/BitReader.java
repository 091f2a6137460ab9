package live.strait.protocol.rtp;

import java.nio.ByteBuffer;

/// Reads bit fields, most significant bit first, and remembers when somebody asked for more than there was.
///
/// Past the end every bit is 0, so that a parser may run on and look at [#isOverrun] once.
final class BitReader {
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private int at;
    private int end;
    private int bitInByte;
    private boolean overrun;

    void wrap(ByteBuffer source, int offset, int length) {
        bytes = source;
        at = offset;
        end = offset + length;
        bitInByte = 0;
        overrun = false;
    }

    /// The next `count` bits (at most 32) as an unsigned number.
    int read(int count) {
        int value = 0;
        for (int wanted = count; wanted > 0; ) {
            if (at >= end) {
                overrun = true;
                return 0;
            }
            int taken = Math.min(wanted, 8 - bitInByte);
            int rest = bytes.get(at) & (0xFF >> bitInByte);
            value = value << taken | rest >> (8 - bitInByte - taken);
            wanted -= taken;
            bitInByte += taken;
            at += bitInByte / 8;
            bitInByte %= 8;
        }
        return value;
    }

    boolean readFlag() {
        return read(1) != 0;
    }

    /// A number below `n` in the shortest code without waste: ns(n) of the AV1 specification, section 4.10.7.
    int readNonSymmetric(int n) {
        int width = Integer.SIZE - Integer.numberOfLeadingZeros(n);
        int shortCodes = (1 << width) - n;
        int value = read(width - 1);
        return value < shortCodes ? value : (value << 1) - shortCodes + read(1);
    }

    boolean isOverrun() {
        return overrun;
    }
}
