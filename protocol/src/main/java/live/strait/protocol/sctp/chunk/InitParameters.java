package live.strait.protocol.sctp.chunk;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parameters of INIT and INIT ACK that mean something to us.
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |             type              |            length             |  length without the padding
/// |                             value                             |
///
///      7  state cookie                     RFC 9260 section 3.3.3.1
///      8  unrecognized parameter           RFC 9260 section 3.3.3.2
/// 0x8001  zero checksum acceptable         RFC 9653 section 5
/// 0x8008  supported extensions             RFC 5061 section 4.2.7
/// 0xC000  forward TSN supported            RFC 3758 section 3.1
/// ```
/// Addresses (5, 6), the cookie preservative (9), the hostname (11), the supported address types (12) and all of
/// AUTH (0x8002 to 0x8004) are read over: there is one path, the one of ICE and DTLS.
///
/// @param zeroChecksum the sender takes packets with a checksum of zero, as DTLS protects them
/// @param cookie of an INIT ACK
/// @param unrecognized parameters that their type wants reported, whole and without padding; when writing, what
///   is reported
public record InitParameters(
        boolean forwardTsn,
        boolean reconfiguration,
        boolean zeroChecksum,
        @Nullable ByteBuffer cookie,
        List<ByteBuffer> unrecognized) {
    private static final int STATE_COOKIE = 7;
    private static final int UNRECOGNIZED = 8;
    private static final int ZERO_CHECKSUM = 0x8001;
    private static final int SUPPORTED_EXTENSIONS = 0x8008;
    private static final int FORWARD_TSN = 0xc000;
    private static final int HEADER_BYTES = 4;
    private static final int DTLS_DETECTS_ERRORS = 1;
    private static final int MAX_REPORTED = 8;

    static @Nullable InitParameters read(ByteBuffer bytes) {
        boolean forwardTsn = false;
        boolean reconfiguration = false;
        boolean zeroChecksum = false;
        ByteBuffer cookie = null;
        List<ByteBuffer> unrecognized = List.of();
        int at = bytes.position();
        while (bytes.limit() - at >= HEADER_BYTES) {
            int type = bytes.getShort(at) & 0xffff;
            int length = bytes.getShort(at + 2) & 0xffff;
            if (length < HEADER_BYTES || length > bytes.limit() - at) {
                return null;
            }
            ByteBuffer value = bytes.slice(at + HEADER_BYTES, length - HEADER_BYTES);
            switch (type) {
                case STATE_COOKIE -> cookie = copyOf(value);
                case FORWARD_TSN -> forwardTsn = true;
                case ZERO_CHECKSUM -> zeroChecksum = value.remaining() == 4 && value.getInt(0) == DTLS_DETECTS_ERRORS;
                case SUPPORTED_EXTENSIONS -> {
                    reconfiguration |= contains(value, ChunkType.RE_CONFIG);
                    forwardTsn |= contains(value, ChunkType.FORWARD_TSN);
                }
                default -> {
                    if (!isKnown(type)) {
                        if ((type & 0x4000) != 0 && unrecognized.size() < MAX_REPORTED) {
                            unrecognized = new ArrayList<>(unrecognized);
                            unrecognized.add(copyOf(bytes.slice(at, length)));
                        }
                        if ((type & 0x8000) == 0) {
                            at = bytes.limit();
                        }
                    }
                }
            }
            at += ChunkReader.padded(length);
        }
        return new InitParameters(forwardTsn, reconfiguration, zeroChecksum, cookie, unrecognized);
    }

    /// Those that are read over on purpose.
    private static boolean isKnown(int type) {
        return (type >= 5 && type <= 12) || (type >= 0x8002 && type <= 0x8004);
    }

    int sizeBytes() {
        int size = (forwardTsn ? HEADER_BYTES : 0) + (zeroChecksum ? HEADER_BYTES + 4 : 0);
        size += HEADER_BYTES + 4;
        size += cookie == null ? 0 : HEADER_BYTES + ChunkReader.padded(cookie.remaining());
        for (ByteBuffer parameter : unrecognized) {
            size += HEADER_BYTES + ChunkReader.padded(parameter.remaining());
        }
        return size;
    }

    /// The last one needs no padding: a chunk's length does not count that, and some peers are strict.
    void writeTo(ByteBuffer out) {
        if (cookie != null) {
            write(out, STATE_COOKIE, cookie);
        }
        for (ByteBuffer parameter : unrecognized) {
            write(out, UNRECOGNIZED, parameter);
        }
        int start = ChunkWriter.beginParameter(out, SUPPORTED_EXTENSIONS);
        if (reconfiguration) {
            out.put((byte) ChunkType.RE_CONFIG);
        }
        if (forwardTsn) {
            out.put((byte) ChunkType.FORWARD_TSN);
        }
        ChunkWriter.end(out, start);
        if (forwardTsn) {
            ChunkWriter.end(out, ChunkWriter.beginParameter(out, FORWARD_TSN));
        }
        if (zeroChecksum) {
            int parameter = ChunkWriter.beginParameter(out, ZERO_CHECKSUM);
            out.putInt(DTLS_DETECTS_ERRORS);
            ChunkWriter.end(out, parameter);
        }
    }

    private static void write(ByteBuffer out, int type, ByteBuffer value) {
        int start = ChunkWriter.beginParameter(out, type);
        out.put(value.duplicate());
        ChunkWriter.end(out, start);
    }

    private static boolean contains(ByteBuffer types, int type) {
        for (int i = types.position(); i < types.limit(); i++) {
            if ((types.get(i) & 0xff) == type) {
                return true;
            }
        }
        return false;
    }

    private static ByteBuffer copyOf(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    }
}
