package live.strait.loadtest.host;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/// Cuts a VP8 frame into RTP payloads (RFC 7741 section 4.2) the way libwebrtc does: as few as possible, and all of
/// about the same size.
///
/// ```
///       +-+-+-+-+-+-+-+-+
///       |0|R|N|S|R| PID |  N on each of a frame that no other needs, S on the first of a frame
///       +-+-+-+-+-+-+-+-+
/// ```
/// Like Chromium when it publishes layers to Strait, it writes no picture id: what that and the temporal layer
/// are for stands in the dependency descriptor there.
final class Vp8Packetizer {
    /// Of all limits this one cuts the most frames of [HostTrace] into as many packets as Chromium did.
    static final int MAX_PAYLOAD_BYTES = 1161;

    private static final int DESCRIPTOR_BYTES = 1;
    private static final int NON_REFERENCE = 0x20;
    private static final int START_OF_PARTITION = 0x10;

    private Vp8Packetizer() {}

    /// Hands the payloads of a frame to `into`, in order; each is the taker's own.
    static void cut(EncodedFrame frame, Consumer<byte[]> into) {
        ByteBuffer data = frame.bytes();
        int bytes = data.remaining();
        int room = MAX_PAYLOAD_BYTES - DESCRIPTOR_BYTES;
        int count = Math.max(1, Math.ceilDiv(bytes, room));
        int at = data.position();
        for (int i = 0; i < count; i++) {
            // The larger ones come last.
            int length = bytes / count + (i >= count - bytes % count ? 1 : 0);
            byte[] payload = new byte[DESCRIPTOR_BYTES + length];
            payload[0] = (byte) ((i == 0 ? START_OF_PARTITION : 0) | (frame.discardable() ? NON_REFERENCE : 0));
            data.get(at, payload, DESCRIPTOR_BYTES, length);
            at += length;
            into.accept(payload);
        }
    }
}
