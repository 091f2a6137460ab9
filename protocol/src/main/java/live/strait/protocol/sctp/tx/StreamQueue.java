package live.strait.protocol.sctp.tx;

import java.util.ArrayDeque;

/// What waits to be started on one outgoing stream.
final class StreamQueue {
    final int streamId;
    final ArrayDeque<OutgoingMessage> messages = new ArrayDeque<>();
    /// The sequence number of the next ordered message, 16 bits of it on the wire.
    int nextSequence;
    /// Bytes of messages that are not fully acknowledged or given up, started ones included.
    int bufferedBytes;
    /// A reset has been asked for: what is queued now belongs to the time after it.
    boolean paused;
    /// Stands in the round of the send queue.
    boolean inRound;

    StreamQueue(int streamId) {
        this.streamId = streamId;
    }
}
