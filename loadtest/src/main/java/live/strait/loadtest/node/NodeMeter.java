package live.strait.loadtest.node;

import java.io.IOException;
import java.util.List;

/// What a node of our own used and did while something was measured.
///
/// Its counters are read at both ends only: a scrape takes the node a few milliseconds.
public final class NodeMeter {
    private static final String FORWARDED = "strait_rtp_forwarded_total";
    private static final String RESENT = "strait_rtp_resent_total";
    private static final String FAN_OUT_BYTES = "strait_fanout_allocated_bytes_total";
    private static final String LOOP_BYTES = "strait_loop_allocated_bytes_total";
    private static final String LOOP_CPU = "strait_loop_cpu_nanos_total";
    private static final String DATAGRAMS_IN = "strait_datagrams_in_total";
    private static final String DATAGRAMS_OUT = "strait_datagrams_out_total";
    private static final String MESSAGES = "strait_egress_messages_total";
    private static final String CALLS = "strait_egress_calls_total";
    private static final String KEY_FRAMES = "strait_key_frames_requested_total";
    private static final String DROPPED = "strait_dropped_total";
    private static final String GAP = "strait_loop_gap_max_seconds";

    /// All that a node has to tell.
    static final List<String> COUNTERS = List.of(
            FORWARDED,
            RESENT,
            FAN_OUT_BYTES,
            LOOP_BYTES,
            LOOP_CPU,
            DATAGRAMS_IN,
            DATAGRAMS_OUT,
            MESSAGES,
            CALLS,
            KEY_FRAMES,
            DROPPED,
            GAP);

    private final NodeProcess node;
    private final NodeMetrics before;
    private final CpuMeter cpu;

    /// Begins now.
    public NodeMeter(NodeProcess node) throws IOException, InterruptedException {
        this.node = node;
        node.safepoints().begin();
        before = NodeMetrics.of(node.http());
        cpu = new CpuMeter(node.handle());
    }

    /// Since the beginning.
    public NodeFigures read() throws IOException, InterruptedException {
        double cpuNanos = cpu.nanos();
        double userNanos = cpu.userNanos();
        NodeMetrics now = NodeMetrics.of(node.http());
        double packets = now.since(before, FORWARDED) + now.since(before, RESENT);
        double fanOutBytes = now.since(before, FAN_OUT_BYTES);
        double otherBytes = now.since(before, LOOP_BYTES) - fanOutBytes;
        return new NodeFigures(
                per(cpuNanos, packets),
                per(userNanos, packets),
                per(now.since(before, LOOP_CPU), packets),
                per(fanOutBytes, packets),
                per(otherBytes, now.since(before, DATAGRAMS_IN)),
                per(now.since(before, DATAGRAMS_OUT), now.since(before, MESSAGES)),
                per(now.since(before, MESSAGES), now.since(before, CALLS)),
                rounded(node.safepoints().longestNanos() / 1e6),
                rounded(now.get(GAP) * 1e3),
                Math.round(now.since(before, KEY_FRAMES)),
                Math.round(now.since(before, DROPPED)));
    }

    private static double per(double sum, double count) {
        return count == 0 ? 0 : rounded(sum / count);
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
