package live.strait.protocol.sctp.chunk;

import java.nio.ByteBuffer;

/// Walks over the chunks of one packet (RFC 9260 section 3.2); reusable.
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |     type      |     flags     |            length             |  length without the padding
/// |                             value                             |
/// ```
public final class ChunkReader {
    public static final int HEADER_BYTES = 4;

    private ByteBuffer packet = ByteBuffer.allocate(0);
    private int at;
    private int type;
    private int flags;
    private int lengthBytes;

    /// Begins with the first chunk of `packet`, from position to limit. The buffer is lent while the walk lasts.
    public void wrap(ByteBuffer packet) {
        this.packet = packet;
        at = packet.position();
        lengthBytes = 0;
    }

    /// True when chunks of this packet are made of whole chunks from here to the end; moves nothing.
    public static boolean isWellFormed(ByteBuffer packet) {
        int at = packet.position();
        int end = packet.limit();
        while (at < end) {
            if (end - at < HEADER_BYTES) {
                return false;
            }
            int length = packet.getShort(at + 2) & 0xffff;
            if (length < HEADER_BYTES || length > end - at) {
                return false;
            }
            at += padded(length);
        }
        return true;
    }

    /// Goes to the next chunk; false at the end of a packet that [#isWellFormed].
    public boolean next() {
        at += padded(lengthBytes);
        if (packet.limit() - at < HEADER_BYTES) {
            return false;
        }
        type = packet.get(at) & 0xff;
        flags = packet.get(at + 1) & 0xff;
        lengthBytes = packet.getShort(at + 2) & 0xffff;
        return true;
    }

    public int type() {
        return type;
    }

    public int flags() {
        return flags;
    }

    /// What stands behind the header, a view into the packet.
    public ByteBuffer value() {
        return packet.slice(at + HEADER_BYTES, lengthBytes - HEADER_BYTES);
    }

    /// The whole chunk without padding, a view into the packet.
    public ByteBuffer chunk() {
        return packet.slice(at, lengthBytes);
    }

    /// Rounds up to the boundary of four bytes on which chunks and parameters begin.
    public static int padded(int lengthBytes) {
        return (lengthBytes + 3) & ~3;
    }
}
