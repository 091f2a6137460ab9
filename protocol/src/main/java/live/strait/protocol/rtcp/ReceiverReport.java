package live.strait.protocol.rtcp;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a peer that sends no media receives ours (RFC 3550 section 6.4.2).
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|    RC   |   PT=RR=201   |             length            |
/// |                     SSRC of packet sender                     |
/// |                   report blocks, RC of them                   |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
public record ReceiverReport(int senderSsrc, List<ReportBlock> reports) implements RtcpPacket {
    private static final int FIXED_SIZE = 8;

    public ReceiverReport {
        RtcpHeader.requireCount(reports.size(), RtcpHeader.MAX_COUNT, "report blocks");
        reports = List.copyOf(reports);
    }

    static @Nullable ReceiverReport read(ByteBuffer body, int count) {
        if (body.remaining() < Integer.BYTES) {
            return null;
        }
        int ssrc = body.getInt();
        List<ReportBlock> reports = ReportBlock.readList(body, count);
        return reports == null ? null : new ReceiverReport(ssrc, reports);
    }

    @Override
    public int sizeBytes() {
        return FIXED_SIZE + reports.size() * ReportBlock.SIZE;
    }

    @Override
    public void writeTo(ByteBuffer out) {
        RtcpHeader.write(out, reports.size(), RtcpHeader.RECEIVER_REPORT, sizeBytes());
        out.putInt(senderSsrc);
        for (ReportBlock report : reports) {
            report.writeTo(out);
        }
    }
}
