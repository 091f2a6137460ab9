package live.strait.relay.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import live.strait.relay.loop.LoopTimer.Timed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One wheel for all sessions of a loop: never early, at most a tick late, whatever the deadlines do.
class LoopTimerTest {
    private static final long TICK = LoopTimer.TICK_NANOS;

    @Test
    void firesWithinOneTickBehindTheDeadline() {
        LoopTimer timer = new LoopTimer(0);
        Alarm alarm = new Alarm();
        alarm.deadline = 12 * TICK + 1;
        timer.arm(alarm);
        run(timer, 0, 12 * TICK);
        assertThat(alarm.firedAt).isEmpty();
        run(timer, 13 * TICK, 20 * TICK);
        assertThat(alarm.firedAt).containsExactly(13 * TICK);
    }

    @Test
    void deadlineThatMovesLaterDoesNotFireAtItsOldPlace() {
        LoopTimer timer = new LoopTimer(0);
        Alarm alarm = new Alarm();
        alarm.deadline = 10 * TICK;
        timer.arm(alarm);
        alarm.deadline = 30 * TICK;
        run(timer, 0, 30 * TICK);
        assertThat(alarm.firedAt).isEmpty();
        run(timer, 31 * TICK, 31 * TICK);
        assertThat(alarm.firedAt).hasSize(1);
    }

    @Test
    void deadlineThatMovesEarlierFiresOnceWhenArmedAgain() {
        LoopTimer timer = new LoopTimer(0);
        Alarm alarm = new Alarm();
        alarm.deadline = 30 * TICK;
        timer.arm(alarm);
        alarm.deadline = 10 * TICK;
        timer.arm(alarm);
        run(timer, 0, 100 * TICK);
        assertThat(alarm.firedAt).containsExactly(11 * TICK);
    }

    @Test
    void deadlineBeyondTheWheelIsReachedInSeveralTurns() {
        LoopTimer timer = new LoopTimer(0);
        Alarm alarm = new Alarm();
        alarm.deadline = 5_000 * TICK + 7;
        timer.arm(alarm);
        run(timer, 0, 6_000 * TICK);
        assertThat(alarm.firedAt).containsExactly(5_001 * TICK);
    }

    @Test
    void deadlineThatStaysInThePastFiresOncePerAdvance() {
        LoopTimer timer = new LoopTimer(0);
        Alarm alarm = new Alarm();
        alarm.again = 0;
        alarm.deadline = -1;
        timer.arm(alarm);
        timer.advance(40 * TICK);
        assertThat(alarm.firedAt).hasSize(1);
        run(timer, 41 * TICK, 50 * TICK);
        assertThat(alarm.firedAt).hasSize(11);
    }

    @Test
    void clockMayCountFromBelowZero() {
        long start = -1_000_003 * TICK - 17;
        LoopTimer timer = new LoopTimer(start);
        Alarm alarm = new Alarm();
        alarm.deadline = start + 4 * TICK;
        timer.arm(alarm);
        for (long now = start; now < start + 8 * TICK; now += TICK) {
            timer.advance(now);
        }
        assertThat(alarm.firedAt).hasSize(1);
        assertThat(alarm.firedAt.getFirst()).isBetween(alarm.lastDeadline, alarm.lastDeadline + 2 * TICK);
    }

    @Test
    void errorInOneAlarmLeavesTheOthersArmed() {
        LoopTimer timer = new LoopTimer(0);
        Alarm broken = new Alarm();
        broken.deadline = TICK;
        broken.broken = true;
        Alarm other = new Alarm();
        other.deadline = TICK;
        timer.arm(broken);
        timer.arm(other);
        run(timer, 0, 10 * TICK);
        assertThat(other.firedAt).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void agreesWithAListOfAlarms(long seed) {
        Random random = new Random(seed);
        LoopTimer timer = new LoopTimer(0);
        List<Alarm> alarms = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            alarms.add(new Alarm());
        }
        long now = 0;
        for (int step = 0; step < 20_000; step++) {
            // Mostly one tick, sometimes a stalled loop.
            now += random.nextInt(50) == 0 ? random.nextLong(700 * TICK) : TICK;
            for (Alarm alarm : alarms) {
                boolean due = alarm.deadline <= now - TICK;
                alarm.mustFire = due;
            }
            timer.advance(now);
            for (Alarm alarm : alarms) {
                if (alarm.mustFire) {
                    fail("seed %d at %d: not fired in time", seed, now); // asked 3 million times: no assertion object
                }
            }
            Alarm any = alarms.get(random.nextInt(alarms.size()));
            any.again = random.nextInt(4) == 0 ? Long.MAX_VALUE : random.nextLong(1, 1_500 * TICK);
            any.deadline = random.nextInt(8) == 0 ? Long.MAX_VALUE : now + random.nextLong(1_500 * TICK);
            timer.arm(any);
        }
    }

    private static void run(LoopTimer timer, long from, long to) {
        for (long now = from; now <= to; now += TICK) {
            timer.advance(now);
        }
    }

    private static final class Alarm extends Timed {
        private final List<Long> firedAt = new ArrayList<>();
        private long deadline = Long.MAX_VALUE;
        private long lastDeadline;
        private long again = Long.MAX_VALUE;
        private boolean mustFire;
        private boolean broken;

        @Override
        public long nextDeadlineNanos() {
            return deadline;
        }

        @Override
        public void onTimeout(long nowNanos) {
            assertThat(nowNanos).as("never early").isGreaterThanOrEqualTo(deadline);
            if (broken) {
                deadline = Long.MAX_VALUE;
                throw new IllegalStateException("a bug, as wanted");
            }
            mustFire = false;
            lastDeadline = deadline;
            firedAt.add(nowNanos);
            deadline = again == Long.MAX_VALUE ? Long.MAX_VALUE : nowNanos + again;
        }
    }
}
