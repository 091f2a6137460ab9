package live.strait.protocol.sctp.chunk;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Opens an association, or answers the opening (INIT and INIT ACK, RFC 9260 sections 3.3.2 and 3.3.3).
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// | type = 1 or 2 |     flags     |            length             |
/// |                         initiate tag                          |
/// |                receiver window credit (a_rwnd)                |
/// |       outbound streams        |        inbound streams        |
/// |                          initial TSN                          |
/// |                          parameters                           |
/// ```
public record InitChunk(
        int initiateTag,
        long windowBytes,
        int outboundStreams,
        int inboundStreams,
        int initialTsn,
        InitParameters parameters) {
    private static final int FIXED_BYTES = 16;

    /// Reads a chunk's value; null when it is malformed, or has a tag or number of streams of 0, which section
    /// 3.3.2 forbids.
    public static @Nullable InitChunk read(ByteBuffer value) {
        if (value.remaining() < FIXED_BYTES) {
            return null;
        }
        int at = value.position();
        InitParameters parameters = InitParameters.read(value.slice(at + FIXED_BYTES, value.remaining() - FIXED_BYTES));
        if (parameters == null) {
            return null;
        }
        InitChunk init = new InitChunk(
                value.getInt(at),
                value.getInt(at + 4) & 0xffffffffL,
                value.getShort(at + 8) & 0xffff,
                value.getShort(at + 10) & 0xffff,
                value.getInt(at + 12),
                parameters);
        return init.initiateTag == 0 || init.outboundStreams == 0 || init.inboundStreams == 0 ? null : init;
    }

    /// The whole chunk, of type INIT or INIT ACK.
    public byte[] encode(int type) {
        ByteBuffer out = ByteBuffer.allocate(ChunkReader.HEADER_BYTES + FIXED_BYTES + parameters.sizeBytes());
        int start = ChunkWriter.begin(out, type, 0);
        out.putInt(initiateTag).putInt((int) windowBytes);
        out.putShort((short) outboundStreams).putShort((short) inboundStreams).putInt(initialTsn);
        parameters.writeTo(out);
        ChunkWriter.end(out, start);
        return Arrays.copyOf(out.array(), out.position());
    }
}
