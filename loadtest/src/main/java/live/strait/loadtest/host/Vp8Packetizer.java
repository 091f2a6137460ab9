package live.strait.loadtest.host;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// Cuts a VP8 frame into RTP payloads (RFC 7741 section 4.2) the way libwebrtc does: as few as possible, and all of
/// about the same size.
///
/// ```
///       +-+-+-+-+-+-+-+-+
///       |1|R|N|S|R| PID |  S on the first of a frame
///       |1|0|0|0| RSV   |
///       |1|  PictureID  |  15 bits
///       |   PictureID   |
///       +-+-+-+-+-+-+-+-+
/// ```
final class Vp8Packetizer {
    /// Chromium's largest packet is 1200 bytes of RTP less what header extensions and SRTP take.
    static final int MAX_PAYLOAD_BYTES = 1160;

    private static final int DESCRIPTOR_BYTES = 4;
    private static final int EXTENDED = 0x80;
    private static final int START_OF_PARTITION = 0x10;
    private static final int HAS_PICTURE_ID = 0x80;

    private int pictureId;

    Vp8Packetizer(int firstPictureId) {
        pictureId = firstPictureId & 0x7fff;
    }

    /// Hands the payloads of a frame to `into`, in order; each is the taker's own.
    void cut(ByteBuffer frame, Consumer<byte[]> into) {
        int bytes = frame.remaining();
        int room = MAX_PAYLOAD_BYTES - DESCRIPTOR_BYTES;
        int count = Math.max(1, Math.ceilDiv(bytes, room));
        int at = frame.position();
        for (int i = 0; i < count; i++) {
            // The larger ones come last.
            int length = bytes / count + (i >= count - bytes % count ? 1 : 0);
            byte[] payload = new byte[DESCRIPTOR_BYTES + length];
            payload[0] = (byte) (EXTENDED | (i == 0 ? START_OF_PARTITION : 0));
            payload[1] = (byte) HAS_PICTURE_ID;
            payload[2] = (byte) (0x80 | pictureId >> 8);
            payload[3] = (byte) pictureId;
            frame.get(at, payload, DESCRIPTOR_BYTES, length);
            at += length;
            into.accept(payload);
        }
        pictureId = (pictureId + 1) & 0x7fff;
    }
}
