package live.strait.loadtest.interrupt;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import live.strait.loadtest.host.HostTrace;
import live.strait.loadtest.host.SimulatedHost;
import live.strait.loadtest.host.SyntheticSource;
import live.strait.loadtest.node.MachineMeters;
import live.strait.loadtest.node.NodeProcess;
import live.strait.loadtest.node.WarmUp;
import live.strait.loadtest.peer.PeerConnector;
import live.strait.loadtest.peer.SignalingClient;
import org.jspecify.annotations.Nullable;

/// One room: a host's picture, the host's page, and a crowd that asks and cuts in; from the host's offer to the
/// report.
///
/// A click is timed where the crowd is told to click, a paint where the host's page paints: one clock.
final class InterruptRun implements AutoCloseable {
    private static final long SECOND_NANOS = 1_000_000_000L;
    /// At the end, for what is still on its way; an outage's copies go on for ten seconds.
    private static final Duration DRAIN_PATIENCE = Duration.ofSeconds(15);
    private static final Duration DRAIN_POLL = Duration.ofMillis(50);
    /// Like questions come soon after each other.
    private static final int RECENT_TOPICS = 20;
    private static final double LIKE_SHARE = 0.33;

    private final InterruptOptions options;
    private final @Nullable NodeProcess node;
    private final PrintWriter progress;
    private final SignalingClient signaling = new SignalingClient(null);
    private final PeerConnector connector = new PeerConnector(signaling);
    private final CutInBook cutIns = new CutInBook();
    private final QuestionBook questions = new QuestionBook();
    private final SimulatedHost host;
    private final Desk desk;
    private final Crowd crowd;
    private final Random random = new Random(1);
    private int topics;
    private int asked;

    /// Makes what is needed; nothing is sent yet.
    ///
    /// @param node whose use of the CPU is to be told, or null
    InterruptRun(InterruptOptions options, @Nullable NodeProcess node, PrintWriter progress) throws IOException {
        this.options = options;
        this.node = node;
        this.progress = progress;
        host = new SimulatedHost(signaling, connector);
        desk = new Desk(cutIns, questions);
        crowd = new Crowd(options, signaling, connector, cutIns, questions);
    }

    InterruptReport play() throws IOException, InterruptedException {
        desk.open(options, connector); // the studio is there before its picture
        host.publish(
                options.endpoint("whip"),
                new SyntheticSource(HostTrace.load(), true, ThreadLocalRandom.current()),
                null);
        report("the host is live");
        crowd.join(() -> progress("joining"));
        crowd.endings().forEach(cause -> report("a viewer failed: " + cause));

        double interruptsPerSecond = options.interrupts() / seconds(options.measured());
        WarmUp.of(node, this::report)
                .play(
                        options.warmUp(),
                        duration -> speak(duration, (int) (interruptsPerSecond * seconds(duration)), "warm-up"));
        cutIns.beginMeasuring();
        crowd.restartLinks();
        desk.restartLink();
        MachineMeters meters = new MachineMeters(node == null ? null : node.handle());
        long beganNanos = System.nanoTime();
        speak(options.measured(), options.interrupts(), "measured");
        double measuredSeconds = (System.nanoTime() - beganNanos) / (double) SECOND_NANOS;
        MachineMeters.Reading machine = meters.read();
        drain();
        tellEnding("the host's picture", host.ending());
        tellEnding("the host's page", desk.ending());
        int failed = crowd.failed();
        return new InterruptReport(
                options.viewers(),
                Math.round(measuredSeconds * 100) / 100.0,
                options.link().name(),
                options.hostLink().name(),
                cutIns.totals(),
                cutIns.seen(),
                questions.totals(),
                failed,
                machine.stealPercent(),
                machine.loadAverage(),
                machine.nodeCpuPercent(),
                machine.loadCpuPercent());
    }

    @Override
    public void close() {
        crowd.close();
        desk.close();
        host.close();
        signaling.close();
    }

    /// Lets the crowd ask and cut in for so long: evenly, but with no regard to each other.
    private void speak(Duration duration, int interrupts, String phase) throws InterruptedException {
        long beganNanos = System.nanoTime();
        long intervalNanos = duration.toNanos() / Math.max(1, interrupts);
        long questionNanos = SECOND_NANOS / Math.max(1, options.questionsPerSecond());
        long nextInterrupt = intervalNanos / 2;
        long nextQuestion = options.questionsPerSecond() == 0 ? Long.MAX_VALUE : 0;
        long nextProgress = SECOND_NANOS;
        int clicked = 0;
        for (long elapsed = 0; elapsed < duration.toNanos(); elapsed = System.nanoTime() - beganNanos) {
            if (nextInterrupt <= elapsed && clicked < interrupts && crowd.cutIn()) {
                clicked++;
                nextInterrupt = clicked * intervalNanos + random.nextLong(intervalNanos);
            }
            if (nextQuestion <= elapsed) {
                ask();
                nextQuestion += questionNanos;
            }
            if (nextProgress <= elapsed) {
                progress(phase);
                nextProgress += SECOND_NANOS;
            }
            Thread.sleep(Duration.ofNanos(500_000));
        }
    }

    private void ask() {
        int recent = Math.min(RECENT_TOPICS, options.viewers() / 3);
        boolean isLike = topics > recent && recent > 0 && random.nextDouble() < LIKE_SHARE;
        crowd.ask(isLike ? topics - 1 - random.nextInt(recent) : topics++, asked++);
    }

    private void drain() throws InterruptedException {
        long untilNanos = System.nanoTime() + DRAIN_PATIENCE.toNanos();
        while (!(cutIns.totals().isSettled() && questions.totals().isSettled())
                && desk.ending() == null
                && System.nanoTime() < untilNanos) {
            Thread.sleep(DRAIN_POLL);
        }
    }

    /// What was cut off counts as lost from then on.
    private void tellEnding(String whose, @Nullable String ending) {
        if (ending != null) {
            report(whose + " was cut off: " + ending);
        }
    }

    private void progress(String phase) {
        QuestionBook.Totals asked = questions.totals();
        report(String.format(
                Locale.ROOT,
                "%-8s  %4d viewers  %,6d interrupts, %,6d seen  %,6d questions, %,6d shown",
                phase,
                crowd.joined(),
                cutIns.clickedInAll(),
                cutIns.paintedInAll(),
                asked.sent(),
                asked.shown()));
    }

    private void report(String line) {
        progress.println(line);
        progress.flush();
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / (double) SECOND_NANOS;
    }
}
