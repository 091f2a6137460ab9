package live.strait.protocol.rtcp;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Asks a video source for a key frame (RFC 4585 section 6.3.1).
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|  FMT=1  |     PT=206    |            length=2           |
/// |                     SSRC of packet sender                     |
/// |                      SSRC of media source                     |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
public record PictureLossIndication(int senderSsrc, int mediaSsrc) implements RtcpPacket {
    static @Nullable PictureLossIndication read(ByteBuffer body) {
        return body.remaining() < 2 * Integer.BYTES ? null : new PictureLossIndication(body.getInt(), body.getInt());
    }

    @Override
    public int sizeBytes() {
        return RtcpHeader.FEEDBACK_SIZE;
    }

    @Override
    public void writeTo(ByteBuffer out) {
        RtcpHeader.writeFeedback(
                out, RtcpHeader.FMT_PLI, RtcpHeader.PAYLOAD_FEEDBACK, sizeBytes(), senderSsrc, mediaSsrc);
    }
}
