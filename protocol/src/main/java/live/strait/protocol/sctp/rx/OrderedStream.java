package live.strait.protocol.sctp.rx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// The ordered messages of one stream: each is delivered when those before it have been.
final class OrderedStream {
    /// The stream sequence number that is delivered next; grows beyond 16 bits and never wraps.
    private long next;
    /// Complete messages that wait for earlier ones, by their sequence.
    private final List<Waiting> waiting = new ArrayList<>();

    private record Waiting(long sequence, IncomingMessage message) {}

    /// Takes a complete message; false when its place has been passed or taken.
    boolean add(IncomingMessage message) {
        long sequence = extend(message.streamSequence());
        int at = waiting.size();
        while (at > 0 && waiting.get(at - 1).sequence > sequence) {
            at--;
        }
        if (sequence < next || (at > 0 && waiting.get(at - 1).sequence == sequence)) {
            return false;
        }
        waiting.add(at, new Waiting(sequence, message));
        return true;
    }

    /// Moves what can be delivered to `ready`.
    void deliverTo(ArrayDeque<IncomingMessage> ready) {
        int delivered = 0;
        while (delivered < waiting.size() && waiting.get(delivered).sequence == next) {
            ready.add(waiting.get(delivered++).message);
            next++;
        }
        waiting.subList(0, delivered).clear();
    }

    /// Goes past `streamSequence`; complete messages up to there are delivered all the same (RFC 3758 section 3.6).
    void skipTo(int streamSequence, ArrayDeque<IncomingMessage> ready) {
        long last = extend(streamSequence);
        int passed = 0;
        while (passed < waiting.size() && waiting.get(passed).sequence <= last) {
            ready.add(waiting.get(passed++).message);
        }
        waiting.subList(0, passed).clear();
        next = Math.max(next, last + 1);
        deliverTo(ready);
    }

    /// Begins with sequence number 0 again (RFC 6525 section 5.2.2).
    ///
    /// @return what was waiting in vain had taken of the window, in bytes
    int reset() {
        int bytes = 0;
        for (Waiting lost : waiting) {
            bytes += lost.message.costBytes();
        }
        waiting.clear();
        next = 0;
        return bytes;
    }

    private long extend(int streamSequence) {
        return next + (short) (streamSequence - (int) next);
    }
}
