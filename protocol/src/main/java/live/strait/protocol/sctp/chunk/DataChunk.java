package live.strait.protocol.sctp.chunk;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A user message, or a fragment of one (RFC 9260 section 3.3.1).
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |   type = 0    |  res  |I|U|B|E|            length             |
/// |                              TSN                              |
/// |           stream id           |    stream sequence number     |
/// |                  payload protocol identifier                  |
/// |                           user data                           |  one byte or more
/// ```
/// I asks for an immediate SACK (RFC 7053), U is unordered, B and E are the first and last fragment.
///
/// @param payload a view into the received packet
public record DataChunk(int flags, int tsn, int streamId, int streamSequence, int protocolId, ByteBuffer payload) {
    public static final int IMMEDIATE = 8;
    public static final int UNORDERED = 4;
    public static final int BEGINNING = 2;
    public static final int ENDING = 1;
    /// From the type to the user data.
    public static final int HEADER_BYTES = 16;

    private static final int FIXED_BYTES = 12;

    /// Reads a chunk's value; null when it holds no user data.
    public static @Nullable DataChunk read(int flags, ByteBuffer value) {
        if (value.remaining() <= FIXED_BYTES) {
            return null;
        }
        int at = value.position();
        return new DataChunk(
                flags,
                value.getInt(at),
                value.getShort(at + 4) & 0xffff,
                value.getShort(at + 6) & 0xffff,
                value.getInt(at + 8),
                value.slice(at + FIXED_BYTES, value.remaining() - FIXED_BYTES));
    }

    /// Appends a chunk with `length` bytes of `message` from `offset`.
    public static void write(
            ByteBuffer out,
            int flags,
            int tsn,
            int streamId,
            int streamSequence,
            int protocolId,
            byte[] message,
            int offset,
            int length) {
        int start = ChunkWriter.begin(out, ChunkType.DATA, flags);
        out.putInt(tsn)
                .putShort((short) streamId)
                .putShort((short) streamSequence)
                .putInt(protocolId);
        out.put(message, offset, length);
        ChunkWriter.end(out, start);
    }

    public boolean has(int flag) {
        return (flags & flag) != 0;
    }
}
