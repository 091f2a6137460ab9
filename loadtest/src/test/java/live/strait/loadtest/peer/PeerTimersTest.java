package live.strait.loadtest.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PeerTimersTest {
    private static final long STEP = PeerTimers.STEP_NANOS;

    /// Fires at one deadline after the other.
    private static final class Series extends PeerTimers.Timed {
        private final List<Long> deadlines;
        private final List<Long> fired = new ArrayList<>();

        Series(Long... deadlines) {
            this.deadlines = new ArrayList<>(List.of(deadlines));
        }

        @Override
        long nextDeadlineNanos() {
            return deadlines.isEmpty() ? Long.MAX_VALUE : deadlines.getFirst();
        }

        @Override
        void onTimeout(long nowNanos) {
            assertThat(nowNanos).isGreaterThanOrEqualTo(deadlines.removeFirst());
            fired.add(nowNanos);
        }
    }

    /// Compared with what needs no wheel: each fires in the first pass at or after the step behind its deadline.
    @Test
    void nothingFiresEarlyNorAStepLateWhateverTheDeadlines() {
        Random random = new Random(3);
        PeerTimers timers = new PeerTimers(-5_000_000_000L);
        List<Series> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Series series = new Series(-5_000_000_000L + random.nextLong(6_000_000_000L));
            all.add(series);
            timers.arm(series);
        }
        for (long now = -5_000_000_000L; now < 1_100_000_000L; now += STEP) {
            long latest = now - STEP;
            timers.advance(now);
            assertThat(all)
                    .allSatisfy(each -> assertThat(each.nextDeadlineNanos()).isGreaterThan(latest - STEP));
        }
        assertThat(all).allSatisfy(each -> assertThat(each.fired).hasSize(1));
    }

    @Test
    void deadlineThatMovedEarlierFiresThereOnce() {
        PeerTimers timers = new PeerTimers(0);
        Series series = new Series(700 * STEP);
        timers.arm(series);
        series.deadlines.set(0, 10 * STEP);
        timers.arm(series);
        timers.advance(12 * STEP);
        timers.advance(900 * STEP);
        assertThat(series.fired).containsExactly(12 * STEP);
    }

    @Test
    void deadlineThatMovedLaterIsKept() {
        PeerTimers timers = new PeerTimers(0);
        Series series = new Series(10 * STEP);
        timers.arm(series);
        series.deadlines.set(0, 30 * STEP);
        timers.advance(12 * STEP);
        assertThat(series.fired).isEmpty();
        timers.advance(31 * STEP);
        assertThat(series.fired).containsExactly(31 * STEP);
    }

    @Test
    void waitEndsWhereTheNextStands() {
        PeerTimers timers = new PeerTimers(0);
        timers.arm(new Series(20 * STEP));
        assertThat(timers.idleMillis(0)).isEqualTo(21);
        assertThat(timers.idleMillis(15 * STEP)).isEqualTo(6);
        assertThat(timers.idleMillis(50 * STEP)).isZero();
    }
}
