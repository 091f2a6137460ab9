package live.strait.loadtest.host;

import java.nio.ByteBuffer;

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

    /// How many payloads a frame makes.
    static int count(EncodedFrame frame) {
        return Math.max(1, Math.ceilDiv(frame.bytes().remaining(), MAX_PAYLOAD_BYTES - DESCRIPTOR_BYTES));
    }

    /// Bytes of payload `i` of `count`. The larger ones come last.
    static int payloadBytes(EncodedFrame frame, int i, int count) {
        return DESCRIPTOR_BYTES + begin(frame, i + 1, count) - begin(frame, i, count);
    }

    /// Writes payload `i` of `count` at the buffer's position.
    static void write(EncodedFrame frame, int i, int count, ByteBuffer out) {
        ByteBuffer data = frame.bytes();
        int begin = begin(frame, i, count);
        int bytes = begin(frame, i + 1, count) - begin;
        out.put((byte) ((i == 0 ? START_OF_PARTITION : 0) | (frame.discardable() ? NON_REFERENCE : 0)));
        out.put(out.position(), data, data.position() + begin, bytes).position(out.position() + bytes);
    }

    private static int begin(EncodedFrame frame, int i, int count) {
        int bytes = frame.bytes().remaining();
        int larger = bytes % count;
        return i * (bytes / count) + Math.max(0, i - (count - larger));
    }
}
