package live.strait.relay.lane;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.NodeMessage.Figures.InterruptFigures;
import org.HdrHistogram.Histogram;

/// How long interrupts of one room took from the viewer's click to the paint in the host's page.
///
/// Both ends stamp on the node's clock as they have learnt it, so that a difference is as good as their offsets: a
/// little below zero counts as zero, what cannot be is not counted.
final class ClickToSeen {
    private static final double MOST_EARLY_MILLIS = 5;
    private static final double MOST_LATE_MILLIS = 600_000;
    private static final String NAME = "strait_interrupt_click_to_seen_seconds";
    /// Upper bounds of the exported histogram; one more bucket takes the rest.
    private static final double[] BOUNDS_MILLIS = {
        5, 10, 20, 35, 50, 75, 100, 150, 200, 300, 400, 600, 900, 1_500, 3_000, 10_000
    };

    /// Microseconds, to three digits.
    private final Histogram micros = new Histogram((long) (MOST_LATE_MILLIS * 1_000), 3);
    /// The same for the exporter, which reads at any time.
    private final AtomicLongArray buckets = new AtomicLongArray(BOUNDS_MILLIS.length + 1);
    private final AtomicLong sumMicros = new AtomicLong();
    private long told;

    void record(double clickedAtMillis, double seenAtMillis) {
        double millis = seenAtMillis - clickedAtMillis;
        if (!(millis >= -MOST_EARLY_MILLIS && millis <= MOST_LATE_MILLIS)) {
            return;
        }
        long took = (long) (Math.max(0, millis) * 1_000);
        micros.recordValue(took);
        int bucket = 0;
        while (bucket < BOUNDS_MILLIS.length && millis > BOUNDS_MILLIS[bucket]) {
            bucket++;
        }
        sumMicros.addAndGet(took);
        buckets.incrementAndGet(bucket);
    }

    /// Whether something was recorded since the last [#figures].
    boolean hasNews() {
        return micros.getTotalCount() != told;
    }

    NodeMessage.Figures figures() {
        told = micros.getTotalCount();
        return new NodeMessage.Figures(new InterruptFigures(
                told, micros.getValueAtPercentile(50) / 1e3, micros.getValueAtPercentile(99) / 1e3));
    }

    boolean isEmpty() {
        return micros.getTotalCount() == 0;
    }

    static String exportHeader() {
        return "# HELP " + NAME + " From a viewer's click to the paint in the host's page\n# TYPE " + NAME
                + " histogram\n";
    }

    /// This room's lines of the histogram in Prometheus' text format, none before the first interrupt; from any
    /// thread.
    ///
    /// @param labels such as `room="show"`
    void exportTo(StringBuilder text, String labels) {
        long cumulative = 0;
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < buckets.length(); i++) {
            cumulative += buckets.get(i);
            String bound = i < BOUNDS_MILLIS.length ? String.valueOf(BOUNDS_MILLIS[i] / 1e3) : "+Inf";
            line(lines, "_bucket{" + labels + ",le=\"" + bound + "\"}", cumulative);
        }
        if (cumulative > 0) {
            text.append(lines);
            line(text, "_sum{" + labels + "}", sumMicros.get() / 1e6);
            line(text, "_count{" + labels + "}", cumulative);
        }
    }

    private static void line(StringBuilder text, String series, Number value) {
        text.append(NAME).append(series).append(' ').append(value).append('\n');
    }
}
