package live.strait.protocol.bytes;

/// Turns 16-bit sequence numbers into a 64-bit line that never wraps, by the shortest way from the highest seen.
///
/// The first number keeps its value plus one cycle (65536), so that packets from before it stay positive. A
/// packet up to 32767 behind or ahead is placed right; the caller decides what is too far (RFC 3550 appendix
/// A.1).
public final class SequenceUnwrapper {
    private static final int CYCLE = 1 << 16;

    private long highest = -1;

    /// Where `sequence` lies, without remembering it.
    public long peek(int sequence) {
        if (highest < 0) {
            return CYCLE + (sequence & 0xffffL);
        }
        return highest + (short) (sequence - (int) highest);
    }

    /// Where `sequence` lies; remembers it when it is the highest.
    public long unwrap(int sequence) {
        long extended = peek(sequence);
        highest = Math.max(highest, extended);
        return extended;
    }

    /// The highest number unwrapped, or -1 before the first.
    public long highest() {
        return highest;
    }
}
