package live.strait.signaling.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Time that stands still but for what a test lets pass; any thread.
final class SteppedClock implements LongSupplier {
    private final AtomicLong nowNanos = new AtomicLong(-5_000_000_000L); // any origin will do

    @Override
    public long getAsLong() {
        return nowNanos.get();
    }

    void pass(Duration time) {
        nowNanos.addAndGet(time.toNanos());
    }
}
