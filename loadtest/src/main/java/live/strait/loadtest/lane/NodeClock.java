package live.strait.loadtest.lane;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// The node's clock as seen from a page (RFC 5905 section 8): of the newest exchanges the one with the shortest
/// round trip counts, as queues only ever add delay.
///
/// Times are milliseconds; the page's own have an origin of their own.
final class NodeClock {
    private static final int SAMPLES = 8;
    private static final double ROUNDING_MILLIS = 2;

    private final Deque<Sample> samples = new ArrayDeque<>();
    private double roughOffsetMillis;

    private record Sample(double offsetMillis, double rttMillis) {}

    double toNode(double localMillis) {
        Sample best = best();
        return localMillis + (best == null ? roughOffsetMillis : best.offsetMillis);
    }

    /// A time that the node has just told: good until the first exchange.
    void set(double nodeMillis, double localMillis) {
        roughOffsetMillis = nodeMillis - localMillis;
    }

    /// An answer that came at `t3Millis`.
    void push(double t0Millis, double t1Millis, double t2Millis, double t3Millis) {
        Sample sample = new Sample(
                (t1Millis - t0Millis + t2Millis - t3Millis) / 2, t3Millis - t0Millis - (t2Millis - t1Millis));
        if (sample.rttMillis < 0) {
            return;
        }
        Sample best = best();
        if (best != null
                && Math.abs(best.offsetMillis - sample.offsetMillis)
                        > (best.rttMillis + sample.rttMillis) / 2 + ROUNDING_MILLIS) {
            samples.clear();
        }
        samples.addLast(sample);
        if (samples.size() > SAMPLES) {
            samples.removeFirst();
        }
    }

    private @Nullable Sample best() {
        return samples.stream()
                .min(Comparator.comparingDouble(Sample::rttMillis))
                .orElse(null);
    }
}
