package live.strait.protocol.rtcp;

import java.nio.ByteBuffer;

/// The four bytes that every RTCP packet begins with (RFC 3550 section 6.4.1), and the numbers in them.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|  count  |  packet type  |      length in words - 1      |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
/// Feedback packets carry their format (FMT) in place of the count (RFC 4585 section 6.1).
final class RtcpHeader {
    static final int SIZE = 4;
    /// Header, SSRC of the sender and SSRC of the media source: the fixed part of every feedback packet.
    static final int FEEDBACK_SIZE = 12;
    /// Most report blocks, chunks or sources that the five-bit count can state.
    static final int MAX_COUNT = 31;

    static final int SENDER_REPORT = 200;
    static final int RECEIVER_REPORT = 201;
    static final int SOURCE_DESCRIPTION = 202;
    static final int BYE = 203;
    static final int TRANSPORT_FEEDBACK = 205;
    static final int PAYLOAD_FEEDBACK = 206;
    static final int EXTENDED_REPORT = 207;

    /// Formats of `TRANSPORT_FEEDBACK`.
    static final int FMT_NACK = 1;

    static final int FMT_TWCC = 15;

    /// Formats of `PAYLOAD_FEEDBACK`.
    static final int FMT_PLI = 1;

    static final int FMT_FIR = 4;
    static final int FMT_APPLICATION = 15;

    private RtcpHeader() {}

    static void write(ByteBuffer out, int countOrFormat, int packetType, int sizeBytes) {
        out.put((byte) (0x80 | countOrFormat));
        out.put((byte) packetType);
        out.putShort((short) (sizeBytes / 4 - 1));
    }

    static void writeFeedback(
            ByteBuffer out, int format, int packetType, int sizeBytes, int senderSsrc, int mediaSsrc) {
        write(out, format, packetType, sizeBytes);
        out.putInt(senderSsrc);
        out.putInt(mediaSsrc);
    }

    static void requireCount(int count, int most, String what) {
        if (count > most) {
            throw new IllegalArgumentException(count + " " + what + " in one RTCP packet, at most " + most + " fit");
        }
    }
}
