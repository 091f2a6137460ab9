package live.strait.protocol.rtcp;

import java.nio.ByteBuffer;
import live.strait.protocol.bytes.IntList;
import org.jspecify.annotations.Nullable;

/// Asks for lost packets of one stream again (RFC 4585 section 6.2.1).
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|  FMT=1  |     PT=205    |             length            |
/// |                     SSRC of packet sender                     |
/// |                      SSRC of media source                     |
/// |           packet id           |   bit n: id + n + 1 is lost   |  one or more
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// @param lost in the order of the stream, so that neighbours share an entry
public record GenericNack(int senderSsrc, int mediaSsrc, SequenceNumbers lost) implements RtcpPacket {
    private static final int ENTRY_SIZE = 4;
    private static final int PER_ENTRY = 17;

    public GenericNack {
        if (lost.size() == 0) {
            throw new IllegalArgumentException("a NACK that asks for nothing");
        }
    }

    static @Nullable GenericNack read(ByteBuffer body) {
        int entries = (body.remaining() - 2 * Integer.BYTES) / ENTRY_SIZE;
        if (entries < 1) {
            return null;
        }
        int senderSsrc = body.getInt();
        int mediaSsrc = body.getInt();
        IntList lost = new IntList(entries * PER_ENTRY);
        for (int i = 0; i < entries; i++) {
            int id = body.getShort() & 0xffff;
            lost.add(id);
            for (int bits = body.getShort() & 0xffff; bits != 0; bits &= bits - 1) {
                lost.add(id + 1 + Integer.numberOfTrailingZeros(bits));
            }
        }
        return new GenericNack(senderSsrc, mediaSsrc, SequenceNumbers.copyOf(lost));
    }

    @Override
    public int sizeBytes() {
        int entries = 0;
        for (int i = 0; i < lost.size(); i = nextEntry(i)) {
            entries++;
        }
        return RtcpHeader.FEEDBACK_SIZE + entries * ENTRY_SIZE;
    }

    @Override
    public void writeTo(ByteBuffer out) {
        RtcpHeader.writeFeedback(
                out, RtcpHeader.FMT_NACK, RtcpHeader.TRANSPORT_FEEDBACK, sizeBytes(), senderSsrc, mediaSsrc);
        for (int i = 0; i < lost.size(); ) {
            int id = lost.get(i);
            int bits = 0;
            int next = nextEntry(i);
            for (i++; i < next; i++) {
                int ahead = (lost.get(i) - id) & 0xffff;
                bits |= 1 << ahead >>> 1;
            }
            out.putShort((short) id);
            out.putShort((short) bits);
        }
    }

    /// Index of the first number that the entry beginning at `index` does not cover; entries keep the order.
    private int nextEntry(int index) {
        int covered = 0;
        int next = index + 1;
        while (next < lost.size()) {
            int ahead = (lost.get(next) - lost.get(index)) & 0xffff;
            if (ahead <= covered || ahead >= PER_ENTRY) {
                break;
            }
            covered = ahead;
            next++;
        }
        return next;
    }
}
