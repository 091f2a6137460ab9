package live.strait.loadtest.peer;

import java.util.ArrayList;
import java.util.List;

/// A timing wheel of 1 ms steps: what a peer's timers cost does not grow with the number of peers.
///
/// A peer stands where its deadline was when it was armed; when it is reached there and is due later by now, it
/// moves on. Firing is late by up to one step, never early.
final class PeerTimers {
    static final long STEP_NANOS = 1_000_000;
    /// A power of two; what is due later than that stops over.
    private static final int SLOTS = 1024;

    private final List<List<Timed>> wheel = new ArrayList<>(SLOTS);
    /// Takes the place of the slot that is being fired.
    private List<Timed> spare = new ArrayList<>();
    private long nextStep;

    PeerTimers(long nowNanos) {
        nextStep = Math.floorDiv(nowNanos, STEP_NANOS);
        for (int i = 0; i < SLOTS; i++) {
            wheel.add(new ArrayList<>());
        }
    }

    /// Puts `timed` where its deadline is, unless it stands there or earlier already.
    void arm(Timed timed) {
        long deadline = timed.nextDeadlineNanos();
        if (deadline == Long.MAX_VALUE) {
            return;
        }
        long step = Math.clamp(Math.floorDiv(deadline, STEP_NANOS) + 1, nextStep, nextStep + SLOTS - 1);
        if (step < timed.step) {
            timed.step = step;
            wheel.get((int) step & (SLOTS - 1)).add(timed);
        }
    }

    /// How long nothing is due, in ms, at most the length of the wheel.
    long idleMillis(long nowNanos) {
        long now = Math.floorDiv(nowNanos, STEP_NANOS);
        long step = nextStep;
        while (step < nextStep + SLOTS && wheel.get((int) step & (SLOTS - 1)).isEmpty()) {
            step++;
        }
        return Math.max(0, step - now);
    }

    /// Fires what is due.
    void advance(long nowNanos) {
        long last = Math.floorDiv(nowNanos, STEP_NANOS);
        while (nextStep <= last) {
            long step = nextStep++;
            int slot = (int) step & (SLOTS - 1);
            List<Timed> due = wheel.get(slot);
            if (due.isEmpty()) {
                continue;
            }
            wheel.set(slot, spare);
            for (int i = 0; i < due.size(); i++) {
                Timed timed = due.get(i);
                if (timed.step == step) {
                    timed.step = Long.MAX_VALUE;
                    if (timed.nextDeadlineNanos() <= nowNanos) {
                        timed.onTimeout(nowNanos);
                    }
                    arm(timed);
                }
            }
            due.clear();
            spare = due;
        }
    }

    /// Something with a deadline.
    abstract static class Timed {
        private long step = Long.MAX_VALUE;

        /// `Long.MAX_VALUE` for none.
        abstract long nextDeadlineNanos();

        abstract void onTimeout(long nowNanos);
    }
}
