package live.strait.loadtest.node;

import java.time.Duration;

/// How much of a core a process has used since the meter was made.
public final class CpuMeter {
    private final ProcessHandle process;
    private final long beganNanos = System.nanoTime();
    private final Duration usedBefore;

    public CpuMeter(ProcessHandle process) {
        this.process = process;
        usedBefore = used();
    }

    /// In percent of one core: 100 is a core that is full.
    public double percent() {
        return 100.0 * used().minus(usedBefore).toNanos() / (System.nanoTime() - beganNanos);
    }

    private Duration used() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
