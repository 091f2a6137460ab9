package live.strait.relay.lane;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import live.strait.protocol.time.TokenBucket;

/// When to send interrupts to one host's page again, until it has got them.
///
/// SCTP's own acknowledgment of a copy says so: sooner than the page could, out of order, and for nothing.
///
/// A copy after 20, 40, 60, 100, 140, 180 ms and so on for 0.6 s: never back to back, as loss comes in bursts and
/// eats neighbours, and four lost packets in a row cost 100 ms. Then 100, 200, 400 ms ... for an outage, for ten
/// seconds in all. The copies of all interrupts together keep within a budget, so that they do not fill the link
/// that the next interrupt needs: it shrinks when interrupts are seen late all together, which is a queue, and
/// grows when single ones are, which is loss. The page's own time of painting tells that: what it says may itself
/// wait behind what was lost. When the budget is short, those go first that should have arrived by now, then
/// those that had fewest copies.
final class UrgentCopies {
    private static final long FAST_NANOS = 20_000_000L;
    private static final int FAST_COPIES = 12;
    /// So many copies until the next ones are 20 ms farther apart.
    private static final int SAME_INTERVAL = 3;
    private static final long SLOW_NANOS = 100_000_000L;
    private static final long GIVE_UP_NANOS = 10_000_000_000L;
    /// A reliable copy goes too when this has passed: where only the reliable channel is open, or the other lossy.
    private static final long RELIABLE_NANOS = 400_000_000L;
    private static final long PRESSED_NANOS = 50_000_000L;
    /// It goes all the same by then: in an outage the reliable channel stays behind, and comes back with what it has.
    private static final long MOST_PRESSED_NANOS = 3_000_000_000L;
    /// Of the budget's burst, kept for those that are overdue.
    private static final double RESERVE_BYTES = 6_000;
    /// What an interrupt costs on the wire with its headers, roughly.
    private static final int COPY_BYTES = 220;
    private static final double MOST_BYTES_PER_SECOND = 64_000;
    /// For a link that loses nothing: single interrupts have the burst.
    private static final double CLEAN_BYTES_PER_SECOND = 8_000;
    private static final double LEAST_BYTES_PER_SECOND = 2_000;
    private static final double BUDGET_BURST_BYTES = 12_000;
    /// So many interrupts are looked at together: loss makes some of them late, a queue all.
    private static final int WINDOW = 8;
    /// Or those of this time, two at least.
    private static final long LONGEST_WINDOW_NANOS = 500_000_000L;
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
    /// Until we know that it has arrived, smoothed.
    private double deliveryNanos = 300_000_000;
    private double deliveryVariationNanos;
    /// Until painted: the quickest one ever, forgotten slowly, and of this window.
    private double bestNanos = Double.POSITIVE_INFINITY;
    private double windowBestNanos = Double.POSITIVE_INFINITY;
    private double windowWorstNanos;
    private int windowSize;
    private long windowFromNanos;
    private double bytesPerSecond = 2 * CLEAN_BYTES_PER_SECOND;

    UrgentCopies(long nowNanos) {
        budget = new TokenBucket(bytesPerSecond, BUDGET_BURST_BYTES, nowNanos);
        windowFromNanos = nowNanos;
    }

    /// The first one has been sent at `nowNanos`.
    void sent(CutIn interrupt, long nowNanos) {
        pending.putIfAbsent(interrupt.item(), new Pending(interrupt, nowNanos));
    }

    /// The page has it, or it is over.
    void settled(long item) {
        pending.remove(item);
    }

    /// The page's end of the link has it, or the page says that it has: no more copies.
    void delivered(long item, long nowNanos) {
        Pending done = pending.get(item);
        if (done != null && !done.isDelivered) {
            done.isDelivered = true;
            if (done.copies == 0) { // else nobody knows which of them it was (Karn)
                double took = nowNanos - done.firstAtNanos;
                deliveryVariationNanos += (Math.abs(took - deliveryNanos) - deliveryVariationNanos) / 4;
                deliveryNanos += (took - deliveryNanos) / 8;
            }
        }
    }

    /// A copy has not arrived.
    void lost(long item) {
        Pending at = pending.get(item);
        if (at != null) {
            at.lost++;
        }
    }

