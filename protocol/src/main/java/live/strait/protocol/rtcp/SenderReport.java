package live.strait.protocol.rtcp;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Ties the RTP timestamps of a stream to wall-clock time and counts what was sent (RFC 3550 section 6.4.1).
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |V=2|P|    RC   |   PT=SR=200   |             length            |
/// |                         SSRC of sender                        |
/// |              NTP timestamp, most significant word             |
/// |             NTP timestamp, least significant word             |
/// |                         RTP timestamp                         |
/// |                     sender's packet count                     |
/// |                      sender's octet count                     |
/// |                      report blocks, RC of them                |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
///
/// @param ntpTime seconds since 1900 in the upper 32 bits, fraction in the lower ([NtpClock])
/// @param rtpTimestamp unsigned 32 bits, of the same instant
public record SenderReport(
        int senderSsrc, long ntpTime, long rtpTimestamp, long packetCount, long octetCount, List<ReportBlock> reports)
        implements RtcpPacket {
    private static final int FIXED_SIZE = 28;

    public SenderReport {
        RtcpHeader.requireCount(reports.size(), RtcpHeader.MAX_COUNT, "report blocks");
        reports = List.copyOf(reports);
    }

    static @Nullable SenderReport read(ByteBuffer body, int count) {
        if (body.remaining() < FIXED_SIZE - RtcpHeader.SIZE) {
            return null;
        }
        int ssrc = body.getInt();
        long ntp = body.getLong();
        long rtp = body.getInt() & 0xffffffffL;
        long packets = body.getInt() & 0xffffffffL;
        long octets = body.getInt() & 0xffffffffL;
        List<ReportBlock> reports = ReportBlock.readList(body, count);
        return reports == null ? null : new SenderReport(ssrc, ntp, rtp, packets, octets, reports);
    }

    @Override
    public int sizeBytes() {
        return FIXED_SIZE + reports.size() * ReportBlock.SIZE;
    }

    @Override
    public void writeTo(ByteBuffer out) {
        RtcpHeader.write(out, reports.size(), RtcpHeader.SENDER_REPORT, sizeBytes());
        out.putInt(senderSsrc);
        out.putLong(ntpTime);
        out.putInt((int) rtpTimestamp);
        out.putInt((int) packetCount);
        out.putInt((int) octetCount);
        for (ReportBlock report : reports) {
            report.writeTo(out);
        }
    }
}
