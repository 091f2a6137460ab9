package live.strait.protocol.rtcp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Orders key frames of one or more sources (RFC 5104 section 4.3.1).
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|  FMT=4  |     PT=206    |             length            |
/// |                     SSRC of packet sender                     |
/// |                           0 (unused)                          |
/// |                              SSRC                             |  one or more
/// |  sequence nr. |                    reserved                   |  pairs
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
public record FullIntraRequest(int senderSsrc, List<Entry> entries) implements RtcpPacket {
    private static final int ENTRY_SIZE = 8;

    public FullIntraRequest {
        entries = List.copyOf(entries);
    }

    /// One order; a repetition keeps the command number, a new order has the next one (8 bits).
    public record Entry(int ssrc, int commandNumber) {}

    static @Nullable FullIntraRequest read(ByteBuffer body) {
        if (body.remaining() < 2 * Integer.BYTES + ENTRY_SIZE) {
            return null;
        }
        int senderSsrc = body.getInt();
        body.getInt();
        List<Entry> entries = new ArrayList<>(1);
        while (body.remaining() >= ENTRY_SIZE) {
            entries.add(new Entry(body.getInt(), body.getInt() >>> 24));
        }
        return new FullIntraRequest(senderSsrc, entries);
    }

    @Override
    public int sizeBytes() {
        return RtcpHeader.FEEDBACK_SIZE + entries.size() * ENTRY_SIZE;
    }

    @Override
    public void writeTo(ByteBuffer out) {
        RtcpHeader.writeFeedback(out, RtcpHeader.FMT_FIR, RtcpHeader.PAYLOAD_FEEDBACK, sizeBytes(), senderSsrc, 0);
        for (Entry entry : entries) {
            out.putInt(entry.ssrc);
            out.putInt(entry.commandNumber << 24);
        }
    }
}
