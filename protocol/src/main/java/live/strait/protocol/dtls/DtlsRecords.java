package live.strait.protocol.dtls;

import java.nio.ByteBuffer;
import live.strait.protocol.demux.DropReason;
import org.jspecify.annotations.Nullable;

/// First look at a datagram of DTLS records (RFC 6347 section 4.1), before anything is queued or computed for it.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+---------------+---------------+
/// |  content type |     version (fe ff, fe fd)    |    epoch ...
/// +---------------+---------------+---------------+---------------+
///     epoch       |            sequence number (48 bits)
/// +---------------+---------------+---------------+---------------+
///                                 |            length             |   then, in a handshake record of epoch 0:
/// +---------------+---------------+---------------+---------------+
/// |  message type |               message length                  |
/// +---------------+---------------+---------------+---------------+
/// |       message sequence        |   fragment offset (24 bits)
/// +---------------+---------------+---------------+---------------+
///                 |       fragment length (24 bits)               |
/// +---------------+---------------+---------------+---------------+
/// ```
/// The length that a first fragment claims decides how much room the handshake sets aside for the message, so it is
/// bounded here.
final class DtlsRecords {
    static final int RECORD_HEADER_BYTES = 13;

    private static final int HANDSHAKE_HEADER_BYTES = 12;
    private static final int HANDSHAKE = 22;
    private static final int CLIENT_HELLO = 1;

    private DtlsRecords() {}

    /// Whether the datagram is made of whole records, none of which opens a message that is too long; moves
    /// nothing.
    static @Nullable DropReason check(ByteBuffer datagram, int maxMessageBytes) {
        int at = datagram.position();
        int limit = datagram.limit();
        if (at == limit) {
            return DropReason.EMPTY;
        }
        while (at < limit) {
            if (limit - at < RECORD_HEADER_BYTES) {
                return DropReason.DTLS_MALFORMED;
            }
            int version = Short.toUnsignedInt(datagram.getShort(at + 1));
            int body = at + RECORD_HEADER_BYTES;
            int end = body + Short.toUnsignedInt(datagram.getShort(at + 11));
            if ((version != 0xfeff && version != 0xfefd) || end > limit) {
                return DropReason.DTLS_MALFORMED;
            }
            if (isPlainHandshake(datagram, at)) {
                DropReason bad = checkMessages(datagram, body, end, maxMessageBytes);
                if (bad != null) {
                    return bad;
                }
            }
            at = end;
        }
        return null;
    }

    /// Whether a checked datagram begins with a piece of a ClientHello; the pieces may come in any order.
    static boolean startsClientHello(ByteBuffer datagram) {
        int at = datagram.position();
        return isPlainHandshake(datagram, at) && datagram.get(at + RECORD_HEADER_BYTES) == CLIENT_HELLO;
    }

    private static boolean isPlainHandshake(ByteBuffer datagram, int at) {
        return datagram.get(at) == HANDSHAKE && datagram.getShort(at + 3) == 0;
    }

    private static @Nullable DropReason checkMessages(ByteBuffer datagram, int from, int end, int maxMessageBytes) {
        int at = from;
        do {
            if (end - at < HANDSHAKE_HEADER_BYTES) {
                return DropReason.DTLS_MALFORMED;
            }
            int messageBytes = uint24(datagram, at + 1);
            int fragmentOffset = uint24(datagram, at + 6);
            int fragmentBytes = uint24(datagram, at + 9);
            if (messageBytes > maxMessageBytes) {
                return DropReason.DTLS_REFUSED;
            }
            at += HANDSHAKE_HEADER_BYTES + fragmentBytes;
            if (fragmentOffset + fragmentBytes > messageBytes || at > end) {
                return DropReason.DTLS_MALFORMED;
            }
        } while (at < end);
        return null;
    }

    private static int uint24(ByteBuffer bytes, int at) {
        return (bytes.get(at) & 0xff) << 16 | (bytes.getShort(at + 1) & 0xffff);
    }
}
