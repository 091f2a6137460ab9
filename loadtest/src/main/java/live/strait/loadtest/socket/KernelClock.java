package live.strait.loadtest.socket;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The system's clock, by which the kernel stamps what arrives, beside `System.nanoTime`.
final class KernelClock {
    private static final int CLOCK_REALTIME = 0;
    private static final long CLOCKS_AGREE_NANOS = 100_000_000;
    private static final int READINGS = 5;

    private final LinuxCalls calls;
    private final MemorySegment time;
    private long aheadNanos;
    private long readNanos;

    /// @param scratch of 16 bytes at least
    KernelClock(LinuxCalls calls, MemorySegment scratch) throws IOException {
        this.calls = calls;
        time = scratch;
        compare();
    }

    /// Compares the clocks again when that was long ago.
    void check() throws IOException {
        if (System.nanoTime() - readNanos > CLOCKS_AGREE_NANOS) {
            compare();
        }
    }

    /// When that was by `System.nanoTime`; now where the kernel noted nothing (0).
    long nanoTimeOf(long kernelNanos) {
        return kernelNanos == 0 ? System.nanoTime() : kernelNanos - aheadNanos;
    }

    /// The reading that was disturbed least counts.
    private void compare() throws IOException {
        long narrowest = Long.MAX_VALUE;
        for (int i = 0; i < READINGS; i++) {
            long before = System.nanoTime();
            calls.clockGettime(CLOCK_REALTIME, time);
            long after = System.nanoTime();
            if (after - before < narrowest) {
                narrowest = after - before;
                long system = time.get(ValueLayout.JAVA_LONG, 0) * 1_000_000_000L + time.get(ValueLayout.JAVA_LONG, 8);
                aheadNanos = system - before - narrowest / 2;
            }
        }
        readNanos = System.nanoTime();
    }
}
