package live.strait.relay.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoopCountersTest {
    private final LoopCounters counters = new LoopCounters();

    @Test
    void longestGapIsToldOnce() {
        counters.cameAround(-1_000);
        counters.cameAround(4_000);
        counters.cameAround(4_500);
        assertThat(counters.takeLongestGapNanos()).isEqualTo(5_000);
        counters.cameAround(4_700);
        assertThat(counters.takeLongestGapNanos()).isEqualTo(200);
        assertThat(counters.takeLongestGapNanos()).isZero();
    }
}
