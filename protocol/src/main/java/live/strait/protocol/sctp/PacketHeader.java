package live.strait.protocol.sctp;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/// The common header (RFC 9260 section 3.1).
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |          source port          |       destination port        |
/// |                       verification tag                        |
/// |                     checksum (CRC32c)                         |
/// ```
/// The checksum is the one number on the wire with its lowest byte first (appendix A).
final class PacketHeader {
    static final int SIZE = 12;

    private static final int CHECKSUM_AT = 8;

    private PacketHeader() {}

    /// Begins a packet in `out`, which is clear.
    static void begin(ByteBuffer out, int sourcePort, int destinationPort, int verificationTag) {
        out.putShort((short) sourcePort).putShort((short) destinationPort);
        out.putInt(verificationTag).putInt(0);
    }

    /// Fills in the checksum of the packet from 0 to the limit of `out`.
    static void seal(ByteBuffer out, CRC32C crc) {
        crc.reset();
        crc.update(out.duplicate());
        out.putInt(CHECKSUM_AT, Integer.reverseBytes((int) crc.getValue()));
    }

    /// True when the checksum is right, or zero: DTLS has proved the packet, which is the alternate error detection
    /// of RFC 9653.
    static boolean isIntact(ByteBuffer packet, CRC32C crc) {
        int at = packet.position();
        int checksum = packet.getInt(at + CHECKSUM_AT);
        if (checksum == 0) {
            return true;
        }
        crc.reset();
        crc.update(packet.slice(at, CHECKSUM_AT));
        crc.update(0);
        crc.update(0);
        crc.update(0);
        crc.update(0);
        crc.update(packet.slice(at + SIZE, packet.remaining() - SIZE));
        return Integer.reverseBytes((int) crc.getValue()) == checksum;
    }

    /// All behind the header, a view into the packet.
    static ByteBuffer body(ByteBuffer packet) {
        return packet.slice(packet.position() + SIZE, packet.remaining() - SIZE);
    }

    static int sourcePort(ByteBuffer packet) {
        return packet.getShort(packet.position()) & 0xffff;
    }

    static int destinationPort(ByteBuffer packet) {
        return packet.getShort(packet.position() + 2) & 0xffff;
    }

    static int verificationTag(ByteBuffer packet) {
        return packet.getInt(packet.position() + 4);
    }
}
