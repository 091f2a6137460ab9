package live.strait.relay.media;

import java.util.ArrayList;
import java.util.List;
import live.strait.protocol.time.Deadline;
import org.jspecify.annotations.Nullable;

/// Lets at most one request for a key frame through per [#INTERVAL_NANOS] and publisher, whatever the number that
/// ask.
///
/// Encoders answer a request for one layer with key frames on all and merge requests that are closer together, so
/// more would cost the picture and bring nothing. A request that brought no key frame is repeated, a bounded
/// number of times: the request itself may have been lost, or the encoder does not listen.
@SuppressWarnings("ReferenceEquality") // a stream is itself
final class KeyframeGate {
    static final long INTERVAL_NANOS = 400_000_000L;
    private static final long REPEAT_NANOS = 600_000_000L;
    private static final int MAX_REPEATS = 8;

    private final List<Waiting> waiting = new ArrayList<>();
    private long lastSentNanos = Long.MIN_VALUE / 2;

    /// Asks for a key frame of `stream`.
    void request(SourceStream stream, long nowNanos) {
        for (int i = 0; i < waiting.size(); i++) {
            if (waiting.get(i).stream == stream) {
                return;
            }
        }
        waiting.add(new Waiting(stream, nowNanos));
    }

    void onKeyFrame(SourceStream stream) {
        forget(stream);
    }

    /// Nothing is to be had of this stream any more.
    void forget(SourceStream stream) {
        for (int i = waiting.size() - 1; i >= 0; i--) {
            if (waiting.get(i).stream == stream) {
                waiting.remove(i);
            }
        }
    }

    Deadline nextDeadline() {
        if (waiting.isEmpty()) {
            return Deadline.NEVER;
        }
        long atNanos = Math.max(longestDue().dueNanos, lastSentNanos + INTERVAL_NANOS);
        return new Deadline(atNanos, Deadline.Reason.KEY_FRAME_REQUEST);
    }

    /// The stream to ask for now, or null. To be called until it returns null.
    @Nullable
    SourceStream poll(long nowNanos) {
        while (!waiting.isEmpty() && nowNanos - lastSentNanos >= INTERVAL_NANOS) {
            Waiting first = longestDue();
            if (first.dueNanos > nowNanos) {
                return null;
            }
            if (first.sent == MAX_REPEATS) {
                waiting.remove(first);
            } else {
                first.sent++;
                first.dueNanos = nowNanos + REPEAT_NANOS;
                lastSentNanos = nowNanos;
                return first.stream;
            }
        }
        return null;
    }

    /// Whose turn it is: nobody waits twice while another waits once.
    private Waiting longestDue() {
        Waiting first = waiting.getFirst();
        for (int i = 1; i < waiting.size(); i++) {
            Waiting each = waiting.get(i);
            first = each.dueNanos < first.dueNanos ? each : first;
        }
        return first;
    }

    private static final class Waiting {
        private final SourceStream stream;
        private long dueNanos;
        private int sent;

        private Waiting(SourceStream stream, long dueNanos) {
            this.stream = stream;
            this.dueNanos = dueNanos;
        }
    }
}
