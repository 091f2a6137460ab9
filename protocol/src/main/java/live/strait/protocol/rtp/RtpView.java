package live.strait.protocol.rtp;

import java.nio.ByteBuffer;

/// A reusable view of one RTP packet in somebody's buffer (RFC 3550 section 5.1).
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|X|  CC   |M|     PT      |       sequence number         |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                           timestamp                           |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                             SSRC                              |
/// +=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+=+
/// |                     CSRC, CC times                            |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |  0xBEDE or 0x100x (if X)      |   length in 32-bit words      |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                     extension elements                        |
/// ```
/// The packet is the buffer's position to its limit at the time of [#wrap]; the fixed lengths are checked there,
/// once, and every accessor afterwards is a plain read at an absolute index. Extension elements are looked up when
/// asked for: a block that lies about an element's length hides that element and what follows, not the packet.
public final class RtpView {
    static final int FIXED_HEADER_BYTES = 12;
    static final int ONE_BYTE_PROFILE = 0xBEDE;
    static final int TWO_BYTE_PROFILE = 0x1000;
    static final int PADDING_BIT = 0x20;
    static final int EXTENSION_BIT = 0x10;

    private static final int VERSION_MASK = 0xC0;
    private static final int VERSION_2 = 0x80;
    private static final int MARKER_BIT = 0x80;
    /// The low four bits of the two-byte form are for applications to use and say nothing here.
    private static final int TWO_BYTE_PROFILE_MASK = 0xFFF0;
    /// In the one-byte form, id 15 ends the processing of the block (RFC 8285 section 4.2).
    private static final int ONE_BYTE_STOP_ID = 15;

    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private int start;
    private int extensionsStart;
    private int extensionsEnd;
    private int extensionsProfile;
    private int payloadStart;
    private int payloadEnd;
    private int end;
    private int foundOffset;
    private int foundLength;

    /// Looks at the packet from position to limit; keeps the buffer and moves neither.
    ///
    /// @return false when the header's lengths do not fit into the packet; the view then must not be read
    public boolean wrap(ByteBuffer packet) {
        return wrap(packet, packet.position(), packet.limit());
    }

    /// As [#wrap(ByteBuffer)], between two absolute indices: a buffer of many packets can be read by several
    /// threads.
    public boolean wrap(ByteBuffer packet, int from, int to) {
        if (to - from < FIXED_HEADER_BYTES || (packet.get(from) & VERSION_MASK) != VERSION_2) {
            return false;
        }
        int first = packet.get(from);
        int at = from + FIXED_HEADER_BYTES + 4 * (first & 0x0F);
        int profile = 0;
        int elementsFrom = at;
        int elementsTo = at;
        if ((first & EXTENSION_BIT) != 0) {
            if (at + 4 > to) {
                return false;
            }
            profile = packet.getShort(at) & 0xFFFF;
            elementsFrom = at + 4;
            elementsTo = elementsFrom + 4 * (packet.getShort(at + 2) & 0xFFFF);
            at = elementsTo;
        }
        if (at > to) {
            return false;
        }
        int padding = 0;
        if ((first & PADDING_BIT) != 0) {
            padding = to > at ? packet.get(to - 1) & 0xFF : 0;
            if (padding == 0 || padding > to - at) {
                return false;
            }
        }
        buffer = packet;
        start = from;
        end = to;
        extensionsProfile = profile;
        extensionsStart = elementsFrom;
        extensionsEnd = elementsTo;
        payloadStart = at;
        payloadEnd = to - padding;
        foundOffset = 0;
        foundLength = 0;
        return true;
    }

    public boolean marker() {
        return (buffer.get(start + 1) & MARKER_BIT) != 0;
    }

    public int payloadType() {
        return buffer.get(start + 1) & 0x7F;
    }

    public int sequenceNumber() {
        return buffer.getShort(start + 2) & 0xFFFF;
    }

    /// The RTP timestamp, unsigned 32 bits.
    public long timestamp() {
        return buffer.getInt(start + 4) & 0xFFFF_FFFFL;
    }

    public int ssrc() {
        return buffer.getInt(start + 8);
    }

