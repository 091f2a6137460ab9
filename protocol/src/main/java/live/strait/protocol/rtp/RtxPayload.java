package live.strait.protocol.rtp;

import java.nio.ByteBuffer;

/// The payload of a retransmission: the original sequence number, then the original payload (RFC 4588 section 4).
///
/// ```
///  0                   1
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |             OSN               |  then the original payload, without its padding
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
/// A sender writes an ordinary header with the RTX payload type, SSRC and sequence number but the original
/// timestamp and marker, then the number by [#writeOriginalSequenceNumber], then the payload.
public final class RtxPayload {
    /// What a retransmission is longer than its original.
    public static final int OSN_BYTES = 2;

    private RtxPayload() {}

    /// Writes the OSN at the position of `out`, right behind the header.
    public static void writeOriginalSequenceNumber(ByteBuffer out, int sequenceNumber) {
        out.putShort((short) sequenceNumber);
    }

    /// Whether a packet on an RTX stream carries padding only: a bandwidth probe that retransmits nothing.
    public static boolean isProbe(RtpView rtx) {
        return rtx.payloadLength() == 0;
    }

    /// The number of the packet that is sent again, or -1 when there is no room for one.
    public static int originalSequenceNumber(RtpView rtx) {
        return rtx.payloadLength() < OSN_BYTES ? -1 : rtx.buffer().getShort(rtx.payloadOffset()) & 0xFFFF;
    }
}
