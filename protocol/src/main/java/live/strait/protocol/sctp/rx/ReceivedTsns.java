package live.strait.protocol.sctp.rx;

import java.util.Arrays;

/// Which TSNs have been received: all up to the cumulative one, and blocks beyond it.
///
/// Blocks are kept in order and never touch each other, so that a SACK is read off. TSNs are extended to 64 bits.
final class ReceivedTsns {
    /// More blocks than one SACK can report are of no use to a sender: (1152 - 28) / 4.
    private static final int MAX_BLOCKS = 281;

    private final long[] starts = new long[MAX_BLOCKS];
    private final long[] ends = new long[MAX_BLOCKS];
    private int blocks;
    private long cumulative;

    /// Nothing beyond `cumulative` has come.
    ReceivedTsns(long cumulative) {
        this.cumulative = cumulative;
    }

    /// Where a number of the wire lies on the 64-bit line, by the shortest way from the cumulative TSN.
    long extend(int wireTsn) {
        return cumulative + (wireTsn - (int) cumulative);
    }

    boolean contains(long tsn) {
        if (tsn <= cumulative) {
            return true;
        }
        int block = blockFrom(tsn);
        return block < blocks && starts[block] <= tsn;
    }

    /// Enters a TSN that was not contained; false when that would take one block too many.
    boolean add(long tsn) {
        if (tsn == cumulative + 1) {
            advanceTo(tsn);
            return true;
        }
        int next = blockFrom(tsn);
        boolean joinsNext = next < blocks && starts[next] == tsn + 1;
        boolean joinsPrevious = next > 0 && ends[next - 1] == tsn - 1;
        if (joinsNext && joinsPrevious) {
            ends[next - 1] = ends[next];
            remove(next, 1);
        } else if (joinsNext) {
            starts[next] = tsn;
        } else if (joinsPrevious) {
            ends[next - 1] = tsn;
        } else {
            return insert(next, tsn);
        }
        return true;
    }

    /// Takes everything up to `tsn` as received, and what follows it without a gap.
    void advanceTo(long tsn) {
        if (tsn <= cumulative) {
            return;
        }
        cumulative = tsn;
        int passed = 0;
        while (passed < blocks && starts[passed] <= cumulative + 1) {
            cumulative = Math.max(cumulative, ends[passed++]);
        }
        remove(0, passed);
    }

    long cumulative() {
        return cumulative;
    }

    int blocks() {
        return blocks;
    }

    long start(int block) {
        return starts[block];
    }

    long end(int block) {
        return ends[block];
    }

    /// Index of the first block that ends at `tsn` or later.
    private int blockFrom(long tsn) {
        int found = Arrays.binarySearch(ends, 0, blocks, tsn);
        return found >= 0 ? found : -found - 1;
    }

    private boolean insert(int at, long tsn) {
        if (blocks == MAX_BLOCKS) {
            return false;
        }
        System.arraycopy(starts, at, starts, at + 1, blocks - at);
        System.arraycopy(ends, at, ends, at + 1, blocks - at);
        starts[at] = tsn;
        ends[at] = tsn;
        blocks++;
        return true;
    }

    private void remove(int from, int count) {
        blocks -= count;
        System.arraycopy(starts, from + count, starts, from, blocks - from);
        System.arraycopy(ends, from + count, ends, from, blocks - from);
    }
}
