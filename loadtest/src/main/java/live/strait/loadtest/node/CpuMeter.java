package live.strait.loadtest.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// How much of a core a process has used since the meter was made.
public final class CpuMeter {
    /// What `/proc` counts in, on every Linux: USER_HZ is 100.
    private static final long NANOS_PER_TICK = 10_000_000;
    /// Of `/proc/PID/stat`, counted from behind the name, which may hold spaces: state, parent, ... utime.
    private static final int USER_TICKS = 11;

    private final ProcessHandle process;
    private final long beganNanos = System.nanoTime();
    private final Duration usedBefore;
    private final long userBeforeNanos;

    public CpuMeter(ProcessHandle process) {
        this.process = process;
        usedBefore = used();
        userBeforeNanos = usedByUser();
    }

    /// In percent of one core: 100 is a core that is full.
    public double percent() {
        return 100.0 * nanos() / (System.nanoTime() - beganNanos);
    }

    /// What it used, in steps of 10 ms.
    public long nanos() {
        return used().minus(usedBefore).toNanos();
    }

    /// What it used outside the kernel, or -1 where that cannot be known.
    public long userNanos() {
        return userBeforeNanos < 0 ? -1 : usedByUser() - userBeforeNanos;
    }

    private Duration used() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private long usedByUser() {
        try {
            String stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return Long.parseLong(fields[USER_TICKS]) * NANOS_PER_TICK;
        } catch (IOException e) {
            return -1;
        }
    }
}
