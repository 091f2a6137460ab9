package live.strait.protocol.sctp.rx;

import live.strait.protocol.sctp.chunk.DataChunk;

/// A received fragment that waits for the rest of its message; its bytes are a copy.
final class Fragment {
    final int flags;
    final int streamId;
    final int streamSequence;
    final int protocolId;
    final byte[] bytes;

    Fragment(DataChunk chunk) {
        flags = chunk.flags();
        streamId = chunk.streamId();
        streamSequence = chunk.streamSequence();
        protocolId = chunk.protocolId();
        bytes = new byte[chunk.payload().remaining()];
        chunk.payload().get(chunk.payload().position(), bytes);
    }

    /// What it takes of the window.
    int costBytes() {
        return bytes.length + IncomingMessage.OVERHEAD_BYTES;
    }

    boolean begins() {
        return (flags & DataChunk.BEGINNING) != 0;
    }

    boolean ends() {
        return (flags & DataChunk.ENDING) != 0;
    }

    boolean isUnordered() {
        return (flags & DataChunk.UNORDERED) != 0;
    }

    /// Whether both may be fragments of one message (RFC 9260 section 6.9).
    boolean belongsWith(Fragment other) {
        return streamId == other.streamId
                && isUnordered() == other.isUnordered()
                && (isUnordered() || streamSequence == other.streamSequence);
    }
}
