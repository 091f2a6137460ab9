package live.strait.relay.edge;

import java.util.function.LongSupplier;

/// Brings the kernel's receive times onto the loops' clock.
///
/// The kernel stamps by CLOCK_REALTIME, which is set and steered at any time; loops live by `System.nanoTime`.
/// Both are read with each batch, so a step of the one is forgotten with the datagrams that were in the socket
/// just then. A reading between whose halves the thread was put aside is repeated, as it would move all times by
/// that long. A stamp from the future, or older than a datagram can wait, is none: then a datagram arrives when
/// it is read. All times in nanoseconds.
final class ArrivalClock {
    private static final int READINGS = 3;
    /// Ten times what the three calls take.
    private static final long UNDISTURBED_NANOS = 2_000;
    /// No loop is busy for so long; what a step of the clock does to fewer, the next batch has forgotten.
    private static final long LONGEST_WAIT_NANOS = 2_000_000_000L;

    private final LongSupplier loopClock;
    private final LongSupplier kernelClock;
    private long kernelAheadNanos;
    private long nowNanos;

    ArrivalClock(LongSupplier loopClock, LongSupplier kernelClock) {
        this.loopClock = loopClock;
        this.kernelClock = kernelClock;
    }

    /// Compares the clocks, and tells what the loops' one says now.
    long read() {
        long narrowest = Long.MAX_VALUE;
        for (int i = 0; i < READINGS && narrowest > UNDISTURBED_NANOS; i++) {
            long before = loopClock.getAsLong();
            long kernel = kernelClock.getAsLong();
            nowNanos = loopClock.getAsLong();
            if (nowNanos - before < narrowest) {
                narrowest = nowNanos - before;
                kernelAheadNanos = kernel - before - narrowest / 2;
            }
        }
        return nowNanos;
    }

    /// When what the kernel stamped so came in, by the loops' clock and not after the last [#read].
    ///
    /// @param kernelNanos 0 when it was not stamped
    long arrivalNanos(long kernelNanos) {
        long waited = nowNanos - (kernelNanos - kernelAheadNanos);
        return kernelNanos == 0 || waited < 0 || waited > LONGEST_WAIT_NANOS ? nowNanos : nowNanos - waited;
    }
}
