package live.strait.protocol.sctp.tx;

import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Messages that have not been started: urgent ones in their order, then one of each stream in turn.
///
/// Without I-DATA a started message must be finished before another begins (RFC 9260 section 6.9), so streams take
/// turns by messages. A message that expires here is dropped and leaves no trace: it has no number yet.
final class SendQueue {
    private final ArrayDeque<OutgoingMessage> urgent = new ArrayDeque<>();
    /// Streams with something to start.
    private final ArrayDeque<StreamQueue> round = new ArrayDeque<>();
    private @Nullable StreamQueue[] streams = new StreamQueue[16];

    void add(OutgoingMessage message) {
        StreamQueue stream = stream(message.streamId);
        if (message.urgent && !stream.paused) {
            urgent.add(message);
        } else {
            stream.messages.add(message);
            enterRound(stream);
        }
    }

    /// Takes the message that is to be started next out of the queue, its sequence number given; expired ones
    /// on the way are handed to `dropped`.
    @Nullable
    OutgoingMessage start(long nowNanos, ArrayDeque<OutgoingMessage> dropped) {
        OutgoingMessage next = nextUrgent(nowNanos, dropped);
        while (next == null && !round.isEmpty()) {
            StreamQueue stream = round.remove();
            stream.inRound = false;
            next = nextOf(stream, nowNanos, dropped);
            enterRound(stream);
        }
        if (next != null && !next.unordered) {
            next.streamSequence = stream(next.streamId).nextSequence++ & 0xffff;
        }
        return next;
    }

    /// True when an urgent message waits.
    boolean hasUrgent() {
        return !urgent.isEmpty();
    }

    boolean isEmpty() {
        return urgent.isEmpty() && round.isEmpty();
    }

    /// `Long.MAX_VALUE` when nothing waits.
    long oldestQueuedAtNanos() {
        OutgoingMessage first = urgent.peek();
        long oldest = first == null ? OutgoingMessage.NEVER : first.queuedAtNanos;
        for (StreamQueue stream : round) {
            oldest = Math.min(oldest, stream.messages.element().queuedAtNanos);
        }
        return oldest;
    }

    StreamQueue stream(int id) {
        if (id >= streams.length) {
            streams = Arrays.copyOf(streams, Math.max(id + 1, streams.length * 2));
        }
        StreamQueue stream = streams[id];
        if (stream == null) {
            stream = new StreamQueue(id);
            streams[id] = stream;
        }
        return stream;
    }

    private @Nullable OutgoingMessage nextUrgent(long nowNanos, ArrayDeque<OutgoingMessage> dropped) {
        OutgoingMessage next = urgent.poll();
        while (next != null && next.isExpired(nowNanos)) {
            dropped.add(next);
            next = urgent.poll();
        }
        return next;
    }

    private static @Nullable OutgoingMessage nextOf(
            StreamQueue stream, long nowNanos, ArrayDeque<OutgoingMessage> dropped) {
        OutgoingMessage next = stream.messages.poll();
        while (next != null && next.isExpired(nowNanos)) {
            dropped.add(next);
            next = stream.messages.poll();
        }
        return next;
    }

    private void enterRound(StreamQueue stream) {
        if (!stream.inRound && !stream.paused && !stream.messages.isEmpty()) {
            stream.inRound = true;
            round.add(stream);
        }
    }
}
