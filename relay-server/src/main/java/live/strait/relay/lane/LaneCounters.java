package live.strait.relay.lane;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntFunction;
import live.strait.relay.observe.PrometheusText;
import live.strait.signaling.message.ItemState;
import live.strait.signaling.message.LaneError;
import org.jspecify.annotations.Nullable;

/// What the lanes of a node count: written on the room loop, read by the exporter at any time.
@SuppressWarnings("EnumOrdinal") // the index into the counts, within one process
public final class LaneCounters {
    /// Upper bounds of the histogram in milliseconds; one more bucket takes the rest.
    private static final double[] BOUNDS_MILLIS = {
        5, 10, 20, 35, 50, 75, 100, 150, 200, 300, 400, 600, 900, 1_500, 3_000, 10_000
    };

    private final AtomicLongArray received = new AtomicLongArray(Received.values().length);
    private final AtomicLongArray errors = new AtomicLongArray(LaneError.values().length);
    private final AtomicLongArray refusals = new AtomicLongArray(Refusal.Cause.values().length);
    private final AtomicLongArray interrupts = new AtomicLongArray(ItemState.values().length);
    private final AtomicLongArray questions = new AtomicLongArray(ItemState.values().length);
    private final AtomicLongArray buckets = new AtomicLongArray(BOUNDS_MILLIS.length + 1);
    private final AtomicLong sumMicros = new AtomicLong();
    private final AtomicLong copies = new AtomicLong();

    /// What came in, roughly.
    enum Received {
        HELLO,
        CLOCK,
        QUESTION,
        INTERRUPT,
        DUPLICATE,
        REACTION,
        HOST
    }

    void received(Received what) {
        received.incrementAndGet(what.ordinal());
    }

    void answered(LaneError error) {
        errors.incrementAndGet(error.ordinal());
    }

    void refused(Refusal.Cause cause) {
        refusals.incrementAndGet(cause.ordinal());
    }

    /// An item has come into a state.
    void became(Item item) {
        ItemState state = item.state();
        if (state != null) {
            (item instanceof CutIn ? interrupts : questions).incrementAndGet(state.ordinal());
        }
    }

    void copySent() {
        copies.incrementAndGet();
    }

    void seenAfter(double millis) {
        int bucket = 0;
        while (bucket < BOUNDS_MILLIS.length && millis > BOUNDS_MILLIS[bucket]) {
            bucket++;
        }
        buckets.incrementAndGet(bucket);
        sumMicros.addAndGet((long) (Math.max(0, millis) * 1_000));
    }

    long interruptsThatBecame(ItemState state) {
        return interrupts.get(state.ordinal());
    }

    long refusals(Refusal.Cause cause) {
        return refusals.get(cause.ordinal());
    }

    long copies() {
        return copies.get();
    }

    /// Adds these figures to a node's.
    ///
    /// @param region of this node, a label of the histogram, or null
    public void exportTo(PrometheusText metrics, @Nullable String region) {
        export(
                metrics,
                "strait_lane_messages",
                "Messages of the lane received",
                "type",
                received,
                ordinal -> Received.values()[ordinal]);
        export(
                metrics,
                "strait_lane_errors",
                "Errors told on the lane",
                "code",
                errors,
                ordinal -> LaneError.values()[ordinal]);
        export(
                metrics,
                "strait_lane_refusals",
                "Questions and interrupts that were refused",
                "cause",
                refusals,
                ordinal -> Refusal.Cause.values()[ordinal]);
        export(
                metrics,
                "strait_interrupts",
                "Interrupts that came into a state",
                "state",
                interrupts,
                ordinal -> ItemState.values()[ordinal]);
        export(
                metrics,
                "strait_questions",
                "Questions that came into a state",
                "state",
                questions,
                ordinal -> ItemState.values()[ordinal]);
        metrics.counter("strait_interrupt_copies", "Urgent copies of interrupts sent to hosts", copies::get);
        metrics.text(() -> histogram(region));
    }

    private static void export(
            PrometheusText metrics,
            String name,
            String help,
            String tag,
            AtomicLongArray counts,
            IntFunction<Enum<?>> value) {
        for (int i = 0; i < counts.length(); i++) {
            int index = i;
            metrics.counter(
                    name,
                    help,
                    () -> counts.get(index),
                    tag,
                    value.apply(i).name().toLowerCase(Locale.ROOT));
        }
    }

    private String histogram(@Nullable String region) {
        String name = "strait_interrupt_click_to_seen_seconds";
        String label = region == null ? "" : "region=\"" + region + "\",";
        StringBuilder text = new StringBuilder("# HELP " + name
                + " From a viewer's click to the paint in the host's page\n# TYPE " + name + " histogram\n");
        long cumulative = 0;
        List<String> bounds = Arrays.stream(BOUNDS_MILLIS)
                .mapToObj(millis -> String.valueOf(millis / 1e3))
                .toList();
        for (int i = 0; i <= bounds.size(); i++) {
            cumulative += buckets.get(i);
            text.append(name)
                    .append("_bucket{")
                    .append(label)
                    .append("le=\"")
                    .append(i < bounds.size() ? bounds.get(i) : "+Inf")
                    .append("\"} ")
                    .append(cumulative)
                    .append('\n');
        }
        String labels = region == null ? "" : "{region=\"" + region + "\"}";
        return text.append(name)
                .append("_sum")
                .append(labels)
                .append(' ')
                .append(sumMicros.get() / 1e6)
                .append('\n')
                .append(name)
                .append("_count")
                .append(labels)
                .append(' ')
                .append(cumulative)
                .append('\n')
                .toString();
    }
}
