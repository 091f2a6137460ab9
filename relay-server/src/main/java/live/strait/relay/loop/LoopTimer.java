package live.strait.relay.loop;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A timing wheel of [#TICK_NANOS] steps: one schedule per loop, whatever the number of sessions.
///
/// Each [Timed] stands in the wheel once. A deadline that moves later is noticed when the old one is reached and
/// moves on then; one that moves earlier must be re-armed. Firing is late by up to one tick, never early.
public final class LoopTimer {
    public static final long TICK_NANOS = 5_000_000;
    private static final Logger log = LoggerFactory.getLogger(LoopTimer.class);
    /// A power of two.
    private static final int SLOTS = 512;

    private final List<List<Timed>> wheel = new ArrayList<>(SLOTS);
    /// Takes the place of the slot that is being fired.
    private List<Timed> spare = new ArrayList<>();
    private long nextTick;
    /// No entry is made before this tick: what is always due fires once per [#advance], however long that took to
    /// come.
    private long earliestTick;

    public LoopTimer(long nowNanos) {
        nextTick = tickOf(nowNanos);
        earliestTick = nextTick;
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
        long tick = Math.clamp(tickOf(deadline) + 1, earliestTick, earliestTick + SLOTS - 1);
        if (timed.timerEntry.tick <= tick) {
            return;
        }
        timed.timerEntry.tick = tick;
        wheel.get(slotOf(tick)).add(timed);
    }

    /// Fires all that is due at `nowNanos`.
    public void advance(long nowNanos) {
        long lastTick = tickOf(nowNanos);
        earliestTick = Math.max(earliestTick, lastTick + 1);
        while (nextTick <= lastTick) {
            long tick = nextTick++;
            int slot = slotOf(tick);
            List<Timed> due = wheel.get(slot);
            if (due.isEmpty()) {
                continue;
            }
            wheel.set(slot, spare);
            for (int i = 0; i < due.size(); i++) {
                Timed timed = due.get(i);
                if (timed.timerEntry.tick == tick) {
                    timed.timerEntry.tick = Long.MAX_VALUE;
                    fire(timed, nowNanos);
                } else if (timed.timerEntry.tick != Long.MAX_VALUE && slotOf(timed.timerEntry.tick) == slot) {
                    wheel.get(slot).add(timed); // armed for the wheel's next turn, while it caught up
                }
            }
            due.clear();
            spare = due;
        }
    }

    /// An error of one must not keep the others, whose entries are out of the wheel already, from being armed.
    private void fire(Timed timed, long nowNanos) {
        try {
            if (timed.nextDeadlineNanos() <= nowNanos) {
                timed.onTimeout(nowNanos);
            }
            arm(timed);
        } catch (RuntimeException bug) {
            log.error("a timer failed and is not armed any more", bug);
        }
    }

    /// The clock's origin is arbitrary: times may be negative.
    private static long tickOf(long atNanos) {
        return Math.floorDiv(atNanos, TICK_NANOS);
    }

    private static int slotOf(long tick) {
        return (int) tick & (SLOTS - 1);
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
