package live.strait.protocol.rtcp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The receiver's estimate of what its downlink carries (draft-alvestrand-rmcat-remb-03 section 2.2).
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P| FMT=15  |     PT=206    |             length            |
/// |                     SSRC of packet sender                     |
/// |                           0 (unused)                          |
/// |       'R'     |      'E'      |      'M'      |      'B'      |
/// | number of SSRC|  exponent |              mantissa             |
/// |                        SSRC, as many                          |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// @param bitrateBps the mantissa has 18 bits: on the wire, larger rates lose their low bits
public record Remb(int senderSsrc, long bitrateBps, List<Integer> ssrcs) implements RtcpPacket {
    private static final int IDENTIFIER = 0x52454d42;
    private static final int IDENTIFIER_AT = 8;
    private static final int FIXED_SIZE = 20;
    private static final int MANTISSA_BITS = 18;
    private static final int MAX_SSRCS = 255;

    public Remb {
        RtcpHeader.requireCount(ssrcs.size(), MAX_SSRCS, "SSRCs");
        if (bitrateBps < 0) {
            throw new IllegalArgumentException("bitrate " + bitrateBps);
        }
        ssrcs = List.copyOf(ssrcs);
    }

    /// Whether application-layer feedback is REMB: others use the same format number.
    static boolean isRemb(ByteBuffer body) {
        return body.remaining() >= IDENTIFIER_AT + Integer.BYTES
                && body.getInt(body.position() + IDENTIFIER_AT) == IDENTIFIER;
    }

    static @Nullable Remb read(ByteBuffer body) {
        if (body.remaining() < FIXED_SIZE - RtcpHeader.SIZE) {
            return null;
        }
        int senderSsrc = body.getInt();
        body.position(body.position() + IDENTIFIER_AT);
        int rate = body.getInt();
        int count = rate >>> 24;
        int exponent = rate >>> MANTISSA_BITS & 0x3f;
        long mantissa = rate & ((1 << MANTISSA_BITS) - 1);
        boolean overflows = mantissa << exponent >>> exponent != mantissa || mantissa << exponent < 0;
        if (overflows || body.remaining() < count * Integer.BYTES) {
            return null;
        }
        List<Integer> ssrcs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ssrcs.add(body.getInt());
        }
        return new Remb(senderSsrc, mantissa << exponent, ssrcs);
    }

    @Override
    public int sizeBytes() {
        return FIXED_SIZE + ssrcs.size() * Integer.BYTES;
    }

    @Override
    public void writeTo(ByteBuffer out) {
        RtcpHeader.writeFeedback(
                out, RtcpHeader.FMT_APPLICATION, RtcpHeader.PAYLOAD_FEEDBACK, sizeBytes(), senderSsrc, 0);
        out.putInt(IDENTIFIER);
        int exponent = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(bitrateBps) - MANTISSA_BITS);
        out.putInt(ssrcs.size() << 24 | exponent << MANTISSA_BITS | (int) (bitrateBps >>> exponent));
        for (int ssrc : ssrcs) {
            out.putInt(ssrc);
        }
    }
}
