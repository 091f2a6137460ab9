package live.strait.relay.sim;

import java.nio.ByteBuffer;

/// One packet of a VP8 frame that says in its payload what it is, so that a receiver can be held to it.
///
/// ```
/// VP8 descriptor (X, picture id of 15 bits, TL0PICIDX, TID) | P byte or 0xff | stream, frame, index, count, capture
/// ```
///
/// @param stream who made it: the layer and the host's turn
/// @param frameNumber within the stream
/// @param captureNanos on the simulation's clock
record TestFrame(
        int stream,
        int frameNumber,
        int index,
        int count,
        boolean keyFrame,
        long captureNanos,
        int pictureId,
        int tl0PicIdx,
        int temporalId) {
    private static final int DESCRIPTOR_BYTES = 6;

    boolean isLast() {
        return index == count - 1;
    }

    boolean isOfOneFrameWith(TestFrame other) {
        return stream == other.stream && frameNumber == other.frameNumber;
    }

    void write(ByteBuffer out, int sizeBytes) {
        int end = out.position() + sizeBytes;
        out.put((byte) (index == 0 ? 0x90 : 0x80)).put((byte) 0xE0);
        out.putShort((short) (0x8000 | (pictureId & 0x7FFF))).put((byte) tl0PicIdx);
        out.put((byte) (temporalId << 6));
        out.put((byte) (index == 0 && keyFrame ? 0x10 : 0xFF));
        out.putInt(stream).putInt(frameNumber).putShort((short) index).putShort((short) (keyFrame ? -count : count));
        out.putLong(captureNanos);
        while (out.position() < end) {
            out.put((byte) (out.position() * 31 + frameNumber));
        }
    }

    /// Reads what [#write] has written, with the numbers that the relay may have rewritten as they are now.
    static TestFrame read(ByteBuffer packet, int at) {
        int count = packet.getShort(at + DESCRIPTOR_BYTES + 11);
        return new TestFrame(
                packet.getInt(at + DESCRIPTOR_BYTES + 1),
                packet.getInt(at + DESCRIPTOR_BYTES + 5),
                packet.getShort(at + DESCRIPTOR_BYTES + 9),
                Math.abs(count),
                count < 0,
                packet.getLong(at + DESCRIPTOR_BYTES + 13),
                packet.getShort(at + 2) & 0x7FFF,
                packet.get(at + 4) & 0xFF,
                (packet.get(at + 5) & 0xFF) >> 6);
    }
}
