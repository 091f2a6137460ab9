package live.strait.protocol.rtp;

import java.nio.ByteBuffer;

/// Writes a new RTP header with extension elements into an output buffer (RFC 3550 section 5.1, RFC 8285).
///
/// Used as [#begin], any number of `extension…` calls, [#end]: afterwards the buffer's position is where the
/// payload goes. The block starts in the one-byte form, which every peer takes, and is rewritten in place into the
/// two-byte form by the first element that does not fit (an id above 14, no data, or more than 16 bytes): the
/// caller adds such elements only for peers that agreed to `extmap-allow-mixed`. A header never has contributing
/// sources. One writer serves all packets of a loop; it keeps nothing of them.
public final class RtpHeaderWriter {
    private static final int ONE_BYTE_MAX_ID = 14;
    private static final int ONE_BYTE_MAX_LENGTH = 16;
    private static final int TWO_BYTE_MAX = 255;
    /// The profile and the length word in front of the elements.
    private static final int BLOCK_HEADER_BYTES = 4;
    /// What [#writeWithInt16] writes.
    public static final int WITH_INT16_BYTES = 20;

    private ByteBuffer out = ByteBuffer.allocate(0);
    private int start;
    private int elements;
    private boolean twoByte;

    /// Writes the fixed header at the buffer's position.
    ///
    /// @param timestamp the low 32 bits count, as of the sequence number the low 16
    public void begin(
            ByteBuffer target, int payloadType, boolean marker, int sequenceNumber, long timestamp, int ssrc) {
        out = target;
        start = target.position();
        elements = 0;
        twoByte = false;
        target.put((byte) 0x80);
        target.put((byte) ((marker ? 0x80 : 0) | (payloadType & 0x7F)));
        target.putShort((short) sequenceNumber);
        target.putInt((int) timestamp);
        target.putInt(ssrc);
    }

    /// Whether [#writeWithInt16] can write an element of this id.
    public static boolean fitsInt16(int id) {
        return id >= 1 && id <= ONE_BYTE_MAX_ID;
    }

    /// Writes the whole header with one element of two bytes, as nearly all packets of video have it: the same
    /// bytes as [#begin], [#extensionInt16] and [#end] in three stores.
    ///
    /// @param id 1 to 14
    /// @param timestamp as of [#begin]
    public static void writeWithInt16(
            ByteBuffer target,
            int payloadType,
            boolean marker,
            int sequenceNumber,
            long timestamp,
            int ssrc,
            int id,
            int value) {
        int at = target.position();
        writeWithInt16(target, at, false, marker, payloadType, sequenceNumber, timestamp, ssrc, id, value);
        target.position(at + WITH_INT16_BYTES);
    }

    /// As the other of this name, at an absolute index.
    ///
    /// @param padded whether the packet ends with padding
    public static void writeWithInt16(
            ByteBuffer target,
            int at,
            boolean padded,
            boolean marker,
            int payloadType,
            int sequenceNumber,
            long timestamp,
            int ssrc,
            int id,
            int value) {
        int flags = 0x80 | RtpView.EXTENSION_BIT | (padded ? RtpView.PADDING_BIT : 0);
        int typeAndMarker = (marker ? 0x80 : 0) | (payloadType & 0x7F);
        int firstWord = flags << 24 | typeAndMarker << 16 | (sequenceNumber & 0xFFFF);
        target.putLong(at, (long) firstWord << 32 | (timestamp & 0xFFFF_FFFFL));
        target.putLong(at + 8, (long) ssrc << 32 | (long) RtpView.ONE_BYTE_PROFILE << 16 | 1);
        target.putInt(at + 16, (id << 4 | 1) << 24 | (value & 0xFFFF) << 8);
    }

    /// Writes padding behind a payload (RFC 3550 section 5.1), whose last byte tells how much; its header is to
    /// say so by [#markPadded].
    ///
    /// @param end absolute index behind the payload
    /// @param bytes 1 to 255
    public static void pad(ByteBuffer packet, int end, int bytes) {
        for (int i = 0; i < bytes - 1; i++) {
            packet.put(end + i, (byte) 0);
        }
        packet.put(end + bytes - 1, (byte) bytes);
    }

    /// Says in a header that the packet ends with padding.
    ///
    /// @param start where the header begins
    public static void markPadded(ByteBuffer packet, int start) {
        packet.put(start, (byte) (packet.get(start) | RtpView.PADDING_BIT));
    }

    /// Adds an element with `length` bytes of `source` from the absolute index `offset`.
    public void extension(int id, ByteBuffer source, int offset, int length) {
        startElement(id, length);
        int at = out.position();
        out.put(at, source, offset, length);
        out.position(at + length);
    }

    /// Adds an element of one byte, such as the video orientation.
    public void extensionInt8(int id, int value) {
        startElement(id, 1);
        out.put((byte) value);
    }

    /// Adds an element of two bytes, such as the transport-wide sequence number.
    public void extensionInt16(int id, int value) {
        startElement(id, 2);
        out.putShort((short) value);
    }

    /// Adds an element of three bytes, such as abs-send-time or playout-delay.
    public void extensionInt24(int id, int value) {
        startElement(id, 3);
        out.put((byte) (value >> 16));
        out.putShort((short) value);
    }

    /// Pads the extension block to a whole word and completes its length.
    ///
    /// @return the length of the header in bytes
    public int end() {
        if (elements > 0) {
            int blockStart = elementsStart() - BLOCK_HEADER_BYTES;
            while ((out.position() - blockStart) % 4 != 0) {
                out.put((byte) 0);
            }
            int words = (out.position() - elementsStart()) / 4;
            out.putShort(blockStart, (short) (twoByte ? RtpView.TWO_BYTE_PROFILE : RtpView.ONE_BYTE_PROFILE));
            out.putShort(blockStart + 2, (short) words);
            out.put(start, (byte) (out.get(start) | RtpView.EXTENSION_BIT));
        }
        return out.position() - start;
    }

    private void startElement(int id, int length) {
        if (id < 1 || id > TWO_BYTE_MAX || length < 0 || length > TWO_BYTE_MAX) {
            throw new IllegalArgumentException("no header extension can have id " + id + " and length " + length);
        }
        if (elements == 0) {
            out.putInt(0);
        }
        if (!twoByte && (id > ONE_BYTE_MAX_ID || length == 0 || length > ONE_BYTE_MAX_LENGTH)) {
            widen();
        }
        if (twoByte) {
            out.put((byte) id);
            out.put((byte) length);
        } else {
            out.put((byte) (id << 4 | (length - 1)));
        }
        elements++;
    }

    /// Gives each element written so far its second header byte: all bytes move up by the number of elements, then
    /// each element moves down into its place. The reading index stays ahead of the writing one until the last.
    private void widen() {
        twoByte = true;
        int from = elementsStart();
        int to = out.position();
        out.position(to + elements);
        for (int i = to - 1; i >= from; i--) {
            out.put(i + elements, out.get(i));
        }
        int read = from + elements;
        int write = from;
        for (int i = 0; i < elements; i++) {
            int head = out.get(read++) & 0xFF;
            int length = (head & 0x0F) + 1;
            out.put(write++, (byte) (head >> 4));
            out.put(write++, (byte) length);
            for (int j = 0; j < length; j++) {
                out.put(write++, out.get(read++));
            }
        }
    }

    private int elementsStart() {
        return start + RtpView.FIXED_HEADER_BYTES + BLOCK_HEADER_BYTES;
    }
}
