package live.strait.relay.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import live.strait.relay.observe.LoopCounters;
import live.strait.relay.observe.LoopCounters.Counter;
import org.junit.jupiter.api.Test;

/// A batch: what was collected is handed on once, the egress is flushed once, and an error of one source stays its
/// own.
class MediaLoopTest {
    private final RecordingEgress egress = new RecordingEgress();
    private final LoopCounters counters = new LoopCounters();
    private final MediaLoop loop = new MediaLoop(0, new LoopMailbox(() -> {}), egress, counters, 0);

    @Test
    void collectedBurstsAreHandedOnOnceAndThenFlushed() {
        List<String> seen = new ArrayList<>();
        loop.beginBatch(5);
        loop.collect(now -> seen.add("a" + now + " before flush " + egress.flushes()));
        loop.collect(now -> seen.add("b" + now));
        loop.endBatch();
        loop.beginBatch(6);
        loop.endBatch();
        assertThat(seen).containsExactly("a5 before flush 0", "b5");
        assertThat(egress.flushes()).isEqualTo(2);
    }

    @Test
    void sourceThatWaitsIsAskedAgainUntilItsTimeHasCome() {
        List<Long> seen = new ArrayList<>();
        loop.beginBatch(5);
        loop.collect(new MediaLoop.BurstSource() {
            @Override
            public void flushBurst(long nowNanos) {
                seen.add(nowNanos);
            }

            @Override
            public long waitsUntilNanos() {
                return 8;
            }
        });
        loop.collect(seen::add);
        loop.endBatch();
        assertThat(seen).as("others do not wait for it").containsExactly(5L);
        assertThat(loop.heldUntilNanos()).isEqualTo(8);
        loop.drainMailbox(7);
        assertThat(seen).hasSize(1);
        loop.advanceTimers(8);
        assertThat(seen).containsExactly(5L, 8L);
        assertThat(loop.heldUntilNanos()).isEqualTo(MediaLoop.NOTHING_HELD);
        loop.advanceTimers(9);
        assertThat(seen).hasSize(2);
    }

    @Test
    void sourceThatFailsTakesNobodyWithIt() {
        List<String> seen = new ArrayList<>();
        loop.beginBatch(5);
        loop.collect(now -> {
            throw new IllegalStateException("a bug, as wanted");
        });
        loop.collect(now -> seen.add("b"));
        loop.endBatch();
        loop.endBatch();
        assertThat(seen).containsExactly("b");
        assertThat(egress.flushes()).isEqualTo(2);
        assertThat(counters.get(Counter.SESSION_ERRORS)).isEqualTo(1);
    }

    @Test
    void postedTaskThatFailsIsFollowedByTheFlush() {
        loop.post(now -> {
            throw new IllegalStateException("a bug, as wanted");
        });
        loop.drainMailbox(1);
        assertThat(egress.flushes()).isEqualTo(1);
    }
}
