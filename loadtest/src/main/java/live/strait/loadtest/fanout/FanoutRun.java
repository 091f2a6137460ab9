package live.strait.loadtest.fanout;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import live.strait.loadtest.fanout.Ramp.Step;
import live.strait.loadtest.node.MachineMeters;
import live.strait.loadtest.node.NodeFigures;
import live.strait.loadtest.node.NodeMeter;
import live.strait.loadtest.node.NodeProcess;
import live.strait.loadtest.node.WarmUp;
import live.strait.loadtest.peer.PeerConnector;
import live.strait.loadtest.peer.SignalingClient;
import live.strait.loadtest.viewer.Audience;
import live.strait.loadtest.viewer.Delays;
import org.jspecify.annotations.Nullable;

/// Hosts and their viewers, from the first offer to the report: measured once, or again and again with more
/// viewers.
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
    private final Timeline timeline;
    private Delays delays = new Delays();
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
        spectators = new Spectators(options, signaling, connector, hosts, node != null);
        timeline = new Timeline(node == null ? null : node.handle(), System.nanoTime());
    }

    FanoutReport play() throws IOException, InterruptedException {
        hosts.publish(options, signaling, connector);
        report(options.rooms() == 1 ? "the host is live" : options.rooms() + " hosts are live");
        boolean isRamp = options.rampStep() > 0;
        int step = isRamp ? options.rampStep() : options.viewers();
        List<Step> steps = new ArrayList<>();
        FanoutReport last;
        int held = 0;
        do {
            int viewers = Math.min(spectators.size() + step, options.viewers());
            spectators.joinUpTo(viewers, audience, () -> progress("joining"));
            spectators.endings().forEach(cause -> report("a viewer failed: " + cause));
            warmUp();
            last = measure();
            if (isRamp) {
                steps.add(Step.of(last));
                report("step  " + steps.getLast());
            }
            held = last.holds(options.untilLateNanos()) ? viewers : held;
        } while (held == spectators.size() && held < options.viewers());
        close();
        return isRamp ? last.withRamp(new Ramp(steps, options.untilLateNanos() == Long.MAX_VALUE ? null : held)) : last;
    }

    @Override
    public void close() {
        spectators.close();
        hosts.close();
        signaling.close();
    }

    /// Ends with calm also after a rehearsal, so that a backlog which it left is not measured.
    private void warmUp() throws IOException, InterruptedException {
        Duration rehearsed = options.rehearse() ? options.warmUp().dividedBy(2) : Duration.ZERO;
        if (rehearsed.isPositive()) {
            JoinStorm rehearsal = new JoinStorm(spectators, options);
            rehearsal.play(rehearsed, () -> progress("rehearse"));
            rehearsal.end(0);
        }
        WarmUp.of(node, this::report)
                .play(options.warmUp().minus(rehearsed), duration -> sleepWithProgress(duration, "warm-up"));
    }

    private FanoutReport measure() throws IOException, InterruptedException {
        NodeMeter nodeMeter = node == null ? null : new NodeMeter(node);
        MachineMeters meters = new MachineMeters(node == null ? null : node.handle());
        long messagesBefore = audience.videoMessages();
        long videoBefore = audience.videoPackets();
        delays = new Delays();
        audience.takeDelays();
        hosts.beginMeasuring();
        long beganNanos = System.nanoTime();
        timeline.beginMeasuring(beganNanos, audience.packets());
        JoinStorm newcomers = options.joinStorm() ? new JoinStorm(spectators, options) : null;
        if (newcomers == null) {
            sleepWithProgress(options.measured(), "measured");
        } else {
            newcomers.play(options.measured(), () -> progress("storm"));
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
        timeline.addLost(spectators.lost(timeline.endMeasuring()));
        long lost = seen.expected() - seen.arrived();
        return new FanoutReport(
                spectators.size(),
                options.rooms(),
                Math.round(seconds * 100) / 100.0,
                Math.round(seen.arrived() / seconds),
                seen.expected() == 0 ? 0 : 100.0 * lost / seen.expected(),
                delays,
                FanoutReport.Join.of(seen.joins()),
                machine,
                lost,
                seen.duplicates(),
                spectators.failed(),
                machine.stealPercent() <= FanoutReport.MOST_STEAL_PERCENT,
                audience.seesMessages() ? Math.round(perMessage * 100) / 100.0 : null,
                figures,
                storm,
                Ramp.NONE,
                timeline.seconds());
    }

    private void sleepWithProgress(Duration duration, String phase) throws InterruptedException {
        long endNanos = System.nanoTime() + duration.toNanos();
        for (long left = duration.toNanos(); left > 0; left = endNanos - System.nanoTime()) {
            Thread.sleep(Duration.ofNanos(Math.min(left, 1_000_000_000L)));
            progress(phase);
        }
    }

    private void progress(String phase) {
        Delays ofSecond = audience.takeDelays();
        delays.add(ofSecond);
        Second second =
                timeline.tick(System.nanoTime(), spectators.joined(), audience.packets(), hosts.sent(), ofSecond.all());
        String delay = second.p50Ms() == null
                ? ""
                : String.format(Locale.ROOT, "  delay p50 %.2f ms, p99 %.2f ms", second.p50Ms(), second.p99Ms());
        report(String.format(
                Locale.ROOT,
                "%-8s  %4d viewers  %,8.0f packets/s%s",
                phase,
                second.viewers(),
                second.egressPps(),
                delay));
    }

    private void report(String line) {
        progress.println(line);
        progress.flush();
    }
}
