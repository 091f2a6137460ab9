package live.strait.relay.lane;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// When to send interrupts to one host's page again, until it has acknowledged them.
///
/// A copy each 20 ms for half a second: never back to back, as loss comes in bursts and eats neighbours, and four
/// lost packets in a row cost 80 ms. Then 100, 200, 400 ms ... for an outage, for ten seconds in all. The copies of
/// all interrupts together keep within a budget, so that they do not fill the link that the next interrupt needs:
/// it shrinks when acknowledgements get late all together, which is a queue, and grows when single ones do, which
/// is loss. When it is short, those go first that should have been acknowledged by now, then those that had
/// fewest copies.
final class UrgentCopies {
    private static final long FAST_NANOS = 20_000_000L;
    private static final int FAST_COPIES = 25;
    private static final long SLOW_NANOS = 100_000_000L;
    private static final long GIVE_UP_NANOS = 10_000_000_000L;
    /// A reliable copy goes too when this has passed: where only the reliable channel is open, or the other lossy.
    private static final long RELIABLE_NANOS = 400_000_000L;
    /// What an interrupt costs on the wire with its headers, roughly.
    private static final int COPY_BYTES = 220;
    private static final double MOST_BYTES_PER_SECOND = 64_000;
    /// For a link that loses nothing: single interrupts have the burst.
    private static final double CLEAN_BYTES_PER_SECOND = 8_000;
    private static final double LEAST_BYTES_PER_SECOND = 2_000;
    private static final double BUDGET_BURST_BYTES = 12_000;
    /// So many acknowledgements are looked at together: loss makes some of them late, a queue all.
    private static final int WINDOW = 8;
    /// By so much the quickest of a window is later than ever before when there is a queue; jitter is less.
    private static final double QUEUE_NANOS = 60_000_000;
    /// By so much the last of a window is later than its quickest when a copy was needed.
    private static final double LOSS_NANOS = 50_000_000;
    /// With each window. A queue delays what tells of it as well, so the way down is the steeper one.
    private static final double RISE = 1.3;
    private static final double FALL = 0.6;
    private static final double EASE = 0.9;

    private final Map<Long, Pending> pending = new LinkedHashMap<>();
    private final TokenBucket budget;
    /// Until an acknowledgement, smoothed.
    private double ackNanos = 300_000_000;
    /// The quickest one ever, forgotten slowly, and of this window.
    private double bestNanos = Double.POSITIVE_INFINITY;
    private double windowBestNanos = Double.POSITIVE_INFINITY;
    private double windowWorstNanos;
    private int windowSize;
    private double bytesPerSecond = 2 * CLEAN_BYTES_PER_SECOND;

    UrgentCopies(long nowNanos) {
        budget = new TokenBucket(bytesPerSecond, BUDGET_BURST_BYTES, nowNanos);
    }

    /// The first one has been sent at `nowNanos`.
    void sent(CutIn interrupt, long nowNanos) {
        pending.putIfAbsent(interrupt.item(), new Pending(interrupt, nowNanos));
    }

    /// The page has it, or it is over.
    void settled(long item) {
        pending.remove(item);
    }

    /// The page says that it has it.
    void acknowledged(long item, long nowNanos) {
        Pending done = pending.remove(item);
        if (done == null) {
            return;
        }
        double took = nowNanos - done.firstAtNanos;
        ackNanos += (took - ackNanos) / 8;
        windowBestNanos = Math.min(windowBestNanos, took);
        windowWorstNanos = Math.max(windowWorstNanos, took);
        if (++windowSize == WINDOW) {
            adapt(nowNanos);
        }
    }

    private void adapt(long nowNanos) {
        if (windowBestNanos > bestNanos + QUEUE_NANOS) {
            bytesPerSecond = Math.max(LEAST_BYTES_PER_SECOND, bytesPerSecond * FALL);
        } else if (windowWorstNanos > windowBestNanos + LOSS_NANOS || bytesPerSecond < CLEAN_BYTES_PER_SECOND) {
            bytesPerSecond = Math.min(MOST_BYTES_PER_SECOND, bytesPerSecond * RISE);
        } else {
            bytesPerSecond = Math.max(CLEAN_BYTES_PER_SECOND, bytesPerSecond * EASE);
        }
        budget.setRate(bytesPerSecond, nowNanos);
        bestNanos = windowBestNanos < bestNanos ? windowBestNanos : bestNanos + (windowBestNanos - bestNanos) / 256;
        windowBestNanos = Double.POSITIVE_INFINITY;
        windowWorstNanos = 0;
        windowSize = 0;
    }

    /// All will be sent anew.
    void clear() {
        pending.clear();
    }

    /// What to send reliably now, each once: whatever the budget, or a link that is always full would never get it.
    List<CutIn> overdue(long nowNanos) {
        List<CutIn> overdue = new ArrayList<>();
        for (Pending each : pending.values()) {
            if (each.reliablyAtNanos <= nowNanos) {
                each.reliablyAtNanos = Long.MAX_VALUE;
                overdue.add(each.interrupt);
            }
        }
        return overdue;
    }

    /// What to send a copy of now.
    List<CutIn> due(long nowNanos) {
        pending.values().removeIf(each -> nowNanos - each.firstAtNanos >= GIVE_UP_NANOS);
        List<Pending> ready = new ArrayList<>();
        for (Pending each : pending.values()) {
            if (each.nextAtNanos <= nowNanos) {
                ready.add(each);
            }
        }
        ready.sort(Comparator.comparing((Pending each) -> nowNanos - each.firstAtNanos < ackNanos)
                .thenComparingInt(each -> each.copies));
        List<CutIn> copies = new ArrayList<>();
        for (Pending each : ready) {
            if (!budget.take(COPY_BYTES, nowNanos)) {
                break;
            }
            each.copied(nowNanos);
            copies.add(each.interrupt);
        }
        return copies;
    }

    long nextDeadlineNanos(long nowNanos) {
        long nextCopy = Long.MAX_VALUE;
        long nextOverdue = Long.MAX_VALUE;
        for (Pending each : pending.values()) {
            nextCopy = Math.min(nextCopy, each.nextAtNanos);
            nextOverdue = Math.min(nextOverdue, each.reliablyAtNanos);
        }
        if (nextCopy != Long.MAX_VALUE) {
            nextCopy = Math.max(nextCopy, budget.readyAtNanos(COPY_BYTES, nowNanos));
        }
        return Math.min(nextCopy, nextOverdue);
    }

    private static final class Pending {
        private final CutIn interrupt;
        private final long firstAtNanos;
        private long nextAtNanos;
        private long reliablyAtNanos;
        private int copies;

        Pending(CutIn interrupt, long nowNanos) {
            this.interrupt = interrupt;
            this.firstAtNanos = nowNanos;
            this.nextAtNanos = nowNanos + FAST_NANOS;
            this.reliablyAtNanos = nowNanos + RELIABLE_NANOS;
        }

        void copied(long nowNanos) {
            copies++;
            int slow = Math.max(0, copies - FAST_COPIES);
            nextAtNanos = nowNanos + (slow == 0 ? FAST_NANOS : SLOW_NANOS << Math.min(slow - 1, 5));
        }
    }
}
