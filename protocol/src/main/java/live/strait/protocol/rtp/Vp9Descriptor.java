package live.strait.protocol.rtp;

import java.nio.ByteBuffer;

/// Puts other numbers into a VP9 payload descriptor, in place (RFC 9628 section 4.2; diagram at [Vp9Payload]).
///
/// Every field keeps its size. References (P_DIFF, or the picture group) count in picture ids, so that only an
/// offset may be added to them: pictures that are left out leave their gap. Done on the viewer's copy of a packet
/// whose descriptor [Vp9Payload#peek] has accepted.
public final class Vp9Descriptor {
    private Vp9Descriptor() {}

    /// Overwrites the picture id and the base layer number where the descriptor has them; -1 leaves one as it is.
    public static void rewrite(ByteBuffer packet, int payloadOffset, int pictureId, int tl0PicIdx) {
        int first = packet.get(payloadOffset);
        int at = payloadOffset + 1;
        if ((first & Vp9Payload.HAS_PICTURE_ID) != 0) {
            at += PictureId.overwrite(packet, at, pictureId);
        }
        if (tl0PicIdx >= 0 && (first & Vp9Payload.HAS_LAYERS) != 0 && (first & Vp9Payload.FLEXIBLE) == 0) {
            packet.put(at + 1, (byte) tl0PicIdx);
        }
    }
}
