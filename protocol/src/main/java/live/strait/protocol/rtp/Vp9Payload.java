package live.strait.protocol.rtp;

import java.nio.ByteBuffer;

/// Reads the VP9 payload descriptor, flexible mode and non-flexible (RFC 9628 section 4.2).
///
/// ```
///        0 1 2 3 4 5 6 7
///       +-+-+-+-+-+-+-+-+
///       |I|P|L|F|B|E|V|Z|
///       +-+-+-+-+-+-+-+-+
///  I:   |M| PICTURE ID  |
///       +-+-+-+-+-+-+-+-+
///  M:   | EXTENDED PID  |
///       +-+-+-+-+-+-+-+-+
///  L:   | TID |U| SID |D|
///       +-+-+-+-+-+-+-+-+
///       |   TL0PICIDX   |  non-flexible mode (F = 0) with L only
///       +-+-+-+-+-+-+-+-+
///  F,P: | P_DIFF      |N|  up to three times, while N is set
///       +-+-+-+-+-+-+-+-+
///  V:   | scalability   |
///       | structure ... |
///       +-+-+-+-+-+-+-+-+
/// ```
/// A key frame is the beginning of a frame that is not predicted from earlier pictures, in spatial layer 0. Each
/// spatial layer of a picture is a frame of its own with its own B and E; the marker ends the picture.
public final class Vp9Payload {
    static final int HAS_PICTURE_ID = 0x80;
    static final int HAS_LAYERS = 0x20;
    static final int FLEXIBLE = 0x10;

    private static final int INTER_PREDICTED = 0x40;
    private static final int BEGIN = 0x08;
    private static final int END = 0x04;
    private static final int HAS_STRUCTURE = 0x02;
    private static final int SWITCHING_UP = 0x10;
    private static final int MAX_REFERENCES = 3;

    private Vp9Payload() {}

    /// Fills `into` from the payload at `offset`.
    ///
    /// @return false when the descriptor does not fit into the payload or nothing follows it
    public static boolean peek(ByteBuffer packet, int offset, int length, FrameInfo into) {
        int end = offset + length;
        if (length < 1) {
            return false;
        }
        int first = packet.get(offset);
        int at = pictureIdEnd(packet, offset, end);
        if (at < 0) {
            return false;
        }
        if ((first & HAS_LAYERS) != 0) {
            if (at >= end) {
                return false;
            }
            int layers = packet.get(at++) & 0xFF;
            into.temporalId = layers >> 5;
            into.spatialId = layers >> 1 & 0x07;
            into.switchUp = (layers & SWITCHING_UP) != 0;
            if ((first & FLEXIBLE) == 0) {
                if (at >= end) {
                    return false;
                }
                into.tl0PicIdx = packet.get(at++) & 0xFF;
            }
        }
        if ((first & FLEXIBLE) != 0 && (first & INTER_PREDICTED) != 0) {
            at = referencesEnd(packet, at, end);
        }
        if (at >= 0 && (first & HAS_STRUCTURE) != 0) {
            at = structureEnd(packet, at, end);
        }
        if (at < 0 || at >= end) {
            return false;
        }
        if ((first & HAS_PICTURE_ID) != 0) {
            PictureId.read(packet, offset + 1, into);
        }
        into.startOfFrame = (first & BEGIN) != 0;
        into.endOfFrame = (first & END) != 0;
        into.interPicturePredicted = (first & INTER_PREDICTED) != 0;
        into.keyFrame = into.startOfFrame && !into.interPicturePredicted && into.spatialId == 0;
        into.switchUp |= into.keyFrame;
        return true;
    }

    /// The absolute index behind the first byte and the picture id, or -1 when cut off.
    static int pictureIdEnd(ByteBuffer packet, int offset, int end) {
        int at = offset + 1;
        if ((packet.get(offset) & HAS_PICTURE_ID) == 0) {
            return at;
        }
        if (at >= end) {
            return -1;
        }
        at += PictureId.length(packet, at);
        return at <= end ? at : -1;
    }

    private static int referencesEnd(ByteBuffer packet, int from, int end) {
        for (int i = 0; i < MAX_REFERENCES; i++) {
            if (from + i >= end) {
                return -1;
            }
            if ((packet.get(from + i) & 1) == 0) {
                return from + i + 1;
            }
        }
        return -1;
    }

    /// ```
    ///       +-+-+-+-+-+-+-+-+
    ///  V:   | N_S |Y|G|-|-|-|
    ///       +-+-+-+-+-+-+-+-+
    ///  Y:   | WIDTH, HEIGHT |  16 bits each, N_S + 1 times
    ///       +-+-+-+-+-+-+-+-+
    ///  G:   |      N_G      |
    ///       +-+-+-+-+-+-+-+-+
    ///  N_G: | TID |U| R |-|-|  then R times P_DIFF
    ///       +-+-+-+-+-+-+-+-+
    /// ```
    private static int structureEnd(ByteBuffer packet, int from, int end) {
        if (from >= end) {
            return -1;
        }
        int head = packet.get(from) & 0xFF;
        int at = from + 1;
        if ((head & 0x10) != 0) {
            at += 4 * ((head >> 5) + 1);
        }
        if ((head & 0x08) != 0) {
            if (at >= end) {
                return -1;
            }
            int pictures = packet.get(at++) & 0xFF;
            for (int i = 0; i < pictures; i++) {
                if (at >= end) {
                    return -1;
                }
                at += 1 + (packet.get(at) >> 2 & 0x03);
            }
        }
        return at <= end ? at : -1;
    }
}