    /// The page says when it has painted it, on our clock.
    void seen(long item, long paintedNanos, long nowNanos) {
        delivered(item, nowNanos);
        Pending done = pending.remove(item);
        if (done == null) {
            return;
        }
        double took = Math.clamp(paintedNanos, done.firstAtNanos, nowNanos) - done.firstAtNanos;
        windowBestNanos = Math.min(windowBestNanos, took);
        windowWorstNanos = Math.max(windowWorstNanos, took);
        windowSize++;
        boolean isOld = windowSize > 1 && nowNanos - windowFromNanos >= LONGEST_WINDOW_NANOS;
        if (windowSize == WINDOW || isOld) {
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
        windowFromNanos = nowNanos;
    }

    /// All will be sent anew.
    void clear() {
        pending.clear();
    }

    /// What to send reliably now, each once, whatever the budget: on a link that is always full it would never be
    /// its turn.
    ///
    /// @param isPressed whether the reliable channel is behind: another one there would come no sooner than a copy
    List<CutIn> overdue(long nowNanos, boolean isPressed) {
        List<CutIn> overdue = new ArrayList<>();
        for (Pending each : pending.values()) {
            if (each.isDelivered || each.reliablyAtNanos > nowNanos) {
                continue;
            }
            if (isPressed && nowNanos - each.firstAtNanos < MOST_PRESSED_NANOS) {
                each.reliablyAtNanos = nowNanos + PRESSED_NANOS;
            } else {
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
            if (!each.isDelivered && each.nextAtNanos <= nowNanos) {
                ready.add(each);
            }
        }
        ready.sort(Comparator.comparing((Pending each) -> !isOverdue(each, nowNanos))
                .thenComparingInt(each -> each.copies));
        List<CutIn> copies = new ArrayList<>();
        for (Pending each : ready) {
            double least = isOverdue(each, nowNanos) ? 0 : RESERVE_BYTES;
            if (budget.readyAtNanos(COPY_BYTES + least, nowNanos) > nowNanos) {
                break;
            }
            budget.take(COPY_BYTES, nowNanos);
            each.copied(nowNanos);
            copies.add(each.interrupt);
        }
        return copies;
    }

    long nextDeadlineNanos(long nowNanos) {
        long nextCopy = Long.MAX_VALUE;
        long nextOverdue = Long.MAX_VALUE;
        for (Pending each : pending.values()) {
            if (!each.isDelivered) {
                boolean isLate = isOverdue(each, Math.max(nowNanos, each.nextAtNanos));
                long affordable = budget.readyAtNanos(COPY_BYTES + (isLate ? 0 : RESERVE_BYTES), nowNanos);
                nextCopy = Math.min(nextCopy, Math.max(each.nextAtNanos, affordable));
                nextOverdue = Math.min(nextOverdue, each.reliablyAtNanos);
            }
        }
        return Math.min(nextCopy, nextOverdue);
    }

    /// Whether all copies are known to be lost, or should have arrived by now: none is merely on its way.
    private boolean isOverdue(Pending each, long nowNanos) {
        boolean isLate = nowNanos - each.firstAtNanos > deliveryNanos + 4 * deliveryVariationNanos + FAST_NANOS;
        return isLate || each.lost > each.copies;
    }

    private static final class Pending {
        private final CutIn interrupt;
        private final long firstAtNanos;
        private long nextAtNanos;
        private long reliablyAtNanos;
        private int copies;
        private int lost;
        private boolean isDelivered;

        Pending(CutIn interrupt, long nowNanos) {
            this.interrupt = interrupt;
            this.firstAtNanos = nowNanos;
            this.nextAtNanos = nowNanos + FAST_NANOS;
            this.reliablyAtNanos = nowNanos + RELIABLE_NANOS;
        }

        void copied(long nowNanos) {
            copies++;
            int slow = Math.max(0, copies - FAST_COPIES);
            long fast = FAST_NANOS * (1 + copies / SAME_INTERVAL);
            nextAtNanos = nowNanos + (slow == 0 ? fast : SLOW_NANOS << Math.min(slow - 1, 5));
        }
    }
}
