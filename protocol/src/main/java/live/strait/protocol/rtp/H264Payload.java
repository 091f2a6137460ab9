package live.strait.protocol.rtp;

import java.nio.ByteBuffer;

/// Reads which NAL units an H.264 packet carries (RFC 6184 section 5).
///
/// ```
///  NAL unit header      FU header (type 28 only)    STAP-A (type 24)
/// +-+-+-+-+-+-+-+-+    +-+-+-+-+-+-+-+-+           +-+-+-+-+-+-+-+-+
/// |F|NRI|  Type   |    |S|E|R|  Type   |           | 24, then 16-bit size and NAL unit, repeated
/// +-+-+-+-+-+-+-+-+    +-+-+-+-+-+-+-+-+           +-+-+-+-+-+-+-+-+
/// ```
/// A key frame starts with a sequence parameter set or an IDR slice, whichever comes first: browsers and hardware
/// encoders send the set before every IDR picture, and a decoder that joins there needs it. Interleaved packets
/// (STAP-B, MTAP, FU-B) belong to a packetization mode that nobody offers and are refused.
public final class H264Payload {
    private static final int SLICE = 1;
    private static final int IDR = 5;
    private static final int SPS = 7;
    private static final int PPS = 8;
    private static final int ACCESS_UNIT_DELIMITER = 9;
    private static final int LAST_SINGLE_NAL = 23;
    private static final int STAP_A = 24;
    private static final int FU_A = 28;

    private static final int FU_START = 0x80;
    private static final int REFERENCE_MASK = 0x60;
    /// A slice header starts with first_mb_in_slice as Exp-Golomb code: a leading 1 is the value 0.
    private static final int FIRST_MACROBLOCK = 0x80;

    private H264Payload() {}

    /// Fills `into` from the payload at `offset`; the last packet of a frame is known from the marker, by the
    /// caller.
    ///
    /// @return false when a NAL unit does not fit or is of a kind that cannot be here
    public static boolean peek(ByteBuffer packet, int offset, int length, FrameInfo into) {
        if (length < 2) {
            return false;
        }
        int head = packet.get(offset);
        int type = head & 0x1F;
        into.discardable = (head & REFERENCE_MASK) == 0;
        if (type >= 1 && type <= LAST_SINGLE_NAL) {
            onNalUnit(type, packet.get(offset + 1), into);
        } else if (type == STAP_A) {
            if (!readAggregate(packet, offset + 1, offset + length, into)) {
                return false;
            }
        } else if (type == FU_A && length > 2) {
            int fuHead = packet.get(offset + 1);
            if ((fuHead & FU_START) != 0) {
                onNalUnit(fuHead & 0x1F, packet.get(offset + 2), into);
            }
        } else {
            return false;
        }
        into.interPicturePredicted = !into.keyFrame;
        into.switchUp = into.keyFrame;
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
            if (size == 0 || at + size > end) {
                return false;
            }
            onNalUnit(packet.get(at) & 0x1F, size > 1 ? packet.get(at + 1) : 0, into);
            at += size;
        }
        return at > from;
    }

    private static void onNalUnit(int type, int firstPayloadByte, FrameInfo into) {
        switch (type) {
            case SPS -> {
                into.keyFrame = true;
                into.startOfFrame = true;
            }
            case IDR -> {
                boolean first = (firstPayloadByte & FIRST_MACROBLOCK) != 0;
                into.keyFrame |= first;
                into.startOfFrame |= first;
            }
            case SLICE -> into.startOfFrame |= (firstPayloadByte & FIRST_MACROBLOCK) != 0;
            case PPS, ACCESS_UNIT_DELIMITER -> into.startOfFrame = true;
            default -> {
                // Data partitions, SEI and filler say nothing about where a frame starts.
            }
        }
    }
}
