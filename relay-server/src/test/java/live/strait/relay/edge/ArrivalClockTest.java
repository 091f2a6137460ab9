package live.strait.relay.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

/// Kernel's times on the loops' clock, whatever happens to either.
class ArrivalClockTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long WALL = 1_700_000_000L * SECOND;

    private long loopNanos = 77 * SECOND;
    private long wallNanos = WALL;
    /// What passes while a clock is read, then nothing.
    private final Deque<Long> disturbances = new ArrayDeque<>();

    private final ArrivalClock clock = new ArrivalClock(() -> loopNanos, this::readWall);

    @Test
    void stampIsAsLongAgoOnBothClocks() {
        assertThat(clock.read()).isEqualTo(77 * SECOND);
        assertThat(clock.arrivalNanos(wallNanos - 30_000_000)).isEqualTo(77 * SECOND - 30_000_000);
        assertThat(clock.arrivalNanos(wallNanos)).isEqualTo(77 * SECOND);
    }

    @Test
    void withoutStampADatagramArrivesNow() {
        clock.read();
        assertThat(clock.arrivalNanos(0)).isEqualTo(77 * SECOND);
    }

    @Test
    void nothingArrivesLaterThanItIsRead() {
        clock.read();
        assertThat(clock.arrivalNanos(wallNanos + 1)).isEqualTo(77 * SECOND);
        assertThat(clock.arrivalNanos(wallNanos + 3600 * SECOND)).isEqualTo(77 * SECOND);
    }

    @Test
    void clockThatIsSetMovesNoArrival() {
        clock.read();
        long stampedBefore = wallNanos;
        wallNanos += 3600 * SECOND;
        pass(1_000_000);
        clock.read();
        assertThat(clock.arrivalNanos(stampedBefore)).isEqualTo(loopNanos);
        assertThat(clock.arrivalNanos(wallNanos - 500_000)).isEqualTo(loopNanos - 500_000);
        wallNanos -= 7200 * SECOND;
        pass(1_000_000);
        clock.read();
        assertThat(clock.arrivalNanos(wallNanos + 7200 * SECOND - 1_000_000)).isEqualTo(loopNanos);
        assertThat(clock.arrivalNanos(wallNanos - 500_000)).isEqualTo(loopNanos - 500_000);
    }

    /// The thread is put aside for 8 ms between the readings: their comparison would be wrong by that.
    @Test
    void disturbedComparisonIsRepeated() {
        disturbances.add(8_000_000L);
        assertThat(clock.read()).isEqualTo(77 * SECOND + 8_000_000);
        assertThat(clock.arrivalNanos(wallNanos - 1_000_000)).isEqualTo(loopNanos - 1_000_000);
    }

    @Test
    void ofDisturbedComparisonsTheLeastCounts() {
        disturbances.add(8_000_000L);
        disturbances.add(10_000L);
        disturbances.add(9_000_000L);
        clock.read();
        assertThat(clock.arrivalNanos(wallNanos - 1_000_000)).isBetween(loopNanos - 1_005_000, loopNanos - 995_000);
    }

    private long readWall() {
        Long disturbance = disturbances.poll();
        long read = wallNanos;
        if (disturbance != null) {
            pass(disturbance);
        }
        return read;
    }

    private void pass(long nanos) {
        loopNanos += nanos;
        wallNanos += nanos;
    }
}
