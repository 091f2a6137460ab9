package live.strait.loadtest.fanout;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import live.strait.loadtest.host.HostTrace;
import live.strait.loadtest.host.SimulatedHost;
import live.strait.loadtest.host.SyntheticSource;
import live.strait.loadtest.node.MachineMeters;
import live.strait.loadtest.node.NodeFigures;
import live.strait.loadtest.node.NodeMeter;
import live.strait.loadtest.node.NodeProcess;
import live.strait.loadtest.peer.PeerConnector;
import live.strait.loadtest.peer.PeerConnector.Connection;
import live.strait.loadtest.peer.PeerLoop;
import live.strait.loadtest.peer.SignalingClient;
import live.strait.loadtest.stamp.PacketStamps;
import live.strait.loadtest.viewer.Audience;
import live.strait.loadtest.viewer.ViewerFigures;
import live.strait.loadtest.viewer.ViewerMedia;
import live.strait.signaling.session.ClientOffer;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// One host and its viewers, from the host's offer to the report.
///
/// All viewers share one thread; the host has one of its own.
final class FanoutRun implements AutoCloseable {
    private static final Duration JOIN_PATIENCE = Duration.ofSeconds(20);
    /// Servers bound the sessions of one address that are not connected yet: a crowd comes from many.
    private static final int MOST_JOINING = 32;

    private static final Duration JOIN_POLL = Duration.ofMillis(20);
    private static final Duration DRAIN = Duration.ofMillis(500);

    private final FanoutOptions options;
    private final @Nullable NodeProcess node;
    private final PrintWriter progress;
    private final SignalingClient signaling;
    private final PeerConnector connector;
    private final SimulatedHost host;
    private final PeerLoop viewerLoop;
    private final PacketStamps stamps = new PacketStamps();
    private final Audience audience = new Audience(stamps);
    private final List<ViewerFigures> viewers = new ArrayList<>();
    private final List<Connection> connections = new ArrayList<>();
    private final Histogram delays = new Histogram(3);
    private long lastPackets;
    private long lastNanos;

    /// Makes what is needed; nothing is sent yet.
    ///
    /// @param node what it uses and does is to be told, or null
    FanoutRun(FanoutOptions options, @Nullable NodeProcess node, PrintWriter progress) throws IOException {
        this.options = options;
        this.node = node;
        this.progress = progress;
        signaling = new SignalingClient(options.token());
        connector = new PeerConnector(signaling);
        host = new SimulatedHost(signaling, connector);
        viewerLoop = new PeerLoop("viewers");
    }

    FanoutReport play() throws IOException, InterruptedException {
        publish();
        lastNanos = System.nanoTime();
        joinAll();
        long joined = awaitPictures();
        report(String.format(Locale.ROOT, "%d viewers watch; warming up", joined));
        sleepWithProgress(options.warmUp(), "warm-up");

        NodeMeter nodeMeter = node == null ? null : new NodeMeter(node);
        MachineMeters meters = new MachineMeters(node == null ? null : node.handle());
        audience.beginMeasuring();
        long beganNanos = System.nanoTime();
        audience.takeDelays();
        sleepWithProgress(options.measured(), "measured");
        audience.endMeasuring();
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        MachineMeters.Reading machine = meters.read();
        NodeFigures figures = nodeMeter == null ? null : nodeMeter.read();
        Thread.sleep(DRAIN);
        delays.add(audience.takeDelays());
        String ending = host.ending();
        if (ending != null) {
            throw new IOException("the host's session has ended: " + ending);
        }
        int failed = (int) viewers.stream()
                .filter(viewer -> !viewer.hasJoined() || viewer.ending() != null)
                .count();
        close();
        return result(seconds, machine, figures, failed);
    }

    @Override
    public void close() {
        viewerLoop.close();
        host.close();
        List<Connection> open = List.copyOf(connections);
        connections.clear();
        open.stream().map(each -> signaling.close(each.resource())).toList().forEach(FanoutRun::await);
        signaling.close();
    }

