package live.strait.protocol.sctp.tx;

import java.util.ArrayDeque;

/// What waits to be started on one outgoing stream.
final class StreamQueue {
    /// Where a stream is between two resets (RFC 6525).
    enum Phase {
        OPEN,
        /// A reset is wanted: what is queued goes first.
        DRAINING,
        /// The reset has been asked for: what is queued now belongs to the time after it, and waits.
        RESETTING
    }

    final int streamId;
    final ArrayDeque<OutgoingMessage> messages = new ArrayDeque<>();
    Phase phase = Phase.OPEN;
    /// The sequence number of the next ordered message; 16 bits of it go on the wire.
    int nextSequence;
    /// Bytes of messages that are not fully acknowledged or given up, started ones included.
    int bufferedBytes;
    /// Stands in the round of the send queue.
    boolean inRound;

    StreamQueue(int streamId) {
        this.streamId = streamId;
    }
}
