package live.strait.loadtest.node;

import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/// What the machine did while something was measured: whether the figures can be trusted.
public final class MachineMeters {
    private final StealMeter steal = new StealMeter();
    private final CpuMeter load = new CpuMeter(ProcessHandle.current());
    private final @Nullable CpuMeter node;

    /// Begins now.
    ///
    /// @param node the node's process, or null when it is not ours
    public MachineMeters(@Nullable ProcessHandle node) {
        this.node = node == null ? null : new CpuMeter(node);
    }

    /// Since the beginning.
    public Reading read() {
        return new Reading(
                rounded(steal.percent()),
                rounded(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()),
                node == null ? 0 : rounded(node.percent()),
                rounded(load.percent()));
    }

    private static double rounded(double value) {
        return Math.round(value * 100) / 100.0;
    }

    /// Steal in percent of all cores, CPU in percent of one.
    public record Reading(double stealPercent, double loadAverage, double nodeCpuPercent, double loadCpuPercent) {}
}
