package live.strait.relay.loop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// The door between loops: bounded, in order, with room for control when media has filled its part.
class LoopMailboxTest {
    private static final int HOPS = 2_000_000;
    /// Some tenths of a second.
    private static final long FORGOTTEN_AFTER_SPINS = 200_000_000;
    /// Where there is one core, the other thread needs it.
    private static final int SPINS_BEFORE_YIELD = 1 << 12;

    private final AtomicInteger wakeups = new AtomicInteger();
    private final LoopMailbox mailbox = new LoopMailbox(wakeups::incrementAndGet);

    @Test
    void runsTasksInOrderAndTellsThemTheTime() {
        List<String> seen = new ArrayList<>();
        mailbox.offerControl(now -> seen.add("a" + now));
        mailbox.offerMedia(now -> seen.add("b" + now));
        mailbox.drain(7);
        assertThat(seen).containsExactly("a7", "b7");
    }

    @Test
    void wakesTheLoopOncePerDrain() {
        for (int i = 0; i < 10; i++) {
            mailbox.offerMedia(now -> {});
        }
        assertThat(wakeups).hasValue(1);
        mailbox.drain(0);
        mailbox.offerControl(now -> {});
        assertThat(wakeups).hasValue(2);
    }

    @Test
    void mediaIsRefusedWhileControlStillGetsThrough() {
        int media = fill();
        assertThat(mailbox.offerMedia(now -> {})).isFalse();
        int control = 0;
        while (mailbox.offerControl(now -> {})) {
            control++;
        }
        assertThat(control).isGreaterThanOrEqualTo(media / 4);
        assertThat(mailbox.offerControl(now -> {})).isFalse();
    }

    @Test
    void longQueueIsDrainedInPartsThatWakeTheLoopAgain() {
        AtomicInteger ran = new AtomicInteger();
        while (mailbox.offerMedia(now -> ran.incrementAndGet())) {}
        int queued = ran.get();
        int drains = 0;
        for (int woken = 0; woken < wakeups.get(); woken++) {
            mailbox.drain(0);
            drains++;
        }
        assertThat(ran.get()).isGreaterThan(queued).isGreaterThan(10_000);
        assertThat(drains).isGreaterThan(5);
    }

    @Test
    void taskMayOfferMore() {
        AtomicInteger ran = new AtomicInteger();
        mailbox.offerControl(now -> mailbox.offerControl(then -> ran.incrementAndGet()));
        mailbox.drain(0);
        mailbox.drain(0);
        assertThat(ran).hasValue(1);
    }

    @Test
    void taskThatFailsDoesNotKeepTheOthersFromRunning() {
        AtomicInteger ran = new AtomicInteger();
        mailbox.offerControl(now -> {
            throw new IllegalStateException("a bug, as wanted");
        });
        mailbox.offerControl(now -> ran.incrementAndGet());
        mailbox.drain(0);
        assertThat(ran).hasValue(1);
    }

    @Test
    void everyTaskOfManyThreadsRunsExactlyOnce() throws InterruptedException {
        int threads = 4;
        int each = 50_000;
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger ran = new AtomicInteger();
        AtomicInteger woken = new AtomicInteger();
        LoopMailbox shared = new LoopMailbox(woken::incrementAndGet);
        List<Thread> producers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            producers.add(Thread.ofPlatform().start(() -> {
                for (int i = 0; i < each; i++) {
                    if (shared.offerMedia(now -> ran.incrementAndGet())) {
                        taken.incrementAndGet();
                    }
                }
            }));
        }
        int drained = 0;
        while (producers.stream().anyMatch(Thread::isAlive) || drained < woken.get()) {
            if (drained < woken.get()) {
                drained++;
                shared.drain(0);
            } else {
                Thread.onSpinWait();
            }
        }
        assertThat(ran.get()).isEqualTo(taken.get()).isPositive();
    }

    /// One task at a time, so that the loop is about to sleep whenever the next comes: both look whether the
    /// other has been there, and one of them must see it.
    @Test
    void offerWhileTheLoopGoesToSleepIsNotForgotten() throws InterruptedException {
        AtomicInteger woken = new AtomicInteger();
        AtomicInteger ran = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        LoopMailbox shared = new LoopMailbox(woken::incrementAndGet);
        LoopTask task = now -> ran.incrementAndGet();
        Thread loop = Thread.ofPlatform().start(() -> {
            int drained = 0;
            for (long spins = 0; !over.get(); spins++) {
                if (drained < woken.get()) {
                    drained++;
                    shared.drain(0);
                }
                pause(spins);
            }
        });
        int hops = 0;
        boolean arrived = true;
        while (hops < HOPS && arrived) {
            shared.offerMedia(task);
            hops++;
            for (long spins = 0; ran.get() < hops && spins < FORGOTTEN_AFTER_SPINS; spins++) {
                pause(spins);
            }
            arrived = ran.get() == hops;
        }
        over.set(true);
        loop.join();
        assertThat(ran).hasValue(HOPS);
    }

    @SuppressWarnings("ThreadPriorityCheck") // a hint, where threads outnumber cores
    private static void pause(long spins) {
        if (spins % SPINS_BEFORE_YIELD == SPINS_BEFORE_YIELD - 1) {
            Thread.yield();
        }
    }

    private int fill() {
        int media = 0;
        while (mailbox.offerMedia(now -> {})) {
            media++;
        }
        return media;
    }
}
