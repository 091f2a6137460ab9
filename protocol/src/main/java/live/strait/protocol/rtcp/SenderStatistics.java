package live.strait.protocol.rtcp;

import java.util.List;

/// What was sent of one stream, for its sender reports (RFC 3550 section 6.4.1).
public final class SenderStatistics {
    private long packetCount;
    private long octetCount;

    /// A packet has been sent; headers and padding do not count.
    public void onPacket(int payloadBytes) {
        packetCount++;
        octetCount += payloadBytes;
    }

    public long packetCount() {
        return packetCount;
    }

    public long octetCount() {
        return octetCount;
    }

    /// The report that ties `rtpTimestamp` to `ntpTime`; the counters go out modulo 2^32.
    public SenderReport build(int ssrc, long ntpTime, long rtpTimestamp, List<ReportBlock> reports) {
        return new SenderReport(
                ssrc,
                ntpTime,
                rtpTimestamp & 0xffffffffL,
                packetCount & 0xffffffffL,
                octetCount & 0xffffffffL,
                reports);
    }
}