    private void publish() throws IOException, InterruptedException {
        SyntheticSource source = new SyntheticSource(HostTrace.load(), options.layered(), ThreadLocalRandom.current());
        host.publish(options.endpoint("whip"), source, stamps);
        report("the host is live");
    }

    private void joinAll() throws InterruptedException {
        long beganNanos = System.nanoTime();
        for (int i = 0; i < options.viewers(); i++) {
            long atNanos = beganNanos + i * 1_000_000_000L / options.joinsPerSecond();
            long waitNanos = atNanos - System.nanoTime();
            if (waitNanos > 0) {
                Thread.sleep(Duration.ofNanos(waitNanos));
            }
            awaitRoomAtTheDoor();
            join();
            if ((i + 1) % options.joinsPerSecond() == 0) {
                progress("joining");
            }
        }
    }

    private void awaitRoomAtTheDoor() throws InterruptedException {
        long untilNanos = System.nanoTime() + JOIN_PATIENCE.toNanos();
        while (countJoining() >= MOST_JOINING && System.nanoTime() < untilNanos) {
            Thread.sleep(JOIN_POLL);
        }
    }

    private long countJoining() {
        return viewers.stream()
                .filter(viewer -> !viewer.hasJoined() && viewer.ending() == null)
                .count();
    }

    private void join() {
        ViewerFigures figures = new ViewerFigures(System.nanoTime());
        viewers.add(figures);
        var _ = connector
                .connect(
                        options.endpoint("whep"),
                        viewerLoop,
                        (ice, fingerprint) -> ClientOffer.view(ice, fingerprint, "viewer", List.of(ClientOffer.VP8)),
                        answer -> new ViewerMedia(answer, figures, audience))
                .whenComplete((connection, failure) -> {
                    if (connection == null) {
                        figures.onEnding(reason(failure));
                    } else {
                        remember(connection);
                    }
                });
    }

    private void remember(Connection connection) {
        synchronized (connections) {
            connections.add(connection);
        }
    }

    private long awaitPictures() throws InterruptedException {
        long untilNanos = System.nanoTime() + JOIN_PATIENCE.toNanos();
        long joined = countJoined();
        while (joined < viewers.size() && System.nanoTime() < untilNanos) {
            Thread.sleep(Duration.ofMillis(100));
            joined = countJoined();
        }
        viewers.stream()
                .map(ViewerFigures::ending)
                .filter(Objects::nonNull)
                .distinct()
                .limit(3)
                .forEach(cause -> report("a viewer failed: " + cause));
        return joined;
    }

    private long countJoined() {
        return viewers.stream().filter(ViewerFigures::hasJoined).count();
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
        report(String.format(Locale.ROOT, "%-8s  %4d viewers  %,8.0f packets/s%s", phase, countJoined(), rate, delay));
    }

    private void report(String line) {
        progress.println(line);
        progress.flush();
    }

    private FanoutReport result(
            double seconds, MachineMeters.Reading machine, @Nullable NodeFigures figures, int failed) {
        int expected = audience.expected();
        long arrived = viewers.stream().mapToLong(ViewerFigures::arrived).sum();
        long lost = (long) expected * viewers.size() - arrived;
        Histogram joins = new Histogram(3);
        viewers.stream().filter(ViewerFigures::hasJoined).forEach(viewer -> joins.recordValue(viewer.joinNanos()));
        return new FanoutReport(
                viewers.size(),
                Math.round(seconds * 100) / 100.0,
                Math.round(arrived / seconds),
                viewers.isEmpty() || expected == 0 ? 0 : 100.0 * lost / ((double) expected * viewers.size()),
                FanoutReport.Delay.of(delays),
                FanoutReport.Join.of(joins),
                machine.stealPercent(),
                machine.loadAverage(),
                machine.nodeCpuPercent(),
                machine.loadCpuPercent(),
                lost,
                viewers.stream().mapToLong(ViewerFigures::duplicates).sum(),
                failed,
                machine.stealPercent() <= FanoutReport.MOST_STEAL_PERCENT,
                figures);
    }

    private static void await(CompletableFuture<Integer> closing) {
        try {
            closing.get(2, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // A courtesy: the relay notices by itself that nobody is there.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
