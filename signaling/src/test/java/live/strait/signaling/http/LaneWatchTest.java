package live.strait.signaling.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import live.strait.signaling.http.LaneWatch.Ruling;
import live.strait.signaling.http.LaneWatch.State;
import org.junit.jupiter.api.Test;

class LaneWatchTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long START = -5 * SECOND; // any origin will do

    private final LaneWatch watch = new LaneWatch(LaneLimits.DEFAULT, START);

    @Test
    void whoSaysNoHelloIsMute() {
        assertThat(watch.look(START + 10 * SECOND, 0)).isEqualTo(State.FINE);
        assertThat(watch.look(START + 10 * SECOND + 1, 0)).isEqualTo(State.MUTE);
    }

    @Test
    void whoIsQuietIsPingedAndThenTakenForDead() {
        watch.greeted();
        Map<State, Integer> seen = new EnumMap<>(State.class);
        for (int second = 1; second <= 41; second++) {
            seen.merge(watch.look(START + second * SECOND, 0), 1, Integer::sum);
        }
        assertThat(seen).isEqualTo(Map.of(State.FINE, 38, State.PING, 2, State.SILENT, 1));
    }

    @Test
    void whoAnswersPingsLives() {
        watch.greeted();
        for (int second = 1; second <= 600; second++) {
            State state = watch.look(START + second * SECOND, 0);
            assertThat(state).isEqualTo(second % 15 == 0 ? State.PING : State.FINE);
            if (state == State.PING) {
                watch.heard(START + second * SECOND);
            }
        }
    }

    @Test
    void whoDoesNotReadForLongIsSlow() {
        watch.greeted();
        int much = LaneLimits.DEFAULT.slowBacklogBytes() + 1;
        assertThat(watch.look(START, much)).isEqualTo(State.FINE);
        assertThat(watch.look(START + 9 * SECOND, much)).isEqualTo(State.FINE);
        assertThat(watch.look(START + 10 * SECOND, much - 1))
                .as("it has read a little")
                .isEqualTo(State.FINE);
        assertThat(watch.look(START + 11 * SECOND, much)).isEqualTo(State.FINE);
        watch.heard(START + 20 * SECOND);
        assertThat(watch.look(START + 21 * SECOND, much)).isEqualTo(State.PING);
        assertThat(watch.look(START + 21 * SECOND + 1, much)).isEqualTo(State.SLOW);
    }

    @Test
    void moreThanMayWaitForOneIsNotWaitedWith() {
        watch.greeted();
        assertThat(watch.look(START, LaneLimits.DEFAULT.mostBacklogBytes() + 1)).isEqualTo(State.SLOW);
    }

    @Test
    void burstAndRateAreTakenWhole() {
        for (int i = 0; i < 100; i++) {
            assertThat(watch.message(START)).isEqualTo(Ruling.TAKE);
        }
        for (int i = 1; i <= 500; i++) {
            assertThat(watch.message(START + i * SECOND / 50))
                    .as("message %d", i)
                    .isEqualTo(Ruling.TAKE);
        }
    }

    @Test
    void floodIsToldOnceASecondAndClosedWhenItGoesOn() {
        Map<Ruling, Integer> seen = new EnumMap<>(Ruling.class);
        int sent = 0;
        for (Ruling ruling = Ruling.TAKE; ruling != Ruling.CLOSE; sent++) {
            ruling = watch.message(START + sent * SECOND / 150);
            seen.merge(ruling, 1, Integer::sum);
        }
        assertThat(sent / 150.0).as("seconds of three times the rate").isBetween(3.0, 4.0);
        assertThat(seen.get(Ruling.TAKE)).isBetween(240, 290);
        assertThat(seen.get(Ruling.COMPLAIN)).isEqualTo(3);
    }

    @Test
    void floodThatHasStoppedIsForgotten() {
        for (int flood = 0; flood < 20; flood++) {
            long at = START + flood * 3L * SECOND;
            for (int i = 0; i < 300; i++) {
                assertThat(watch.message(at)).isNotEqualTo(Ruling.CLOSE);
            }
        }
    }
}
