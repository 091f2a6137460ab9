package live.strait.loadtest.fanout;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import live.strait.loadtest.node.NodeFigures;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// The figures of a run, as they go into the JSON file.
///
/// @param egressPps RTP packets that came to all viewers, per second of the measured interval
/// @param lossPercent of the packets that the host sent in that interval, times viewers, what never came
/// @param relayDelayMs from the host's sending to the viewer's reading of the socket
/// @param joinMs from a viewer's POST to the first packet of its first key frame
/// @param stealPercent what the hypervisor took of all cores meanwhile, -1 where unknown
/// @param loadAverage of the last minute, of everything on the machine
/// @param nodeCpuPercent of one core, used by the node; 0 for a node that is not ours
/// @param loadCpuPercent of one core, used by host and viewers: near 100 the figures are about us, not the node
/// @param judged whether the hypervisor left us enough of the machine for the figures to mean something
/// @param packetsPerMessage of video, as the relay gave them to its kernel; null where that cannot be seen
/// @param joinStorm who came and left meanwhile, or null
/// @param steps of a ramp, the last one being what the other figures tell, or null
/// @param viewersHeld the most of a ramp that held what was asked, or null
/// @param node what the node used and did, each figure by itself in JSON; null for a node that is not ours
/// @param failedViewers those that never saw a key frame or were thrown out
@JsonPropertyOrder({"viewers", "seconds", "egressPps", "lossPercent", "relayDelayMs", "joinMs", "stealPercent"})
public record FanoutReport(
        int viewers,
        int rooms,
        double seconds,
        double egressPps,
        double lossPercent,
        Delay relayDelayMs,
        Join joinMs,
        double stealPercent,
        double loadAverage,
        double nodeCpuPercent,
        double loadCpuPercent,
        long lostPackets,
        long duplicatePackets,
        int failedViewers,
        boolean judged,
        @Nullable Double packetsPerMessage,
        @JsonUnwrapped @Nullable NodeFigures node,
        JoinStorm.@Nullable Figures joinStorm,
        @Nullable List<Step> steps,
        @Nullable Integer viewersHeld) {
    /// More than this, and the figures are about the machine's other users.
    static final double MOST_STEAL_PERCENT = 5;

    private static final double NANOS_PER_MILLI = 1e6;

    /// Whether nothing was lost, nobody failed and 99 % of the packets were in time.
    boolean holds(long lateNanos) {
        return lateNanos == Long.MAX_VALUE
                || (lostPackets == 0 && failedViewers == 0 && relayDelayMs.p99 <= lateNanos / NANOS_PER_MILLI);
    }

    FanoutReport withSteps(List<Step> ramp, @Nullable Integer held) {
        return new FanoutReport(
                viewers,
                rooms,
                seconds,
                egressPps,
                lossPercent,
                relayDelayMs,
                joinMs,
                stealPercent,
                loadAverage,
                nodeCpuPercent,
                loadCpuPercent,
                lostPackets,
                duplicatePackets,
                failedViewers,
                judged,
                packetsPerMessage,
                node,
                joinStorm,
                ramp,
                held);
    }

    /// One measuring of a ramp.
    public record Step(
            int viewers,
            double egressPps,
            double p50Ms,
            double p99Ms,
            double maxMs,
            double lossPercent,
            double nodeCpuPercent,
            @Nullable Double nodeCpuNsPerPacket,
            double stealPercent) {
        static Step of(FanoutReport report) {
            return new Step(
                    report.viewers,
                    report.egressPps,
                    report.relayDelayMs.p50,
                    report.relayDelayMs.p99,
                    report.relayDelayMs.max,
                    report.lossPercent,
                    report.nodeCpuPercent,
                    report.node == null ? null : report.node.nodeCpuNsPerPacket(),
                    report.stealPercent);
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

    /// Milliseconds.
    public record Delay(double p50, double p99, double p999, double max) {
        static Delay of(Histogram nanos) {
            return new Delay(at(nanos, 50), at(nanos, 99), at(nanos, 99.9), millis(nanos.getMaxValue()));
        }
    }

    /// Milliseconds.
    public record Join(double p50, double p95, double p99) {
        static Join of(Histogram nanos) {
            return new Join(at(nanos, 50), at(nanos, 95), at(nanos, 99));
        }
    }

    void write(Path file) throws IOException {
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(file.toFile(), this);
    }

    /// For people.
    String table() {
        return String.format(
                        Locale.ROOT,
                        """
                viewers            %,12d      %d failed
                measured           %,12.1f s
                egress             %,12.0f packets/s
                loss               %,12.4f %%    %,d packets lost, %,d doubled
                relay delay  p50   %,12.2f ms
                             p99   %,12.2f ms
                             p99.9 %,12.2f ms
                             max   %,12.2f ms
                join         p50   %,12.0f ms
                             p95   %,12.0f ms
                             p99   %,12.0f ms
                steal              %,12.1f %%    load average %.1f
                cpu                %,12.0f %%    of a core for the node, %.0f %% for host and viewers
                """,
                        viewers,
                        failedViewers,
                        seconds,
                        egressPps,
                        lossPercent,
                        lostPackets,
                        duplicatePackets,
                        relayDelayMs.p50,
                        relayDelayMs.p99,
                        relayDelayMs.p999,
                        relayDelayMs.max,
                        joinMs.p50,
                        joinMs.p95,
                        joinMs.p99,
                        stealPercent,
                        loadAverage,
                        nodeCpuPercent,
                        loadCpuPercent)
                + (packetsPerMessage == null
                        ? ""
                        : String.format(
                                Locale.ROOT, "video              %,12.2f       packets a message%n", packetsPerMessage))
                + (node == null ? "" : table(node))
                + (joinStorm == null ? "" : table(joinStorm))
                + (viewersHeld == null
                        ? ""
                        : String.format(Locale.ROOT, "held by            %,12d       viewers%n", viewersHeld))
                + (judged ? "" : "NOT JUDGED: too much of the machine was taken by others (steal)\n");
    }

    private static String table(JoinStorm.Figures storm) {
        return String.format(
                Locale.ROOT,
                """
                join storm         %,12d       joins at %d/s, %d failed %s
                join         p50   %,12.0f ms
                             p95   %,12.0f ms
                             p99   %,12.0f ms    %d key frames asked
                """,
                storm.joins(),
                storm.joinsPerSecond(),
                storm.failed(),
                storm.causes(),
                storm.joinMs().p50,
                storm.joinMs().p95,
                storm.joinMs().p99,
                storm.keyFramesRequested());
    }

    private static String table(NodeFigures node) {
        return String.format(
                Locale.ROOT,
                """
                node, a packet     %,12.0f ns    of CPU, %,.0f ns of it outside the kernel, %,.0f ns by the media loops
                allocated          %,12.1f B     a packet, %,.0f B a datagram received
                egress             %,12.2f       datagrams a message, %.1f messages a call
                longest safepoint  %,12.2f ms
                longest loop gap   %,12.2f ms
                key frames asked   %,12d       %,d datagrams dropped
                """,
                node.nodeCpuNsPerPacket(),
                node.nodeUserCpuNsPerPacket(),
                node.loopCpuNsPerPacket(),
                node.allocatedBytesPerPacket(),
                node.allocatedBytesPerDatagramIn(),
                node.datagramsPerMessage(),
                node.messagesPerCall(),
                node.maxPauseMs(),
                node.maxLoopGapMs(),
                node.keyFramesRequested(),
                node.droppedDatagrams());
    }

    private static double at(Histogram nanos, double percentile) {
        return millis(nanos.getValueAtPercentile(percentile));
    }

    private static double millis(long nanos) {
        return Math.round(nanos / NANOS_PER_MILLI * 1000) / 1000.0;
    }
}
