package live.strait.protocol.rtp;

import java.nio.ByteBuffer;

/// Reads the AV1 aggregation header and the headers of the OBUs behind it (RTP payload format for AV1, section
/// 4.4).
///
/// ```
///  aggregation header   OBU header           OBU extension (if X)
///  0 1 2 3 4 5 6 7      0 1 2 3 4 5 6 7      0 1 2 3 4 5 6 7
/// +-+-+-+-+-+-+-+-+    +-+-+-+-+-+-+-+-+    +-+-+-+-+-+-+-+-+
/// |Z|Y| W |N|-|-|-|    |F| type  |X|S|-|    | TID |SID|-|-|-|
/// +-+-+-+-+-+-+-+-+    +-+-+-+-+-+-+-+-+    +-+-+-+-+-+-+-+-+
/// ```
/// Every OBU element has its LEB128 length in front of it, but for the last when W counts the elements. A coded
/// video sequence starts with the N bit or, from senders that never set it, with a sequence header. A packet that
/// goes on in the middle of an OBU (Z) tells nothing of its frame or layer: a stream with layers needs the
/// [DependencyDescriptor], whose answers take precedence.
public final class Av1Payload {
    private static final int CONTINUES = 0x80;
    private static final int NEW_SEQUENCE = 0x08;
    private static final int OBU_HAS_EXTENSION = 0x04;
    private static final int OBU_SEQUENCE_HEADER = 1;
    private static final int OBU_TILE_GROUP = 4;

    private Av1Payload() {}

    /// Fills `into` from the payload at `offset`; the last packet of a picture is known from the marker, by the
    /// caller.
    ///
    /// @return false when an element's length does not fit into the payload
    public static boolean peek(ByteBuffer packet, int offset, int length, FrameInfo into) {
        if (length < 2) {
            return false;
        }
        int end = offset + length;
        int head = packet.get(offset) & 0xFF;
        int counted = head >> 4 & 0x03;
        boolean continues = (head & CONTINUES) != 0;
        int at = offset + 1;
        for (int element = 1; at < end; element++) {
            int size = end - at;
            if (counted == 0 || element < counted) {
                long prefix = Leb128.read(packet, at, end);
                if (prefix == Leb128.MALFORMED) {
                    return false;
                }
                at += Leb128.length(prefix);
                size = Leb128.value(prefix);
            }
            if (size > end - at) {
                return false;
            }
            if (size > 0 && (element > 1 || !continues)) {
                onObu(packet, at, size, element == 1, into);
            }
            at += size;
            if (element == counted && at < end) {
                return false;
            }
        }
        into.keyFrame |= (head & NEW_SEQUENCE) != 0;
        into.startOfFrame |= into.keyFrame;
        into.interPicturePredicted = !into.keyFrame;
        into.switchUp = into.keyFrame;
        return true;
    }

    private static void onObu(ByteBuffer packet, int at, int size, boolean first, FrameInfo into) {
        int head = packet.get(at) & 0xFF;
        int type = head >> 3 & 0x0F;
        into.keyFrame |= type == OBU_SEQUENCE_HEADER;
        if (first) {
            into.startOfFrame = type != OBU_TILE_GROUP;
        }
        if ((head & OBU_HAS_EXTENSION) != 0 && size > 1) {
            int layers = packet.get(at + 1) & 0xFF;
            into.temporalId = layers >> 5;
            into.spatialId = layers >> 3 & 0x03;
        }
    }
}
