package live.strait.protocol.sctp.rx;

import java.nio.ByteBuffer;

/// A whole user message.
///
/// @param streamSequence its place among the ordered messages of its stream, 16 bits
/// @param bytes its own, not lent
public record IncomingMessage(int streamId, int streamSequence, int protocolId, boolean unordered, ByteBuffer bytes) {

    public int sizeBytes() {
        return bytes.remaining();
    }
}
