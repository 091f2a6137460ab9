package live.strait.loadtest.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// How much of the machine's time the hypervisor gave to others since the meter was made (`/proc/stat`).
public final class StealMeter {
    /// user, nice, system, idle, iowait, irq, softirq, steal; what follows is part of user and nice.
    private static final int FIELDS = 8;
    private static final int STEAL = 7;

    private final long[] began = read();

    /// In percent of all cores' time, or -1 where it cannot be known.
    public double percent() {
        long[] now = read();
        if (began.length < FIELDS || now.length < FIELDS) {
            return -1;
        }
        long total = Arrays.stream(now).sum() - Arrays.stream(began).sum();
        return total <= 0 ? 0 : 100.0 * (now[STEAL] - began[STEAL]) / total;
    }

    private static long[] read() {
        try (var lines = Files.lines(Path.of("/proc/stat"))) {
            String line = lines.findFirst().orElse("");
            return Arrays.stream(line.split("\\s+", -1))
                    .skip(1)
                    .limit(FIELDS)
                    .mapToLong(Long::parseLong)
                    .toArray();
        } catch (IOException e) {
            return new long[0];
        }
    }
}
