package live.strait.relay.lane;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntFunction;
import live.strait.relay.observe.PrometheusText;
import live.strait.signaling.message.ItemState;
import live.strait.signaling.message.LaneError;
import live.strait.signaling.message.RefusalCause;

/// What the lanes of a node count: written on the room loop, read by the exporter at any time.
@SuppressWarnings("EnumOrdinal") // the index into the counts, within one process
public final class LaneCounters {
    private final AtomicLongArray received = new AtomicLongArray(Received.values().length);
    private final AtomicLongArray errors = new AtomicLongArray(LaneError.values().length);
    private final AtomicLongArray refusals = new AtomicLongArray(RefusalCause.values().length);
    private final AtomicLongArray interrupts = new AtomicLongArray(ItemState.values().length);
    private final AtomicLongArray questions = new AtomicLongArray(ItemState.values().length);
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

    void refused(RefusalCause cause) {
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

    long interruptsThatBecame(ItemState state) {
        return interrupts.get(state.ordinal());
    }

    long refusals(RefusalCause cause) {
        return refusals.get(cause.ordinal());
    }

    long copies() {
        return copies.get();
    }

    /// Adds these figures to a node's.
    void exportTo(PrometheusText metrics) {
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
                ordinal -> RefusalCause.values()[ordinal]);
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
}
