package live.strait.relay.lane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import live.strait.signaling.message.RoomRules;
import org.jspecify.annotations.Nullable;

/// Whose turn it is to cut in.
///
/// One interrupt of a person is open at a time. With a limit per minute the others wait: who had fewer turns lately
/// goes first, then who came first, so that somebody's second never goes before another's first. Who cannot get a
/// turn before the interrupt expires is refused at once.
final class InterruptDesk {
    /// Somebody who wants to cut in and was not answered for a minute wants it no more.
    static final long EXPIRY_NANOS = 60_000_000_000L;
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final int mostOpen;
    /// All that are open, in the order of their coming, which is that of their expiry.
    private final Map<Long, CutIn> open = new LinkedHashMap<>();
    private final List<CutIn> waiting = new ArrayList<>();
    private final Deque<Long> releasedAtNanos = new ArrayDeque<>();

    InterruptDesk(int mostOpen) {
        this.mostOpen = mostOpen;
    }

    void restore(CutIn released) {
        open.put(released.item(), released);
    }

    Collection<CutIn> all() {
        return open.values();
    }

    @Nullable
    CutIn find(long item) {
        return open.get(item);
    }

    /// Those that hosts know of.
    List<CutIn> released() {
        return open.values().stream().filter(CutIn::isReleased).toList();
    }

    List<CutIn> waiting() {
        return List.copyOf(waiting);
    }

    /// Takes one in, and names the one that has no chance of a turn any more: itself, another one, or null.
    @Nullable
    CutIn enter(CutIn interrupt, RoomRules rules, long nowNanos) {
        open.put(interrupt.item(), interrupt);
        waiting.add(interrupt);
        int places = rules.interruptsPerMinute() == 0
                ? mostOpen
                : Math.min(mostOpen, rules.interruptsPerMinute() + free(rules, nowNanos));
        if (waiting.size() <= places && open.size() <= mostOpen) {
            return null;
        }
        CutIn last = inTurn(nowNanos).getLast();
        leave(last);
        return last;
    }

    /// Those whose turn it is now.
    List<CutIn> release(RoomRules rules, long nowNanos) {
        int free = free(rules, nowNanos);
        if (free == 0 || waiting.isEmpty()) {
            return List.of();
        }
        List<CutIn> due = inTurn(nowNanos);
        due = List.copyOf(due.subList(0, Math.min(free, due.size())));
        for (CutIn interrupt : due) {
            waiting.remove(interrupt);
            interrupt.release();
            interrupt.sender().hadTurn(nowNanos);
            releasedAtNanos.addLast(nowNanos);
        }
        return due;
    }

    /// Takes those out that are too old.
    List<CutIn> expire(long nowNanos) {
        List<CutIn> expired = new ArrayList<>();
        for (Iterator<CutIn> each = open.values().iterator(); each.hasNext(); ) {
            CutIn interrupt = each.next();
            if (nowNanos - interrupt.arrivedAtNanos() < EXPIRY_NANOS) {
                break;
            }
            each.remove();
            waiting.remove(interrupt);
            expired.add(interrupt);
        }
        return expired;
    }

    void leave(CutIn interrupt) {
        open.remove(interrupt.item());
        waiting.remove(interrupt);
    }

    long nextDeadlineNanos(RoomRules rules, long nowNanos) {
        if (open.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long expiry = open.values().iterator().next().arrivedAtNanos() + EXPIRY_NANOS;
        if (waiting.isEmpty()) {
            return expiry;
        }
        return Math.min(expiry, nextTurnAtNanos(rules, nowNanos));
    }

    /// When the room's limit lets the next one through.
    long nextTurnAtNanos(RoomRules rules, long nowNanos) {
        int limit = rules.interruptsPerMinute();
        if (free(rules, nowNanos) > 0) {
            return nowNanos;
        }
        int surplus = releasedAtNanos.size() - limit;
        return releasedAtNanos.stream().skip(surplus).findFirst().orElse(nowNanos) + MINUTE_NANOS;
    }

    /// How many turns the minute that ends now has left.
    private int free(RoomRules rules, long nowNanos) {
        while (!releasedAtNanos.isEmpty() && nowNanos - releasedAtNanos.getFirst() >= MINUTE_NANOS) {
            releasedAtNanos.removeFirst();
        }
        int limit = rules.interruptsPerMinute();
        return limit == 0 ? mostOpen : Math.max(0, limit - releasedAtNanos.size());
    }

    private List<CutIn> inTurn(long nowNanos) {
        return waiting.stream()
                .sorted(Comparator.comparingInt(
                                (CutIn interrupt) -> interrupt.sender().turns(nowNanos))
                        .thenComparingLong(CutIn::item))
                .toList();
    }
}
