package live.strait.protocol.rtp;

import java.nio.ByteBuffer;

/// Turns a retransmission back into the packet that was lost, in place (RFC 4588 section 4).
///
/// The header is the shorter half of a packet, so it moves up by the two bytes of the original sequence number
/// and the buffer's position with it; the payload stays. Padding belongs to the retransmission, not to the
/// original: it is cut off and the P bit cleared. Header extensions stay as the retransmission has them.
public final class RtxUnwrapper {
    private RtxUnwrapper() {}

    /// What came of a packet on an RTX stream.
    public enum Result {
        /// The view now shows the original packet.
        REBUILT,
        /// Padding only: counted for the estimate of bandwidth, otherwise nothing.
        PROBE,
        /// One lonely byte of payload.
        MALFORMED
    }

    /// Rebuilds the original of `rtx` in its own buffer and wraps the view around it.
    ///
    /// @param mediaPayloadType what the `apt` of the RTX payload type names
    public static Result unwrap(RtpView rtx, int mediaSsrc, int mediaPayloadType) {
        if (RtxPayload.isProbe(rtx)) {
            return Result.PROBE;
        }
        int sequenceNumber = RtxPayload.originalSequenceNumber(rtx);
        if (sequenceNumber < 0) {
            return Result.MALFORMED;
        }
        ByteBuffer packet = rtx.buffer();
        int from = rtx.payloadOffset() - rtx.headerLength();
        int to = from + RtxPayload.OSN_BYTES;
        packet.limit(rtx.payloadOffset() + rtx.payloadLength());
        for (int i = rtx.headerLength() - 1; i >= 0; i--) {
            packet.put(to + i, packet.get(from + i));
        }
        packet.position(to);
        packet.put(to, (byte) (packet.get(to) & ~RtpView.PADDING_BIT));
        packet.put(to + 1, (byte) ((packet.get(to + 1) & 0x80) | mediaPayloadType));
        packet.putShort(to + 2, (short) sequenceNumber);
        packet.putInt(to + 8, mediaSsrc);
        return rtx.wrap(packet) ? Result.REBUILT : Result.MALFORMED;
    }
}
