package live.strait.protocol.sctp.tx;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/// Messages that have not been started: urgent ones in their order, then one of each stream in turn.
///
/// Without I-DATA a started message must be finished before another begins (RFC 9260 section 6.9), so streams take
/// turns by messages. A message that expires here is dropped and leaves no trace: it has no number yet. Also keeps
/// the account of all that is buffered, started messages included.
final class SendQueue {
    private final ArrayDeque<OutgoingMessage> urgent = new ArrayDeque<>();
    /// Streams with something to start.
    private final ArrayDeque<StreamQueue> round = new ArrayDeque<>();
    private @Nullable StreamQueue[] streams = new StreamQueue[16];
    private int bufferedBytes;

    void add(OutgoingMessage message) {
        StreamQueue stream = stream(message.streamId);
        stream.bufferedBytes += message.sizeBytes();
        bufferedBytes += message.sizeBytes();
        if (message.urgent && stream.phase == StreamQueue.Phase.OPEN) {
            urgent.add(message);
        } else {
            stream.messages.add(message);
            enterRound(stream);
        }
    }

    /// Takes the message that is to be started next out of the queue, its sequence number given.
    ///
    /// @param mayBeUrgent false where those that are not urgent have their turn
    @Nullable
    OutgoingMessage start(long nowNanos, boolean mayBeUrgent) {
        OutgoingMessage next = mayBeUrgent ? poll(urgent, nowNanos) : null;
        while (next == null && !round.isEmpty()) {
            StreamQueue stream = round.remove();
            stream.inRound = false;
            next = poll(stream.messages, nowNanos);
            enterRound(stream);
        }
        if (next != null && !next.unordered) {
            next.streamSequence = stream(next.streamId).nextSequence++ & 0xffff;
        }
        return next;
    }

    /// Takes back the message that was started last, before anything of it was sent.
    void putBack(OutgoingMessage message) {
        StreamQueue stream = stream(message.streamId);
        if (!message.unordered) {
            stream.nextSequence--;
        }
        if (message.urgent) {
            urgent.addFirst(message);
            return;
        }
        stream.messages.addFirst(message);
        if (stream.inRound) {
            round.remove(stream);
        }
        stream.inRound = true;
        round.addFirst(stream);
    }

    /// True when an urgent message waits.
    boolean hasUrgent() {
        return !urgent.isEmpty();
    }

    /// True when a message waits that is not urgent.
    boolean hasOthers() {
        return !round.isEmpty();
    }

    boolean isEmpty() {
        return urgent.isEmpty() && round.isEmpty();
    }

    int bufferedBytes() {
        return bufferedBytes;
    }

    int bufferedBytes(int streamId) {
        StreamQueue stream = streamId < streams.length ? streams[streamId] : null;
        return stream == null ? 0 : stream.bufferedBytes;
    }

    /// `bytes` of a message are acknowledged or given up.
    void release(OutgoingMessage message, int bytes) {
        bufferedBytes -= bytes;
        stream(message.streamId).bufferedBytes -= bytes;
    }

    /// When the first of those that wait was queued; `Long.MAX_VALUE` when none waits.
    long oldestQueuedAtNanos() {
        OutgoingMessage first = urgent.peek();
        long oldest = first == null ? OutgoingMessage.NEVER : first.queuedAtNanos;
        for (StreamQueue stream : round) {
            oldest = Math.min(oldest, stream.messages.element().queuedAtNanos);
        }
        return oldest;
    }

    /// Drops every message that has expired.
    void dropExpired(long nowNanos) {
        dropExpired(urgent, nowNanos);
        for (Iterator<StreamQueue> each = round.iterator(); each.hasNext(); ) {
            StreamQueue stream = each.next();
            dropExpired(stream.messages, nowNanos);
            if (stream.messages.isEmpty()) {
                stream.inRound = false;
                each.remove();
            }
        }
    }

    /// What is queued on a stream goes out, then it can be reset.
    void drain(int streamId) {
        StreamQueue stream = stream(streamId);
        if (stream.phase == StreamQueue.Phase.OPEN) {
            stream.phase = StreamQueue.Phase.DRAINING;
        }
    }

    /// True when all that was queued before `drain` has been started.
    boolean isDrained(int streamId) {
        if (!stream(streamId).messages.isEmpty()) {
            return false;
        }
        for (OutgoingMessage message : urgent) {
            if (message.streamId == streamId) {
                return false;
            }
        }
        return true;
    }

    /// The reset was asked for: nothing is started until it has been performed.
    void pause(int streamId) {
        stream(streamId).phase = StreamQueue.Phase.RESETTING;
    }

    /// The stream begins anew, with sequence number 0, or goes on as it was where the peer refused.
    void resume(int streamId, boolean reset) {
        StreamQueue stream = stream(streamId);
        stream.phase = StreamQueue.Phase.OPEN;
        if (reset) {
            stream.nextSequence = 0;
        }
        enterRound(stream);
    }

    private StreamQueue stream(int id) {
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

    private @Nullable OutgoingMessage poll(ArrayDeque<OutgoingMessage> messages, long nowNanos) {
        OutgoingMessage next = messages.poll();
        while (next != null && next.isExpired(nowNanos)) {
            release(next, next.sizeBytes());
            next = messages.poll();
        }
        return next;
    }

    private void dropExpired(ArrayDeque<OutgoingMessage> messages, long nowNanos) {
        for (Iterator<OutgoingMessage> each = messages.iterator(); each.hasNext(); ) {
            OutgoingMessage message = each.next();
            if (message.isExpired(nowNanos)) {
                release(message, message.sizeBytes());
                each.remove();
            }
        }
    }

    private void enterRound(StreamQueue stream) {
        if (!stream.inRound && stream.phase != StreamQueue.Phase.RESETTING && !stream.messages.isEmpty()) {
            stream.inRound = true;
            round.add(stream);
        }
    }
}