    /// The fixed header, contributing sources and the extension block.
    public int headerLength() {
        return payloadStart - start;
    }

    /// Where the payload starts, as an absolute index into [#buffer].
    public int payloadOffset() {
        return payloadStart;
    }

    /// Without padding; 0 for a packet that is padding only.
    public int payloadLength() {
        return payloadEnd - payloadStart;
    }

    public boolean hasPadding() {
        return payloadEnd < end;
    }

    /// Padding bytes, the count byte included.
    public int paddingLength() {
        return end - payloadEnd;
    }

    /// The whole packet: header, payload and padding.
    public int length() {
        return end - start;
    }

    public ByteBuffer buffer() {
        return buffer;
    }

    /// Looks for the first extension element with this id, in whichever form this packet has.
    ///
    /// @return true when there is one; [#extensionOffset] and [#extensionLength] then tell where
    public boolean findExtension(int id) {
        if (extensionsProfile == ONE_BYTE_PROFILE) {
            return findOneByte(id);
        }
        if ((extensionsProfile & TWO_BYTE_PROFILE_MASK) == TWO_BYTE_PROFILE) {
            return findTwoByte(id);
        }
        return false;
    }

    /// The bit of an id in [#extensionIds]: its own below 31, one for all others.
    public static int bitOf(int extensionId) {
        return 1 << Math.min(extensionId, 31);
    }

    /// Which extension elements may be there, whatever their form: what has no bit in it is not.
    public int extensionIds() {
        boolean oneByte = extensionsProfile == ONE_BYTE_PROFILE;
        if (!oneByte && (extensionsProfile & TWO_BYTE_PROFILE_MASK) != TWO_BYTE_PROFILE) {
            return 0;
        }
        int ids = 0;
        int at = extensionsStart;
        while (at < extensionsEnd) {
            int head = buffer.get(at) & 0xFF;
            if (head == 0) {
                at++;
                continue;
            }
            int id = oneByte ? head >> 4 : head;
            ids |= bitOf(id);
            if (!oneByte && at + 1 == extensionsEnd) {
                return ids;
            }
            at += oneByte ? 2 + (head & 0x0F) : 2 + (buffer.get(at + 1) & 0xFF);
        }
        return ids;
    }

    /// Where the data of the element found last starts, as an absolute index.
    public int extensionOffset() {
        return foundOffset;
    }

    /// How long the data of the element found last is; 0 is possible in the two-byte form only.
    public int extensionLength() {
        return foundLength;
    }

    /// ```
    /// +-+-+-+-+-+-+-+-+
    /// |  ID   | len-1 |  then the data; a zero byte is padding
    /// +-+-+-+-+-+-+-+-+
    /// ```
    private boolean findOneByte(int id) {
        int at = extensionsStart;
        while (at < extensionsEnd) {
            int head = buffer.get(at) & 0xFF;
            if (head == 0) {
                at++;
                continue;
            }
            int elementId = head >> 4;
            int length = (head & 0x0F) + 1;
            // An id of 0 that has a length ends the block as well (RFC 8285 section 4.2).
            if (elementId == 0 || elementId == ONE_BYTE_STOP_ID || at + 1 + length > extensionsEnd) {
                return false;
            }
            if (elementId == id) {
                foundOffset = at + 1;
                foundLength = length;
                return true;
            }
            at += 1 + length;
        }
        return false;
    }

    /// ```
    /// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
    /// |       ID      |     length    |  then the data; an id of 0 is one byte of padding
    /// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
    /// ```
    private boolean findTwoByte(int id) {
        int at = extensionsStart;
        while (at < extensionsEnd) {
            int elementId = buffer.get(at) & 0xFF;
            if (elementId == 0) {
                at++;
                continue;
            }
            if (at + 2 > extensionsEnd) {
                return false;
            }
            int length = buffer.get(at + 1) & 0xFF;
            if (at + 2 + length > extensionsEnd) {
                return false;
            }
            if (elementId == id) {
                foundOffset = at + 2;
                foundLength = length;
                return true;
            }
            at += 2 + length;
        }
        return false;
    }
}
