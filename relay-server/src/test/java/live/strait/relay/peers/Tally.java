package live.strait.relay.peers;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Counts what arrives on threads of others and lets a test wait for it.
final class Tally {
    private final String what;
    private int count;

    Tally(String what) {
        this.what = what;
    }

    synchronized void add() {
        count++;
        notifyAll();
    }

    synchronized int count() {
        return count;
    }

    /// Waits until `more` have come from now on and returns how long it took.
    synchronized Duration awaitMore(int more, Duration patience) throws InterruptedException {
        int wanted = count + more;
        return await(() -> count >= wanted, "%d more".formatted(more), patience);
    }

    private Duration await(BooleanSupplier enough, String wanted, Duration patience) throws InterruptedException {
        long start = System.nanoTime();
        long end = start + patience.toNanos();
        while (!enough.getAsBoolean()) {
            long leftMillis = (end - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                throw new AssertionError("%s: waited %s for %s, have %d".formatted(what, patience, wanted, count));
            }
            wait(leftMillis);
        }
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
