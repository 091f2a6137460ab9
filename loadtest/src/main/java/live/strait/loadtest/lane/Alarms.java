package live.strait.loadtest.lane;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongConsumer;

/// What a page has put off, in the order of its time: `setTimeout` of a browser.
final class Alarms {
    private final PriorityQueue<Alarm> waiting = new PriorityQueue<>(Comparator.comparingLong(Alarm::atNanos));

    private record Alarm(long atNanos, LongConsumer action) {}

    /// @param action gets the time at which it is run
    void at(long atNanos, LongConsumer action) {
        waiting.add(new Alarm(atNanos, action));
    }

    /// `Long.MAX_VALUE` for none.
    long nextNanos() {
        Alarm first = waiting.peek();
        return first == null ? Long.MAX_VALUE : first.atNanos;
    }

    /// Runs what is due; what that puts off to now waits for the next call.
    void run(long nowNanos) {
        int due = waiting.size();
        for (Alarm first = waiting.peek();
                due > 0 && first != null && first.atNanos <= nowNanos;
                due--, first = waiting.peek()) {
            waiting.remove();
            first.action.accept(nowNanos);
        }
    }

    void clear() {
        waiting.clear();
    }
}
