package live.strait.loadtest.lane;

import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;

/// Sends one message until it has arrived, as `sdk/race.js` does: surely at once, then in copies, 15 to 20 ms apart
/// and never back to back, less often when 340 ms have passed, and surely again every 2 s.
final class Race {
    private static final double COPY_INTERVAL_MILLIS = 15;
    private static final double COPY_JITTER_MILLIS = 5;
    private static final long RACE_NANOS = 340_000_000L;
    private static final long OUTAGE_INTERVAL_NANOS = 100_000_000L;
    private static final long LONG_OUTAGE_NANOS = 5_000_000_000L;
    private static final long LONG_OUTAGE_INTERVAL_NANOS = 500_000_000L;
    private static final long RESEND_INTERVAL_NANOS = 2_000_000_000L;

    private final Alarms alarms;
    private final RandomGenerator random;
    private final Runnable surely;
    private final Runnable fast;
    private final BooleanSupplier isDone;
    private final long beganNanos;
    private long surelyAtNanos;

    private Race(
            Alarms alarms,
            RandomGenerator random,
            Runnable surely,
            Runnable fast,
            BooleanSupplier isDone,
            long nowNanos) {
        this.alarms = alarms;
        this.random = random;
        this.surely = surely;
        this.fast = fast;
        this.isDone = isDone;
        this.beganNanos = nowNanos;
        this.surelyAtNanos = nowNanos;
    }

    /// @param surely sends it reliably
    /// @param fast sends one copy
    static void begin(
            Alarms alarms,
            RandomGenerator random,
            Runnable surely,
            Runnable fast,
            BooleanSupplier isDone,
            long nowNanos) {
        Race race = new Race(alarms, random, surely, fast, isDone, nowNanos);
        surely.run();
        race.continueAfter(nowNanos);
    }

    private void continueAfter(long nowNanos) {
        alarms.at(nowNanos + intervalNanos(nowNanos - beganNanos), this::step);
    }

    private void step(long nowNanos) {
        if (isDone.getAsBoolean()) {
            return;
        }
        if (nowNanos - surelyAtNanos > RESEND_INTERVAL_NANOS) {
            surely.run();
            surelyAtNanos = nowNanos;
        } else {
            fast.run();
        }
        continueAfter(nowNanos);
    }

    private long intervalNanos(long elapsedNanos) {
        if (elapsedNanos < RACE_NANOS) {
            return (long) ((COPY_INTERVAL_MILLIS + random.nextDouble() * COPY_JITTER_MILLIS) * 1e6);
        }
        return elapsedNanos < LONG_OUTAGE_NANOS ? OUTAGE_INTERVAL_NANOS : LONG_OUTAGE_INTERVAL_NANOS;
    }
}
