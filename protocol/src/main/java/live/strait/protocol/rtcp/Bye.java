package live.strait.protocol.rtcp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sources that leave (RFC 3550 section 6.6).
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|    SC   |   PT=BYE=203  |             length            |
/// |                       SSRC, SC of them                        |
/// |     length    |          reason for leaving (optional)      ...
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// @param reason empty when none is given
public record Bye(List<Integer> ssrcs, String reason) implements RtcpPacket {
    public Bye {
        RtcpHeader.requireCount(ssrcs.size(), RtcpHeader.MAX_COUNT, "leaving sources");
        if (!Utf8Text.fits(reason)) {
            throw new IllegalArgumentException("reason of " + reason.length() + " characters");
        }
        ssrcs = List.copyOf(ssrcs);
    }

    static @Nullable Bye read(ByteBuffer body, int count) {
        if (body.remaining() < count * Integer.BYTES) {
            return null;
        }
        List<Integer> ssrcs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ssrcs.add(body.getInt());
        }
        String reason = body.hasRemaining() ? Utf8Text.read(body) : "";
        return reason == null ? null : new Bye(ssrcs, reason);
    }

    @Override
    public int sizeBytes() {
        int text = reason.isEmpty() ? 0 : (Utf8Text.sizeBytes(reason) + 3) & ~3;
        return RtcpHeader.SIZE + ssrcs.size() * Integer.BYTES + text;
    }

    @Override
    public void writeTo(ByteBuffer out) {
        int end = out.position() + sizeBytes();
        RtcpHeader.write(out, ssrcs.size(), RtcpHeader.BYE, sizeBytes());
        for (int ssrc : ssrcs) {
            out.putInt(ssrc);
        }
        if (!reason.isEmpty()) {
            Utf8Text.write(out, reason);
        }
        while (out.position() < end) {
            out.put((byte) 0);
        }
    }
}
