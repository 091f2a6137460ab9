package live.strait.relay.lane;

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

    /// Microseconds, to three digits.
    private final Histogram micros = new Histogram((long) (MOST_LATE_MILLIS * 1_000), 3);
    private long told;

    /// Whether the figure counts.
    boolean record(double clickedAtMillis, double seenAtMillis) {
        double millis = seenAtMillis - clickedAtMillis;
        if (!(millis >= -MOST_EARLY_MILLIS && millis <= MOST_LATE_MILLIS)) {
            return false;
        }
        micros.recordValue((long) (Math.max(0, millis) * 1_000));
        return true;
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
}
