package live.strait.relay.loop;

import java.util.ArrayList;
import java.util.List;

/// A timing wheel of [#TICK_NANOS] steps: one schedule per loop, whatever the number of sessions.
///
/// Each [Timed] stands in the wheel once. A deadline that moves later is noticed when the old one is reached and
/// moves on then; one that moves earlier must be re-armed. Firing is late by up to one tick, never early.
public final class LoopTimer {
    public static final long TICK_NANOS = 5_000_000;
    private static final int SLOTS = 512;

    private final List<List<Timed>> wheel = new ArrayList<>(SLOTS);
    private long nextTick;

    public LoopTimer(long nowNanos) {
        nextTick = nowNanos / TICK_NANOS;
        for (int i = 0; i < SLOTS; i++) {
            wheel.add(new ArrayList<>());
        }
    }

    /// Puts `timed` where its deadline is, unless it already stands there or earlier.
    public void arm(Timed timed) {
        long deadline = timed.nextDeadlineNanos();
        if (deadline == Long.MAX_VALUE) {
            return;
        }
        long tick = Math.clamp(deadline / TICK_NANOS + 1, nextTick, nextTick + SLOTS - 1);
        if (timed.timerEntry.tick <= tick) {
            return;
        }
        timed.timerEntry.tick = tick;
        wheel.get((int) (tick % SLOTS)).add(timed);
    }

    /// Fires all that is due at `nowNanos`.
    public void advance(long nowNanos) {
        long lastTick = nowNanos / TICK_NANOS;
        while (nextTick <= lastTick) {
            long tick = nextTick++;
            int slotIndex = (int) (tick % SLOTS);
            List<Timed> due = wheel.get(slotIndex);
            if (due.isEmpty()) {
                continue;
            }
            wheel.set(slotIndex, new ArrayList<>(due.size()));
            for (Timed timed : due) {
                if (timed.timerEntry.tick == tick) {
                    timed.timerEntry.tick = Long.MAX_VALUE;
                    if (timed.nextDeadlineNanos() <= nowNanos) {
                        timed.onTimeout(nowNanos);
                    }
                    arm(timed);
                }
            }
        }
    }

    /// Something with a deadline, owned by one loop.
    public abstract static class Timed {
        private final Entry timerEntry = new Entry();

        /// `Long.MAX_VALUE` for none, which also takes it out of the wheel for good.
        public abstract long nextDeadlineNanos();

        public abstract void onTimeout(long nowNanos);
    }

    private static final class Entry {
        private long tick = Long.MAX_VALUE;
    }
}
