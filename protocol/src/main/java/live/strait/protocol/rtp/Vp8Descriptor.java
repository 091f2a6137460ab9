package live.strait.protocol.rtp;

import java.nio.ByteBuffer;

/// Puts other numbers into a VP8 payload descriptor, in place (RFC 7741 section 4.2; diagram at [Vp8Payload]).
///
/// Every field keeps its size, so that a packet never grows on its way: a 7-bit picture id takes the low 7 bits.
/// Done on the viewer's copy of a packet whose descriptor [Vp8Payload#peek] has accepted.
public final class Vp8Descriptor {
    private Vp8Descriptor() {}

    /// Overwrites the picture id and the base layer number where the descriptor has them; -1 leaves one as it is.
    public static void rewrite(ByteBuffer packet, int payloadOffset, int pictureId, int tl0PicIdx) {
        if ((packet.get(payloadOffset) & Vp8Payload.EXTENDED) == 0) {
            return;
        }
        int fields = packet.get(payloadOffset + 1);
        int at = payloadOffset + 2;
        if ((fields & Vp8Payload.HAS_PICTURE_ID) != 0) {
            at += PictureId.overwrite(packet, at, pictureId);
        }
        if (tl0PicIdx >= 0 && (fields & Vp8Payload.HAS_TL0PICIDX) != 0) {
            packet.put(at, (byte) tl0PicIdx);
        }
    }
}
