package live.strait.protocol.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayWindowTest {
    @Test
    void firstIndexMayBeAnyAndIsTakenOnce() {
        for (long first : new long[] {0, 1, 63, 64, 65535, (1L << 48) - 1}) {
            ReplayWindow window = new ReplayWindow(64);
            assertThat(window.highest()).isEqualTo(-1);
            assertThat(window.accepts(first)).isTrue();
            window.commit(first);
            assertThat(window.accepts(first)).isFalse();
            assertThat(window.highest()).isEqualTo(first);
        }
    }

    @Test
    void askingRemembersNothing() {
        ReplayWindow window = new ReplayWindow(64);
        window.commit(100);
        assertThat(window.accepts(1_000_000)).isTrue();
        assertThat(window.accepts(99)).isTrue();
        assertThat(window.accepts(99)).isTrue();
        assertThat(window.highest()).isEqualTo(100);
    }

    @Test
    void edgeOfTheWindowIsExact() {
        ReplayWindow window = new ReplayWindow(1024);
        window.commit(5000);
        assertThat(window.accepts(5000 - 1023)).isTrue();
        assertThat(window.accepts(5000 - 1024)).isFalse();
    }

    /// Steps of every size, forward and backward, against the set of all that has ever been committed.
    @ParameterizedTest
    @CsvSource({"64,1", "100,2", "128,3", "1024,4", "32768,5"})
    void agreesWithASetThatForgetsNothing(int size, int seed) {
        Random random = new Random(seed);
        ReplayWindow window = new ReplayWindow(size);
        Set<Long> committed = new HashSet<>();
        long highest = -1;
        for (int step = 0; step < 200_000; step++) {
            int reach = 1 << random.nextInt(1, 18);
            long index = Math.max(0, highest + random.nextInt(-reach, reach / 8 + 2));
            boolean expected = index > highest || (highest - index < size && !committed.contains(index));
            assertThat(window.accepts(index))
                    .as("size %d seed %d step %d", size, seed, step)
                    .isEqualTo(expected);
            if (expected) {
                window.commit(index);
                committed.add(index);
                highest = Math.max(highest, index);
            }
        }
    }
}
