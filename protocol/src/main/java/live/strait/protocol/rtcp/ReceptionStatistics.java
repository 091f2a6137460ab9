package live.strait.protocol.rtcp;

/// How one stream is received, for the report block we send about it (RFC 3550 appendices A.3 and A.8).
///
/// Packets that come late count as received, but leave the jitter alone: they may be resends, whose way says
/// nothing about the link's variation. Copies are to be dropped before (the SRTP replay window does).
public final class ReceptionStatistics {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private long first = -1;
    /// Begin of the 16-bit cycle in which the stream began: the peer counts cycles from there.
    private long firstCycle;
    private long highest;
    private long received;
    private long expectedBefore;
    private long receivedBefore;
    private int lastTransit;
    /// Times 16, as in A.8.
    private long scaledJitter;

    private int lastSenderReport;
    private long senderReportNanos;
    private int fractionLost;

    /// A packet has come.
    ///
    /// @param clockRate of the RTP timestamps, in Hz
    public void onPacket(long extSeq, long rtpTimestamp, long arrivalNanos, int clockRate) {
        int transit = (int) (ticks(arrivalNanos, clockRate) - rtpTimestamp);
        received++;
        if (first < 0) {
            first = extSeq;
            firstCycle = extSeq & ~0xffffL;
            highest = extSeq;
            lastTransit = transit;
            return;
        }
        if (extSeq > highest) {
            highest = extSeq;
            long change = Math.abs((long) (transit - lastTransit));
            lastTransit = transit;
            scaledJitter += change - ((scaledJitter + 8) >> 4);
        }
        first = Math.min(first, extSeq);
    }

    /// The stream's sender has stated its time; its round trip is measured by our answer.
    public void onSenderReport(long ntpTime, long arrivalNanos) {
        lastSenderReport = NtpClock.compact(ntpTime);
        senderReportNanos = arrivalNanos;
    }

    /// Whether anything has come that could be reported.
    public boolean hasReceived() {
        return first >= 0;
    }

    /// The block for the next report, which ends the interval of its fraction lost.
    public ReportBlock build(int ssrc, long nowNanos) {
        long expected = expected();
        long expectedNow = expected - expectedBefore;
        long lostNow = expectedNow - (received - receivedBefore);
        expectedBefore = expected;
        receivedBefore = received;
        fractionLost = expectedNow <= 0 || lostNow <= 0 ? 0 : (int) Math.min(255, (lostNow << 8) / expectedNow);
        int delay = lastSenderReport == 0 ? 0 : NtpClock.compactDuration(nowNanos - senderReportNanos);
        return new ReportBlock(
                ssrc,
                fractionLost,
                Math.clamp(cumulativeLost(), ReportBlock.LEAST_LOST, ReportBlock.MOST_LOST),
                (highest - firstCycle) & 0xffffffffL,
                jitter(),
                lastSenderReport,
                delay);
    }

    public long cumulativeLost() {
        return expected() - received;
    }

    /// Of the interval that the last report block closed, in 1/256.
    public int fractionLost() {
        return fractionLost;
    }

    /// Interarrival jitter in units of the RTP clock.
    public long jitter() {
        return scaledJitter >> 4;
    }

    private long expected() {
        return first < 0 ? 0 : highest - first + 1;
    }

    /// Arrival on the RTP clock, in two parts: the product of nanoseconds and rate would overflow within a day.
    private static long ticks(long nanos, int clockRate) {
        return nanos / NANOS_PER_SECOND * clockRate + nanos % NANOS_PER_SECOND * clockRate / NANOS_PER_SECOND;
    }
}
