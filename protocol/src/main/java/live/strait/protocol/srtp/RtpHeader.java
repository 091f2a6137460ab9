package live.strait.protocol.srtp;

import java.nio.ByteBuffer;

/// The part of an RTP packet that SRTP authenticates but leaves in clear (RFC 3711 section 3.1).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|X|  CC   |M|     PT      |       sequence number         |
/// |                           timestamp                           |
/// |                             SSRC                              |
/// |                     CSRC, CC times 32 bits                    |
/// |      defined by profile       |   length in 32-bit words      |   only if X
/// |                      header extension                         |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
final class RtpHeader {
    static final int FIXED_BYTES = 12;

    private RtpHeader() {}

    /// Length of the header with CSRCs and extension, or -1 when it does not end within `availableBytes` of the
    /// packet's position or is not of version 2.
    static int length(ByteBuffer packet, int availableBytes) {
        if (availableBytes < FIXED_BYTES) {
            return -1;
        }
        int at = packet.position();
        int first = packet.get(at);
        if (((first >> 6) & 3) != 2) {
            return -1;
        }
        int length = FIXED_BYTES + 4 * (first & 0x0f);
        if ((first & 0x10) != 0) {
            if (length + 4 > availableBytes) {
                return -1;
            }
            length += 4 + 4 * (packet.getShort(at + length + 2) & 0xffff);
        }
        return length <= availableBytes ? length : -1;
    }

    static int sequenceNumber(ByteBuffer packet) {
        return packet.getShort(packet.position() + 2) & 0xffff;
    }

    static int ssrc(ByteBuffer packet) {
        return packet.getInt(packet.position() + 8);
    }
}
