package live.strait.relay.media;

import java.util.ArrayList;
import java.util.List;
import live.strait.protocol.time.Deadline;
import org.jspecify.annotations.Nullable;

/// Lets few requests for key frames through to a publisher, whatever the number that ask: how few depends on what
/// they are needed for ([Need]).
///
/// Encoders answer a request for one layer with key frames on all and merge requests that are closer together, so
/// more would cost the picture and bring nothing. A request that brought no key frame is repeated, a bounded
/// number of times: the request itself may have been lost, or the encoder does not listen.
@SuppressWarnings("ReferenceEquality") // a stream is itself
final class KeyframeGate {
    /// What somebody needs a key frame for, and how long after the last request another may follow.
    enum Need {
        /// There is nothing to show, or what there is cannot be decoded.
        PICTURE(400_000_000L),
        /// There is a picture, and it goes on until a better layer begins. A key frame costs all viewers of the
        /// publisher quality, so those who can wait share one.
        BETTER_PICTURE(2_000_000_000L);

        final long intervalNanos;

        Need(long intervalNanos) {
            this.intervalNanos = intervalNanos;
        }
    }

    private static final long REPEAT_NANOS = 600_000_000L;
    private static final int MAX_REPEATS = 8;

    private final List<Waiting> waiting = new ArrayList<>();
    private long lastSentNanos = Long.MIN_VALUE / 2;

    /// Asks for a key frame of `stream`.
    void request(SourceStream stream, Need need, long nowNanos) {
        for (int i = 0; i < waiting.size(); i++) {
            Waiting already = waiting.get(i);
            if (already.stream == stream) {
                already.need = need == Need.PICTURE ? need : already.need;
                return;
            }
        }
        waiting.add(new Waiting(stream, need, nowNanos));
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
        return new Deadline(next().dueNanos(lastSentNanos), Deadline.Reason.KEY_FRAME_REQUEST);
    }

    /// The stream to ask for now, or null. To be called until it returns null.
    @Nullable
    SourceStream poll(long nowNanos) {
        while (!waiting.isEmpty()) {
            Waiting first = next();
            if (first.dueNanos(lastSentNanos) > nowNanos) {
                return null;
            }
            if (first.sent == MAX_REPEATS) {
                waiting.remove(first);
            } else {
                first.sent++;
                first.askedNanos = nowNanos;
                first.sinceNanos = nowNanos + REPEAT_NANOS;
                lastSentNanos = nowNanos;
                return first.stream;
            }
        }
        return null;
    }

    /// Whose turn it is: nobody waits twice while another waits once.
    private Waiting next() {
        Waiting first = waiting.getFirst();
        for (int i = 1; i < waiting.size(); i++) {
            Waiting each = waiting.get(i);
            long sooner = first.dueNanos(lastSentNanos) - each.dueNanos(lastSentNanos);
            if (sooner > 0 || (sooner == 0 && each.sinceNanos < first.sinceNanos)) {
                first = each;
            }
        }
        return first;
    }

    private static final class Waiting {
        private final SourceStream stream;
        private Need need;
        private long sinceNanos;
        private long askedNanos;
        private int sent;

        private Waiting(SourceStream stream, Need need, long sinceNanos) {
            this.stream = stream;
            this.need = need;
            this.sinceNanos = sinceNanos;
            this.askedNanos = sinceNanos;
        }

        /// Who can wait does so for his interval at most: requests of others in between do not put him off for ever.
        private long dueNanos(long lastSentNanos) {
            long soonest = Math.max(sinceNanos, lastSentNanos + Need.PICTURE.intervalNanos);
            return Math.max(soonest, Math.min(lastSentNanos, askedNanos) + need.intervalNanos);
        }
    }
}
