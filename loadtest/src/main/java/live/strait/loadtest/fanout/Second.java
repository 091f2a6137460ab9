package live.strait.loadtest.fanout;

import org.jspecify.annotations.Nullable;

/// What was seen in about a second of a run.
///
/// @param atSeconds its end, since the run began
/// @param measured or else viewers are joining, or both JVMs are warming up
/// @param viewers who have seen a picture
/// @param egressPps RTP packets that came to all viewers, per second
/// @param p50Ms of the relay delay; null, as the next two, where it is not measured
/// @param lostPackets that the hosts sent in it, times viewers, and that never came
/// @param nodeCpuPercent of one core; 0 for a node that is not ours
/// @param loadCpuPercent of one core, used by host and viewers
/// @param stealPercent of all cores, -1 where unknown
public record Second(
        double atSeconds,
        boolean measured,
        long viewers,
        double egressPps,
        @Nullable Double p50Ms,
        @Nullable Double p99Ms,
        @Nullable Long lostPackets,
        double nodeCpuPercent,
        double loadCpuPercent,
        double stealPercent) {

    Second withLost(long lost) {
        return new Second(
                atSeconds,
                measured,
                viewers,
                egressPps,
                p50Ms,
                p99Ms,
                lost,
                nodeCpuPercent,
                loadCpuPercent,
                stealPercent);
    }
}
