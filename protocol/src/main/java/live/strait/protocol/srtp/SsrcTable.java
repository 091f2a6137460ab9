package live.strait.protocol.srtp;

import java.util.Arrays;

/// Numbers the SSRCs of one direction in the order in which they are added: 0, 1, 2 and so on.
///
/// An open hash table of ints, so that a packet finds its stream without a boxed key. It only grows: to forget a
/// stream would be to forget which of its indices have been used.
final class SsrcTable {
    private static final int GOLDEN_RATIO = 0x9e3779b9;
    private static final int NONE = -1;

    private int[] ssrcs = new int[16];
    private int[] numbers = emptyNumbers(16);
    private int size;

    /// The number of `ssrc`, or -1.
    int find(int ssrc) {
        return numbers[slotOf(ssrc)];
    }

    /// Adds an SSRC that is not in the table, and returns its number.
    int add(int ssrc) {
        if (2 * (size + 1) > ssrcs.length) {
            grow();
        }
        put(ssrc, size);
        return size++;
    }

    /// Where `ssrc` is, or the free slot where it would be.
    private int slotOf(int ssrc) {
        int mask = ssrcs.length - 1;
        int slot = ((ssrc * GOLDEN_RATIO) >>> 16) & mask;
        while (numbers[slot] != NONE && ssrcs[slot] != ssrc) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void put(int ssrc, int number) {
        int slot = slotOf(ssrc);
        ssrcs[slot] = ssrc;
        numbers[slot] = number;
    }

    private void grow() {
        int[] oldSsrcs = ssrcs;
        int[] oldNumbers = numbers;
        ssrcs = new int[2 * oldSsrcs.length];
        numbers = emptyNumbers(ssrcs.length);
        for (int slot = 0; slot < oldSsrcs.length; slot++) {
            if (oldNumbers[slot] != NONE) {
                put(oldSsrcs[slot], oldNumbers[slot]);
            }
        }
    }

    private static int[] emptyNumbers(int length) {
        int[] numbers = new int[length];
        Arrays.fill(numbers, NONE);
        return numbers;
    }
}
