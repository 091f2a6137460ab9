package live.strait.protocol.sctp.rx;

import java.nio.ByteBuffer;

/// A whole user message.
///
/// @param streamSequence its place among the ordered messages of its stream, 16 bits
/// @param bytes its own, not lent
public record IncomingMessage(int streamId, int streamSequence, int protocolId, boolean unordered, ByteBuffer bytes) {

    /// Charged to the window for each fragment and message beside its bytes: else many tiny ones would fill the
    /// memory that few large ones may not.
    static final int OVERHEAD_BYTES = 64;

    public int sizeBytes() {
        return bytes.remaining();
    }

    /// What it takes of the window.
    int costBytes() {
        return sizeBytes() + OVERHEAD_BYTES;
    }
}
