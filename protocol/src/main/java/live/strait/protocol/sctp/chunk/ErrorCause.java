package live.strait.protocol.sctp.chunk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A cause in an ERROR or ABORT chunk (RFC 9260 section 3.3.10).
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |          cause code           |            length             |
/// |                          information                          |
/// ```
public final class ErrorCause {
    public static final int STALE_COOKIE = 3;
    public static final int UNRECOGNIZED_CHUNK = 6;
    public static final int UNRECOGNIZED_PARAMETERS = 8;
    public static final int USER_INITIATED_ABORT = 12;
    /// Information is cut to this: it is for people, or a chunk that its sender knows.
    private static final int MAX_INFORMATION_BYTES = 256;

    private ErrorCause() {}

    /// A whole chunk of type ERROR or ABORT with one cause.
    public static byte[] encode(int chunkType, int code, ByteBuffer information) {
        int length = Math.min(information.remaining(), MAX_INFORMATION_BYTES);
        ByteBuffer cause = ByteBuffer.allocate(ChunkReader.HEADER_BYTES + length);
        cause.putShort((short) code).putShort((short) cause.capacity());
        cause.put(information.slice(information.position(), length));
        return ChunkWriter.chunk(chunkType, 0, cause.flip());
    }

    /// An ABORT that says why.
    public static byte[] abort(String why) {
        return encode(ChunkType.ABORT, USER_INITIATED_ABORT, ByteBuffer.wrap(why.getBytes(StandardCharsets.UTF_8)));
    }

    /// The code of the first cause in the chunk's value; 0 when there is none.
    public static int firstCode(ByteBuffer value) {
        return value.remaining() < ChunkReader.HEADER_BYTES ? 0 : value.getShort(value.position()) & 0xffff;
    }

    /// The text of an upper layer's abort; empty when there is none.
    public static String abortText(ByteBuffer value) {
        if (firstCode(value) != USER_INITIATED_ABORT) {
            return "";
        }
        int length = value.getShort(value.position() + 2) & 0xffff;
        int text = Math.min(length, value.remaining()) - ChunkReader.HEADER_BYTES;
        if (text <= 0) {
            return "";
        }
        byte[] bytes = new byte[Math.min(text, MAX_INFORMATION_BYTES)];
        value.get(value.position() + ChunkReader.HEADER_BYTES, bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
