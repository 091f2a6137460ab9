package live.strait.protocol.rtp;

import java.nio.ByteBuffer;

/// Reads which NAL units an H.265 packet carries (RFC 7798 section 4).
///
/// ```
///  payload header, also of each NAL unit    FU header (type 49)
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+        +-+-+-+-+-+-+-+-+
/// |F|   Type    |  LayerId  | TID |        |S|E|  FuType   |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+        +-+-+-+-+-+-+-+-+
/// ```
/// A key frame starts with a video or sequence parameter set or the first slice of an IRAP picture. Type 48
/// aggregates NAL units with 16-bit sizes. Decoding order numbers are not expected: WebRTC never offers
/// `sprop-max-don-diff`.
public final class H265Payload {
    private static final int LAST_SLICE = 9;
    private static final int FIRST_TSA = 2;
    private static final int LAST_STSA = 5;
    private static final int FIRST_IRAP = 16;
    private static final int LAST_IRAP = 21;
    private static final int VPS = 32;
    private static final int SPS = 33;
    private static final int PPS = 34;
    private static final int ACCESS_UNIT_DELIMITER = 35;
    private static final int LAST_SINGLE_NAL = 47;
    private static final int AGGREGATION = 48;
    private static final int FRAGMENTATION = 49;

    private static final int FU_START = 0x80;
    private static final int FIRST_SLICE_SEGMENT = 0x80;
    private static final int HEADER_BYTES = 2;

    private H265Payload() {}

    /// Fills `into` from the payload at `offset`; the last packet of a frame is known from the marker, by the
    /// caller.
    ///
    /// @return false when a NAL unit does not fit or is of a kind that cannot be here
    public static boolean peek(ByteBuffer packet, int offset, int length, FrameInfo into) {
        if (length <= HEADER_BYTES) {
            return false;
        }
        int type = packet.get(offset) >> 1 & 0x3F;
        int temporalIdPlus1 = packet.get(offset + 1) & 0x07;
        if (temporalIdPlus1 == 0) {
            return false;
        }
        into.temporalId = temporalIdPlus1 - 1;
        if (type <= LAST_SINGLE_NAL) {
            onNalUnit(type, packet.get(offset + HEADER_BYTES), into);
        } else if (type == AGGREGATION) {
            if (!readAggregate(packet, offset + HEADER_BYTES, offset + length, into)) {
                return false;
            }
        } else if (type == FRAGMENTATION && length > HEADER_BYTES + 1) {
            int fuHead = packet.get(offset + HEADER_BYTES);
            if ((fuHead & FU_START) != 0) {
                onNalUnit(fuHead & 0x3F, packet.get(offset + HEADER_BYTES + 1), into);
            }
        } else {
            return false;
        }
        into.interPicturePredicted = !into.keyFrame;
        into.switchUp |= into.keyFrame;
        return true;
    }

    private static boolean readAggregate(ByteBuffer packet, int from, int end, FrameInfo into) {
        int at = from;
        while (at < end) {
            if (at + 2 > end) {
                return false;
            }
            int size = packet.getShort(at) & 0xFFFF;
            at += 2;
            if (size < HEADER_BYTES || at + size > end) {
                return false;
            }
            onNalUnit(packet.get(at) >> 1 & 0x3F, size > HEADER_BYTES ? packet.get(at + HEADER_BYTES) : 0, into);
            at += size;
        }
        return at > from;
    }

    private static void onNalUnit(int type, int firstPayloadByte, FrameInfo into) {
        boolean firstSlice = (firstPayloadByte & FIRST_SLICE_SEGMENT) != 0;
        if (type <= LAST_SLICE) {
            into.startOfFrame |= firstSlice;
            // Temporal sub-layer access pictures say: nothing of this or a higher sub-layer before me is needed.
            into.switchUp |= firstSlice && type >= FIRST_TSA && type <= LAST_STSA;
        } else if (type >= FIRST_IRAP && type <= LAST_IRAP) {
            into.startOfFrame |= firstSlice;
            into.keyFrame |= firstSlice;
        } else if (type == VPS || type == SPS) {
            into.startOfFrame = true;
            into.keyFrame = true;
        } else if (type == PPS || type == ACCESS_UNIT_DELIMITER) {
            into.startOfFrame = true;
        }
    }
}
