package live.strait.protocol.sctp.tx;

import java.nio.ByteBuffer;
import live.strait.protocol.sctp.chunk.ChunkReader;
import live.strait.protocol.sctp.chunk.DataChunk;

/// A part of a message that has a TSN, until the peer's cumulative acknowledgment passes it.
final class OutgoingFragment {
    /// Where a fragment is.
    enum State {
        /// Sent, and counted as in flight.
        IN_FLIGHT,
        /// Taken as lost; it waits to be sent again and is not in flight.
        LOST,
        /// The peer reported it in a gap block.
        ACKNOWLEDGED,
        /// Given up: the peer will be told to go past it.
        ABANDONED
    }

    final long tsn;
    final OutgoingMessage message;
    final int offset;
    final int length;
    State state = State.LOST;
    int transmissions;
    long sentAtNanos;
    /// How many SACKs have reported later ones, but not this (RFC 9260 section 7.2.4).
    int missingReports;
    /// Number of the last SACK that reported it.
    long reportedBy;

    OutgoingFragment(long tsn, OutgoingMessage message, int offset, int length) {
        this.tsn = tsn;
        this.message = message;
        this.offset = offset;
        this.length = length;
    }

    boolean ends() {
        return offset + length == message.bytes.length;
    }

    /// On the wire, padding included.
    int chunkBytes() {
        return DataChunk.HEADER_BYTES + ChunkReader.padded(length);
    }

    void write(ByteBuffer out, boolean immediate) {
        int flags = (message.unordered ? DataChunk.UNORDERED : 0)
                | (offset == 0 ? DataChunk.BEGINNING : 0)
                | (ends() ? DataChunk.ENDING : 0)
                | (immediate ? DataChunk.IMMEDIATE : 0);
        DataChunk.write(
                out,
                flags,
                (int) tsn,
                message.streamId,
                message.streamSequence,
                message.protocolId,
                message.bytes,
                offset,
                length);
    }
}
