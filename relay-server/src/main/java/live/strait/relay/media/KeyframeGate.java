package live.strait.relay.media;

import java.util.HashMap;
import java.util.Map;
import live.strait.protocol.time.Deadline;
import org.jspecify.annotations.Nullable;

/// Lets at most one request for a key frame through per [#INTERVAL_NANOS] and publisher, whatever the number that
/// ask.
///
/// Encoders answer a request for one layer with key frames on all and merge requests that are closer together, so
/// more would cost the picture and bring nothing. A request that brought no key frame is repeated, a bounded
/// number of times: the request itself may have been lost, or the encoder does not listen.
final class KeyframeGate {
    static final long INTERVAL_NANOS = 400_000_000L;
    private static final long REPEAT_NANOS = 600_000_000L;
    private static final int MAX_REPEATS = 8;

    private final Map<SourceStream, Waiting> waiting = new HashMap<>();
    private long lastSentNanos = Long.MIN_VALUE / 2;

    /// Asks for a key frame of `stream`.
    void request(SourceStream stream, long nowNanos) {
        waiting.putIfAbsent(stream, new Waiting(nowNanos));
    }

    void onKeyFrame(SourceStream stream) {
        if (!waiting.isEmpty()) {
            waiting.remove(stream);
        }
    }

    Deadline nextDeadline() {
        long earliest = Long.MAX_VALUE;
        for (Waiting each : waiting.values()) {
            earliest = Math.min(earliest, Math.max(each.dueNanos, lastSentNanos + INTERVAL_NANOS));
        }
        return earliest == Long.MAX_VALUE ? Deadline.NEVER : new Deadline(earliest, Deadline.Reason.KEY_FRAME_REQUEST);
    }

    /// The stream to ask for now, or null. To be called until it returns null.
    @Nullable
    SourceStream poll(long nowNanos) {
        if (waiting.isEmpty() || nowNanos - lastSentNanos < INTERVAL_NANOS) {
            return null;
        }
        for (var entry : waiting.entrySet()) {
            Waiting each = entry.getValue();
            if (each.dueNanos <= nowNanos) {
                if (each.sent++ == MAX_REPEATS) {
                    waiting.remove(entry.getKey());
                    return null;
                }
                each.dueNanos = nowNanos + REPEAT_NANOS;
                lastSentNanos = nowNanos;
                return entry.getKey();
            }
        }
        return null;
    }

    private static final class Waiting {
        private long dueNanos;
        private int sent;

        private Waiting(long dueNanos) {
            this.dueNanos = dueNanos;
        }
    }
}
