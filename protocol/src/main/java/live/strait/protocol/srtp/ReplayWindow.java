package live.strait.protocol.srtp;

/// Remembers which of the latest indices of a stream have been received (RFC 3711 section 3.3.2).
///
/// A ring of 64-bit blocks, as in RFC 6479: moving ahead clears whole blocks instead of shifting the window, and
/// one block more than the window is kept so that clearing never eats into it. Asking changes nothing; an index
/// is committed once its packet has authenticated.
final class ReplayWindow {
    private final int sizePackets;
    private final long[] blocks;
    private long highest = -1;

    ReplayWindow(int sizePackets) {
        this.sizePackets = sizePackets;
        this.blocks = new long[(sizePackets + 63) / 64 + 1];
    }

    /// Whether `index` is new: not seen, and not too old to tell.
    boolean accepts(long index) {
        if (index > highest) {
            return true;
        }
        return highest - index < sizePackets && (blocks[blockOf(index)] & (1L << index)) == 0;
    }

    void commit(long index) {
        if (index > highest) {
            long firstToClear = Math.max((highest >> 6) + 1, (index >> 6) - blocks.length + 1);
            for (long block = firstToClear; block <= index >> 6; block++) {
                blocks[(int) (block % blocks.length)] = 0;
            }
            highest = index;
        }
        blocks[blockOf(index)] |= 1L << index;
    }

    /// The highest index committed, or -1.
    long highest() {
        return highest;
    }

    private int blockOf(long index) {
        return (int) ((index >> 6) % blocks.length);
    }
}
