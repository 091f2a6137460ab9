package live.strait.loadtest.fanout;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import live.strait.loadtest.node.MachineMeters;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// A run second by second. The run's own thread writes and reads it.
///
/// A tick costs three files of `/proc`. What was lost is known at the end of a measuring only, when nothing is on
/// its way any more; it is told by the second in which it was sent.
final class Timeline {
    private final @Nullable ProcessHandle node;
    private final long beganNanos;
    private final List<Second> seconds = new ArrayList<>();
    /// How many packets each host had sent at the end of each second that is measured.
    private final List<int[]> sent = new ArrayList<>();
    private boolean measuring;
    private MachineMeters meters;
    private long lastNanos;
    private long lastPackets;

    /// @param node whose use of the CPU is told, or null
    Timeline(@Nullable ProcessHandle node, long nowNanos) {
        this.node = node;
        beganNanos = nowNanos;
        lastNanos = nowNanos;
        meters = new MachineMeters(node);
    }

    /// The next second begins now, and is measured; what was since the last one belongs to none.
    void beginMeasuring(long nowNanos, long packets) {
        measuring = true;
        sent.clear();
        startOver(nowNanos, packets);
    }

    /// A second ends.
    ///
    /// @param packets that all viewers have got so far
    /// @param sentByHosts that each host has sent so far
    /// @param delays of the measured packets that came in this second
    Second tick(long nowNanos, long viewers, long packets, int[] sentByHosts, Histogram delays) {
        MachineMeters.Reading machine = meters.read();
        boolean timed = delays.getTotalCount() > 0;
        Second second = new Second(
                Math.round((nowNanos - beganNanos) / 1e7) / 100.0,
                measuring,
                viewers,
                Math.round((packets - lastPackets) * 1e9 / Math.max(1, nowNanos - lastNanos)),
                timed ? FanoutReport.millis(delays.getValueAtPercentile(50)) : null,
                timed ? FanoutReport.millis(delays.getValueAtPercentile(99)) : null,
                null,
                machine.nodeCpuPercent(),
                machine.loadCpuPercent(),
                machine.stealPercent());
        seconds.add(second);
        if (measuring) {
            sent.add(sentByHosts);
        }
        startOver(nowNanos, packets);
        return second;
    }

    /// No more is measured. The last bounds are open: what was sent after the last tick belongs to its second.
    ///
    /// @return the numbers of the packets between which the measured seconds lie, one more than seconds, for each
    ///   host
    List<int[]> endMeasuring() {
        measuring = false;
        List<int[]> bounds = new ArrayList<>(sent);
        if (!bounds.isEmpty()) {
            int[] first = new int[sent.getFirst().length];
            int[] last = new int[first.length];
            Arrays.fill(last, Integer.MAX_VALUE);
            bounds.addFirst(first);
            bounds.set(bounds.size() - 1, last);
        }
        return bounds;
    }

    /// @param lost of the packets of each of the seconds that were measured last
    void addLost(long[] lost) {
        int first = seconds.size() - lost.length;
        for (int i = 0; i < lost.length; i++) {
            seconds.set(first + i, seconds.get(first + i).withLost(lost[i]));
        }
    }

    List<Second> seconds() {
        return List.copyOf(seconds);
    }

    private void startOver(long nowNanos, long packets) {
        meters = new MachineMeters(node);
        lastNanos = nowNanos;
        lastPackets = packets;
    }
}
