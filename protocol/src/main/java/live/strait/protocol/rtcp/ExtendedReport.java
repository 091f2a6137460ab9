package live.strait.protocol.rtcp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lets a peer that only receives measure its round trip (RFC 3611 sections 4.4 and 4.5).
///
/// The receiver states its clock in a receiver reference time block (RRTR); the sender answers with a DLRR block,
/// as a report block would answer a sender report. Browsers ask for it by `a=rtcp-xr:rcvr-rtt=all`. Blocks of
/// other types are skipped.
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|reserved |   PT=XR=207   |             length            |
/// |                              SSRC                             |
/// |     BT=4      |   reserved    |       block length = 2        |  RRTR
/// |              NTP timestamp, most significant word             |
/// |             NTP timestamp, least significant word             |
/// |     BT=5      |   reserved    |  block length = 3 x sub-blocks|  DLRR
/// |                 SSRC of the receiver                          |
/// |                         last RR (LRR)                         |
/// |                   delay since last RR (DLRR)                  |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
public record ExtendedReport(int senderSsrc, List<Block> blocks) implements RtcpPacket {
    private static final int FIXED_SIZE = 8;
    private static final int REFERENCE_TIME = 4;
    private static final int DELAYS = 5;

    public ExtendedReport {
        blocks = List.copyOf(blocks);
    }

    /// A report block that we understand.
    public sealed interface Block permits ReferenceTime, Delays {
        private int sizeBytes() {
            return switch (this) {
                case ReferenceTime(var _) -> 12;
                case Delays(var answers) -> 4 + answers.size() * Delay.SIZE;
            };
        }
    }

    /// RRTR: the receiver's wall clock, as in a sender report.
    public record ReferenceTime(long ntpTime) implements Block {}

    /// DLRR: answers to reference times, one for each receiver.
    public record Delays(List<Delay> answers) implements Block {
        public Delays {
            answers = List.copyOf(answers);
        }
    }

    /// One answer.
    ///
    /// @param lastReferenceTime middle 32 bits of the NTP time in the last RRTR of that receiver, 0 when none came
    /// @param delay since it came, in 1/65536 s
    public record Delay(int ssrc, int lastReferenceTime, int delay) {
        private static final int SIZE = 12;
    }

    static @Nullable ExtendedReport read(ByteBuffer body) {
        if (body.remaining() < Integer.BYTES) {
            return null;
        }
        int senderSsrc = body.getInt();
        List<Block> blocks = new ArrayList<>(1);
        while (body.hasRemaining()) {
            if (body.remaining() < Integer.BYTES) {
                return null;
            }
            int head = body.getInt();
            int size = (head & 0xffff) * 4;
            if (body.remaining() < size) {
                return null;
            }
            Block block = readBlock(head >>> 24, body.slice(body.position(), size));
            if (block != null) {
                blocks.add(block);
            }
            body.position(body.position() + size);
        }
        return new ExtendedReport(senderSsrc, blocks);
    }

    private static @Nullable Block readBlock(int type, ByteBuffer content) {
        if (type == REFERENCE_TIME && content.remaining() == Long.BYTES) {
            return new ReferenceTime(content.getLong());
        }
        if (type == DELAYS) {
            List<Delay> answers = new ArrayList<>();
            while (content.remaining() >= Delay.SIZE) {
                answers.add(new Delay(content.getInt(), content.getInt(), content.getInt()));
            }
            return new Delays(answers);
        }
        return null;
    }

    @Override
    public int sizeBytes() {
        int size = FIXED_SIZE;
        for (Block block : blocks) {
            size += block.sizeBytes();
        }
        return size;
    }

    @Override
    public void writeTo(ByteBuffer out) {
        RtcpHeader.write(out, 0, RtcpHeader.EXTENDED_REPORT, sizeBytes());
        out.putInt(senderSsrc);
        for (Block block : blocks) {
            switch (block) {
                case ReferenceTime(long ntpTime) -> {
                    out.putInt(REFERENCE_TIME << 24 | 2);
                    out.putLong(ntpTime);
                }
                case Delays(var answers) -> {
                    out.putInt(DELAYS << 24 | 3 * answers.size());
                    for (Delay answer : answers) {
                        out.putInt(answer.ssrc);
                        out.putInt(answer.lastReferenceTime);
                        out.putInt(answer.delay);
                    }
                }
            }
        }
    }
}
