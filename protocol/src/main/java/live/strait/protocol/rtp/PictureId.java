package live.strait.protocol.rtp;

import java.nio.ByteBuffer;

/// The picture id field that VP8 and VP9 share: 7 bits in one byte or, with the top bit set, 15 bits in two.
///
/// ```
/// +-+-+-+-+-+-+-+-+
/// |M| PICTURE ID  |
/// +-+-+-+-+-+-+-+-+
/// |  if M: low 8  |
/// +-+-+-+-+-+-+-+-+
/// ```
final class PictureId {
    static final int SHORT_BITS = 7;
    static final int LONG_BITS = 15;

    private static final int LONG_FLAG = 0x80;

    private PictureId() {}

    /// Whether the field that starts here takes two bytes.
    static boolean isLong(ByteBuffer packet, int at) {
        return (packet.get(at) & LONG_FLAG) != 0;
    }

    /// How many bytes the field takes.
    static int length(ByteBuffer packet, int at) {
        return isLong(packet, at) ? 2 : 1;
    }

    static void read(ByteBuffer packet, int at, FrameInfo into) {
        if (isLong(packet, at)) {
            into.pictureId = packet.getShort(at) & 0x7FFF;
            into.pictureIdBits = LONG_BITS;
        } else {
            into.pictureId = packet.get(at) & 0x7F;
            into.pictureIdBits = SHORT_BITS;
        }
    }

    /// Overwrites the id in the size that it has; -1 leaves it as it is.
    ///
    /// @return how many bytes the field takes
    static int overwrite(ByteBuffer packet, int at, int pictureId) {
        boolean isLong = isLong(packet, at);
        if (pictureId >= 0 && isLong) {
            packet.putShort(at, (short) (0x8000 | pictureId));
        } else if (pictureId >= 0) {
            packet.put(at, (byte) (pictureId & 0x7F));
        }
        return isLong ? 2 : 1;
    }
}
