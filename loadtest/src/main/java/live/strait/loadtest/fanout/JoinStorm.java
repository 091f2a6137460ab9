package live.strait.loadtest.fanout;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import live.strait.loadtest.viewer.Audience;
import live.strait.loadtest.viewer.ViewerFigures;
import org.HdrHistogram.Histogram;

/// Viewers who come at an even rate beside those that are measured, and leave 2 s after their first picture.
final class JoinStorm {
    private static final long STAY_NANOS = 2_000_000_000L;
    private static final Duration TICK = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Spectators spectators;
    private final FanoutOptions options;
    /// Theirs alone: what they see is not measured.
    private final Audience audience = new Audience();

    private final List<Spectator> all = new ArrayList<>();
    private final Queue<Spectator> joining = new ArrayDeque<>();
    private final Queue<Leaving> leaving = new ArrayDeque<>();

    JoinStorm(Spectators spectators, FanoutOptions options) {
        this.spectators = spectators;
        this.options = options;
    }

    /// Lets them come for so long.
    ///
    /// @param progress run about once a second
    void play(Duration duration, Runnable progress) throws InterruptedException {
        long beganNanos = System.nanoTime();
        long told = 1;
        for (long now = beganNanos; now - beganNanos < duration.toNanos(); now = System.nanoTime()) {
            long due = (now - beganNanos) * options.joinsPerSecond() / 1_000_000_000L;
            while (all.size() <= due) {
                Spectator newcomer = spectators.join(all.size() % options.rooms(), audience);
                all.add(newcomer);
                joining.add(newcomer);
            }
            letLeave(now);
            if (now - beganNanos > told * 1_000_000_000L) {
                told++;
                progress.run();
            }
            Thread.sleep(TICK);
        }
        progress.run();
    }

    /// Waits for those who are still on their way, and tells how it went.
    Figures end(long keyFrames) throws InterruptedException {
        long untilNanos = System.nanoTime() + PATIENCE.toNanos();
        while (!joining.isEmpty() && System.nanoTime() < untilNanos) {
            letLeave(System.nanoTime());
            Thread.sleep(TICK);
        }
        all.forEach(spectators::leave);
        Histogram joins = new Histogram(3);
        all.stream()
                .map(Spectator::figures)
                .filter(ViewerFigures::hasJoined)
                .forEach(figures -> joins.recordValue(figures.joinNanos()));
        long joined = joins.getTotalCount();
        List<String> causes = all.stream()
                .filter(each -> !each.figures().hasJoined())
                .map(each -> each.figures().ending())
                .filter(Objects::nonNull)
                .distinct()
                .limit(3)
                .toList();
        return new Figures(
                options.joinsPerSecond(),
                all.size(),
                (int) (all.size() - joined),
                FanoutReport.Join.of(joins),
                keyFrames,
                causes);
    }

    private void letLeave(long nowNanos) {
        for (int i = joining.size(); i > 0; i--) {
            Spectator first = joining.remove();
            if (first.isJoining()) {
                joining.add(first);
            } else if (first.figures().hasJoined()) {
                leaving.add(new Leaving(first, nowNanos + STAY_NANOS));
            }
        }
        for (Leaving next = leaving.peek(); next != null && next.atNanos <= nowNanos; next = leaving.peek()) {
            spectators.leave(leaving.remove().spectator);
        }
    }

    private record Leaving(Spectator spectator, long atNanos) {}

    /// How a storm went.
    ///
    /// @param joins how many came
    /// @param failed of them never saw a picture
    /// @param keyFramesRequested of the hosts by the node while it lasted; -1 when the node is not ours
    record Figures(
            int joinsPerSecond,
            int joins,
            int failed,
            FanoutReport.Join joinMs,
            long keyFramesRequested,
            List<String> causes) {}
}
