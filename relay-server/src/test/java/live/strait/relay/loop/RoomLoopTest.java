package live.strait.relay.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RoomLoopTest {
    private static final int FLOOD = 20_000;

    private final RoomLoop loop = new RoomLoop();

    @AfterEach
    void closeLoop() {
        loop.close();
    }

    @Test
    void runsWhatOneThreadPostsInOrderThroughBothDoors() throws Exception {
        List<Integer> run = new ArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        for (int i = 0; i < 1_000; i++) {
            int number = i;
            if (i % 2 == 0) {
                loop.execute(now -> run.add(number));
            } else {
                assertThat(loop.offer(now -> run.add(number))).isTrue();
            }
        }
        loop.execute(now -> done.countDown());
        assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(run).isEqualTo(IntStream.range(0, 1_000).boxed().toList());
    }

    @Test
    void refusesMessagesButNotControlWhileItIsBehind() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(now -> awaitQuietly(held));
        int taken = 0;
        for (int i = 0; i < FLOOD; i++) {
            taken += loop.offer(now -> {}) ? 1 : 0;
        }
        assertThat(taken).isLessThan(FLOOD).isGreaterThan(1_000);
        loop.execute(now -> done.countDown());
        held.countDown();
        assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(loop.offer(now -> {})).isTrue();
    }

    @Test
    void goesOnAfterAnErrorOfOneTask() throws Exception {
        CountDownLatch done = new CountDownLatch(3);
        loop.execute(now -> {
            throw new IllegalStateException("on purpose");
        });
        loop.every(1, now -> {
            done.countDown();
            throw new IllegalStateException("on purpose, each time");
        });
        assertThat(done.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void firesADeadlineThatWasArmedByATask() throws Exception {
        CountDownLatch fired = new CountDownLatch(1);
        loop.execute(now -> loop.arm(new LoopTimer.Timed() {
            private long deadlineNanos = now + 10_000_000;

            @Override
            public long nextDeadlineNanos() {
                return deadlineNanos;
            }

            @Override
            public void onTimeout(long nowNanos) {
                deadlineNanos = Long.MAX_VALUE;
                fired.countDown();
            }
        }));
        assertThat(fired.await(5, TimeUnit.SECONDS)).isTrue();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
