package live.strait.loadtest.fanout;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What was measured with more and more viewers.
///
/// @param steps the last one being what the other figures of a report tell; null when there was one measuring only
/// @param viewersHeld the most that held what was asked, or null when nothing was
public record Ramp(@Nullable List<Step> steps, @Nullable Integer viewersHeld) {
    static final Ramp NONE = new Ramp(null, null);

    /// One measuring.
    ///
    /// @param keyFrameP99Ms of the packets of key frames alone; null when there was none
    /// @param nodeCpuNsPerPacket null, as the last one, for a node that is not ours or where it cannot be seen
    public record Step(
            int viewers,
            double egressPps,
            double p50Ms,
            double p99Ms,
            double maxMs,
            @Nullable Double keyFrameP99Ms,
            double lossPercent,
            double nodeCpuPercent,
            double loadCpuPercent,
            @Nullable Double nodeCpuNsPerPacket,
            double stealPercent,
            @Nullable Double packetsPerMessage) {
        static Step of(FanoutReport report) {
            FanoutReport.Delay delay = report.relayDelayMs();
            FanoutReport.Delay ofKeyFrames = report.keyFrameDelayMs();
            return new Step(
                    report.viewers(),
                    report.egressPps(),
                    delay.p50(),
                    delay.p99(),
                    delay.max(),
                    ofKeyFrames == null ? null : ofKeyFrames.p99(),
                    report.lossPercent(),
                    report.machine().nodeCpuPercent(),
                    report.machine().loadCpuPercent(),
                    report.node() == null ? null : report.node().nodeCpuNsPerPacket(),
                    report.machine().stealPercent(),
                    report.packetsPerMessage());
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%,d viewers: %,.0f packets/s, delay p50 %.2f, p99 %.2f, max %.2f ms, %.4f %% lost, node at %.0f %%",
                    viewers,
                    egressPps,
                    p50Ms,
                    p99Ms,
                    maxMs,
                    lossPercent,
                    nodeCpuPercent);
        }
    }
}
