package live.strait.protocol.rtp;

import java.nio.ByteBuffer;

/// Reads the VP8 payload descriptor and the first byte of the frame behind it (RFC 7741 sections 4.2 and 4.3).
///
/// ```
///        0 1 2 3 4 5 6 7
///       +-+-+-+-+-+-+-+-+
///       |X|R|N|S|R| PID |
///       +-+-+-+-+-+-+-+-+
///  X:   |I|L|T|K| RSV   |
///       +-+-+-+-+-+-+-+-+
///  I:   |M| PictureID   |
///       +-+-+-+-+-+-+-+-+
///  M:   |   PictureID   |
///       +-+-+-+-+-+-+-+-+
///  L:   |   TL0PICIDX   |
///       +-+-+-+-+-+-+-+-+
///  T|K: |TID|Y| KEYIDX  |
///       +-+-+-+-+-+-+-+-+
///       |Size0|H| VER |P|  only where S is set and PID is 0; P = 0 is a key frame
///       +-+-+-+-+-+-+-+-+
/// ```
public final class Vp8Payload {
    static final int EXTENDED = 0x80;
    static final int HAS_PICTURE_ID = 0x80;
    static final int HAS_TL0PICIDX = 0x40;
    static final int HAS_TID = 0x20;
    static final int HAS_KEYIDX = 0x10;

    private static final int NON_REFERENCE = 0x20;
    private static final int START_OF_PARTITION = 0x10;
    private static final int PARTITION_MASK = 0x07;
    private static final int LAYER_SYNC = 0x20;
    private static final int INTER_FRAME = 0x01;

    private Vp8Payload() {}

    /// Fills `into` from the payload at `offset`; the last packet of a frame is known from the marker, by the
    /// caller.
    ///
    /// @return false when the descriptor does not fit into the payload or nothing follows it
    public static boolean peek(ByteBuffer packet, int offset, int length, FrameInfo into) {
        int at = descriptorEnd(packet, offset, length);
        if (at < 0 || at >= offset + length) {
            return false;
        }
        int first = packet.get(offset);
        into.discardable = (first & NON_REFERENCE) != 0;
        into.startOfFrame = (first & START_OF_PARTITION) != 0 && (first & PARTITION_MASK) == 0;
        into.keyFrame = into.startOfFrame && (packet.get(at) & INTER_FRAME) == 0;
        into.interPicturePredicted = !into.keyFrame;
        into.switchUp = into.keyFrame;
        if ((first & EXTENDED) != 0) {
            readExtension(packet, offset + 1, into);
        }
        return true;
    }

    /// The absolute index behind the descriptor, or -1 when it is cut off.
    static int descriptorEnd(ByteBuffer packet, int offset, int length) {
        int end = offset + length;
        if (length < 1) {
            return -1;
        }
        int at = offset + 1;
        if ((packet.get(offset) & EXTENDED) == 0) {
            return at;
        }
        if (at >= end) {
            return -1;
        }
        int fields = packet.get(at++);
        if ((fields & HAS_PICTURE_ID) != 0) {
            if (at >= end) {
                return -1;
            }
            at += PictureId.length(packet, at);
        }
        at += (fields & HAS_TL0PICIDX) != 0 ? 1 : 0;
        at += (fields & (HAS_TID | HAS_KEYIDX)) != 0 ? 1 : 0;
        return at <= end ? at : -1;
    }

    private static void readExtension(ByteBuffer packet, int extensionOffset, FrameInfo into) {
        int at = extensionOffset;
        int fields = packet.get(at++);
        if ((fields & HAS_PICTURE_ID) != 0) {
            PictureId.read(packet, at, into);
            at += PictureId.length(packet, at);
        }
        if ((fields & HAS_TL0PICIDX) != 0) {
            into.tl0PicIdx = packet.get(at++) & 0xFF;
        }
        if ((fields & HAS_TID) != 0) {
            int layer = packet.get(at) & 0xFF;
            into.temporalId = layer >> 6;
            into.switchUp |= (layer & LAYER_SYNC) != 0;
        }
    }
}
