package live.strait.loadtest.fanout;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import live.strait.loadtest.fanout.FanoutReport.Step;
import live.strait.loadtest.node.MachineMeters;
import live.strait.loadtest.node.NodeFigures;
import live.strait.loadtest.node.NodeMeter;
import live.strait.loadtest.node.NodeProcess;
import live.strait.loadtest.peer.PeerConnector;
import live.strait.loadtest.peer.SignalingClient;
import live.strait.loadtest.viewer.Audience;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// Hosts and their viewers, from the first offer to the report: measured once, or again and again with more viewers.
///
/// All viewers share one thread, the hosts another one.
final class FanoutRun implements AutoCloseable {
    private static final Duration DRAIN = Duration.ofMillis(500);

    private final FanoutOptions options;
    private final @Nullable NodeProcess node;
    private final PrintWriter progress;
    private final SignalingClient signaling;
    private final PeerConnector connector;
    private final Hosts hosts;
    private final Spectators spectators;
    private final Audience audience = new Audience();
    private final Histogram delays = new Histogram(3);
    private long lastPackets;
    private long lastNanos = System.nanoTime();
    private JoinStorm.@Nullable Figures storm;

    /// Makes what is needed; nothing is sent yet.
    ///
    /// @param node what it uses and does is to be told, or null
    FanoutRun(FanoutOptions options, @Nullable NodeProcess node, PrintWriter progress) throws IOException {
        this.options = options;
        this.node = node;
        this.progress = progress;
        signaling = new SignalingClient(options.token());
        connector = new PeerConnector(signaling);
        hosts = new Hosts();
        spectators = new Spectators(options, signaling, connector, hosts);
    }

    FanoutReport play() throws IOException, InterruptedException {
        hosts.publish(options, signaling, connector);
        report(options.rooms() == 1 ? "the host is live" : options.rooms() + " hosts are live");
        int step = options.rampStep() == 0 ? options.viewers() : options.rampStep();
        List<Step> steps = new ArrayList<>();
        FanoutReport last = null;
        int held = 0;
        for (int viewers = Math.min(step, options.viewers());
                last == null || viewers <= options.viewers();
                viewers += step) {
            spectators.joinUpTo(viewers, audience, () -> progress("joining"));
            spectators.endings().forEach(cause -> report("a viewer failed: " + cause));
            sleepWithProgress(options.warmUp(), "warm-up");
            last = measure();
            steps.add(Step.of(last));
            report(String.format(Locale.ROOT, "step  %s", steps.getLast()));
            if (!last.holds(options.untilLateNanos())) {
                break;
            }
            held = viewers;
        }
        FanoutReport whole = options.rampStep() == 0
                ? last
                : last.withSteps(steps, options.untilLateNanos() == Long.MAX_VALUE ? null : held);
        close();
        return whole;
    }

    @Override
    public void close() {
        spectators.close();
        hosts.close();
        signaling.close();
    }

    private FanoutReport measure() throws IOException, InterruptedException {
        NodeMeter nodeMeter = node == null ? null : new NodeMeter(node);
        MachineMeters meters = new MachineMeters(node == null ? null : node.handle());
        long messagesBefore = audience.videoMessages();
        long videoBefore = audience.videoPackets();
        delays.reset();
        audience.takeDelays();
        hosts.beginMeasuring();
        long beganNanos = System.nanoTime();
        JoinStorm newcomers = options.joinStorm() ? new JoinStorm(spectators, options) : null;
        if (newcomers == null) {
            sleepWithProgress(options.measured(), "measured");
        } else {
            newcomers.play(() -> progress("storm"));
        }
        hosts.endMeasuring();
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        MachineMeters.Reading machine = meters.read();
        NodeFigures figures = nodeMeter == null ? null : nodeMeter.read();
        long messages = audience.videoMessages() - messagesBefore;
        double perMessage = messages == 0 ? 0 : (double) (audience.videoPackets() - videoBefore) / messages;
        if (newcomers != null) {
            storm = newcomers.end(figures == null ? -1 : figures.keyFramesRequested());
        }
        Thread.sleep(DRAIN);
        delays.add(audience.takeDelays());
        hosts.check();
        Spectators.Seen seen = spectators.seen();
        long lost = seen.expected() - seen.arrived();
        return new FanoutReport(
                spectators.size(),
                options.rooms(),
                Math.round(seconds * 100) / 100.0,
                Math.round(seen.arrived() / seconds),
                seen.expected() == 0 ? 0 : 100.0 * lost / seen.expected(),
                FanoutReport.Delay.of(delays),
                FanoutReport.Join.of(seen.joins()),
                machine.stealPercent(),
                machine.loadAverage(),
                machine.nodeCpuPercent(),
                machine.loadCpuPercent(),
                lost,
                seen.duplicates(),
                spectators.failed(),
                machine.stealPercent() <= FanoutReport.MOST_STEAL_PERCENT,
                audience.seesMessages() ? Math.round(perMessage * 100) / 100.0 : null,
                figures,
                storm,
                null,
                null);
    }

    private void sleepWithProgress(Duration duration, String phase) throws InterruptedException {
        long endNanos = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = endNanos - System.nanoTime()) {
            Thread.sleep(Duration.ofNanos(Math.min(left, 1_000_000_000L)));
            progress(phase);
        }
    }

    private void progress(String phase) {
        long nowNanos = System.nanoTime();
        long packets = audience.packets();
        Histogram second = audience.takeDelays();
        delays.add(second);
        double rate = (packets - lastPackets) * 1e9 / (nowNanos - lastNanos);
        lastPackets = packets;
        lastNanos = nowNanos;
        String delay = second.getTotalCount() == 0
                ? ""
                : String.format(
                        Locale.ROOT,
                        "  delay p50 %.2f ms, p99 %.2f ms",
                        second.getValueAtPercentile(50) / 1e6,
                        second.getValueAtPercentile(99) / 1e6);
        report(String.format(
                Locale.ROOT, "%-8s  %4d viewers  %,8.0f packets/s%s", phase, spectators.joined(), rate, delay));
    }

    private void report(String line) {
        progress.println(line);
        progress.flush();
    }
}
