package live.strait.loadtest.fanout;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import live.strait.loadtest.node.MachineMeters;
import live.strait.loadtest.node.NodeFigures;
import live.strait.loadtest.viewer.Delays;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// The figures of a run, as they go into the JSON file; [FanoutTable] and [FanoutPage] show them to people.
///
/// @param egressPps RTP packets that came to all viewers, per second of the measured interval
/// @param lossPercent of the packets that the host sent in that interval, times viewers, what never came
/// @param delays from the host's sending to the viewer's reading of the socket
/// @param joinMs from a viewer's POST to the first packet of its first key frame
/// @param machine what else there was on it, and how much of a core the node and the load took: with the load near
///     100 % the figures are about us, not the node
/// @param failedViewers those that never saw a key frame or were thrown out
/// @param judged whether the hypervisor left us enough of the machine for the figures to mean something
/// @param packetsPerMessage of video, as the relay gave them to its kernel; null where that cannot be seen
/// @param node what the node used and did, each figure by itself in JSON; null for a node that is not ours
/// @param joinStorm who came and left meanwhile, or null
/// @param bySecond the whole run, joining and warm-up included
@JsonPropertyOrder({
    "viewers",
    "seconds",
    "egressPps",
    "lossPercent",
    "relayDelayMs",
    "keyFrameDelayMs",
    "deltaFrameDelayMs",
    "joinMs"
})
public record FanoutReport(
        int viewers,
        int rooms,
        double seconds,
        double egressPps,
        double lossPercent,
        @JsonIgnore Delays delays,
        Join joinMs,
        @JsonUnwrapped MachineMeters.Reading machine,
        long lostPackets,
        long duplicatePackets,
        int failedViewers,
        boolean judged,
        @Nullable Double packetsPerMessage,
        @JsonUnwrapped @Nullable NodeFigures node,
        JoinStorm.@Nullable Figures joinStorm,
        @JsonUnwrapped Ramp ramp,
        List<Second> bySecond) {
    /// More than this, and the figures are about the machine's other users.
    static final double MOST_STEAL_PERCENT = 5;

    private static final double NANOS_PER_MILLI = 1e6;

    /// Of all packets.
    @JsonProperty
    public Delay relayDelayMs() {
        return Delay.of(delays.all());
    }

    /// Of the packets of key frames; null when there was none.
    @JsonProperty
    public @Nullable Delay keyFrameDelayMs() {
        return Delay.ofSome(delays.keyFrames());
    }

    /// Of the packets of all other frames; null when there was none.
    @JsonProperty
    public @Nullable Delay deltaFrameDelayMs() {
        return Delay.ofSome(delays.deltaFrames());
    }

    /// Whether nothing was lost, nobody failed and 99 % of the packets were in time.
    boolean holds(long lateNanos) {
        return lateNanos == Long.MAX_VALUE
                || (lostPackets == 0 && failedViewers == 0 && relayDelayMs().p99 <= lateNanos / NANOS_PER_MILLI);
    }

    FanoutReport withRamp(Ramp whole) {
        return new FanoutReport(
                viewers,
                rooms,
                seconds,
                egressPps,
                lossPercent,
                delays,
                joinMs,
                machine,
                lostPackets,
                duplicatePackets,
                failedViewers,
                judged,
                packetsPerMessage,
                node,
                joinStorm,
                whole,
                bySecond);
    }

    /// Milliseconds.
    public record Delay(double p50, double p99, double p999, double max) {
        static Delay of(Histogram nanos) {
            return new Delay(at(nanos, 50), at(nanos, 99), at(nanos, 99.9), millis(nanos.getMaxValue()));
        }

        private static @Nullable Delay ofSome(Histogram nanos) {
            return nanos.getTotalCount() == 0 ? null : of(nanos);
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

    static double millis(long nanos) {
        return Math.round(nanos / NANOS_PER_MILLI * 1000) / 1000.0;
    }

    private static double at(Histogram nanos, double percentile) {
        return millis(nanos.getValueAtPercentile(percentile));
    }
}
