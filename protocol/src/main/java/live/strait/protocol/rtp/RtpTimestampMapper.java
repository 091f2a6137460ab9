package live.strait.protocol.rtp;

/// Maps the RTP timestamps of changing sources to one continuous line for one viewer.
///
/// Each simulcast layer counts from a random offset of its own (RFC 3550 section 5.1). What the layers share is the
/// sender's NTP clock: sender reports pair it with each layer's timestamps (section 6.4.1). The outgoing line is
/// tied to that clock, so a picture gets the timestamp that its capture time has on the line, however often one
/// switches. Where a report is missing, or says what cannot be ([#PLAUSIBLE_MILLIS]), the time between arrivals
/// counts instead. The first packet after a switch is at least one tick ahead of all before it; what that adds is
/// given back by the frames behind it. Late packets of the source before keep its offset. Timestamps are unsigned
/// 32-bit values, NTP times 32.32 fixed point.
public final class RtpTimestampMapper {
    /// Relay, jitter and encoder may put this much between two layers of one instant; a wrong clock is further off.
    static final int PLAUSIBLE_MILLIS = 2000;

    private static final long UNKNOWN = -1;
    /// Thirty pictures a second until the real spacing is seen.
    private static final int ASSUMED_RATE = 30;

    /// Steps of paying back that late packets may be behind.
    private static final int REMEMBERED_OFFSETS = 8;

    private final int clockRate;
    private final SenderReportTable reports;

    private enum State {
        IDLE,
        SWITCHING,
        RUNNING
    }

    private State state = State.IDLE;
    private int source;
    private int offset;
    private boolean hasPrevious;
    private int previousSource;
    private int previousOffset;

    /// The line against the sender's clock: `anchorTicks` is its timestamp at `anchorNtpTime`.
    private boolean anchored;
    private long anchorNtpTime;
    private int anchorTicks;
    /// How far the current source runs ahead of the line; known once it is tied to it by a report.
    private int aheadTicks;
    private boolean tied;

    private int newestIncoming;
    private int paidBackCount;
    private final int[] paidBackUpTo = new int[REMEMBERED_OFFSETS];
    private final int[] offsetUpTo = new int[REMEMBERED_OFFSETS];

    private boolean hasSent;
    private int newest;
    private long newestArrivalNanos;
    private int spacingTicks;

    /// @param clockRate of the payload format in Hz, the same for all sources
    public RtpTimestampMapper(int clockRate) {
        this.clockRate = clockRate;
        this.reports = new SenderReportTable(clockRate);
        this.spacingTicks = clockRate / ASSUMED_RATE;
    }

    /// Enters a report of any source, the current one or one that may be switched to. A viewer that comes later
    /// than a source's latest report needs it entered at once.
    public void onSenderReport(int reportSource, long ntpTime, long rtpTimestamp) {
        reports.put(reportSource, ntpTime, (int) rtpTimestamp);
        if (state == State.RUNNING && reportSource == source) {
            tieToReport();
        }
    }

    /// The line goes on with the next packet of `newSource` (an SSRC or a layer's number).
    public void switchTo(int newSource) {
        if (state == State.RUNNING) {
            if (newSource == source) {
                return;
            }
            previousSource = source;
            previousOffset = offset;
            hasPrevious = true;
        }
        source = newSource;
        state = State.SWITCHING;
    }

    /// The timestamp that this packet has on the outgoing line, or -1 when it comes from neither the current
    /// source nor the one before.
    public long map(int packetSource, long rtpTimestamp, long arrivalNanos) {
        if (state == State.IDLE || packetSource != source) {
            return hasPrevious && packetSource == previousSource
                    ? Integer.toUnsignedLong((int) rtpTimestamp + previousOffset)
                    : UNKNOWN;
        }
        int incoming = (int) rtpTimestamp;
        if (state == State.SWITCHING) {
            begin(incoming, arrivalNanos);
            newestIncoming = incoming;
            paidBackCount = 0;
        }
        int step = incoming - newestIncoming;
        if (step > 0) {
            payBack(step);
            newestIncoming = incoming;
        }
        int outgoing = incoming + (step < 0 ? offsetAt(incoming) : offset);
        remember(outgoing, arrivalNanos);
        return Integer.toUnsignedLong(outgoing);
    }

    /// The outgoing timestamp at a time of the sender's clock, for the sender report towards the viewer; -1 while
    /// the current source has no report.
    public long timestampAt(long ntpTime) {
        if (state != State.RUNNING || !reports.has(source)) {
            return UNKNOWN;
        }
        return Integer.toUnsignedLong(
                reports.timestamp(source) + reports.ticks(ntpTime - reports.ntpTime(source)) + offset);
    }

    private void begin(int rtpTimestamp, long arrivalNanos) {
        state = State.RUNNING;
        tied = false;
        aheadTicks = 0;
        if (!hasSent) {
            // The first source keeps its own timestamps: their offset is random already.
            offset = 0;
        } else {
            int byArrival = newest + Math.max(spacingTicks, ticks(arrivalNanos - newestArrivalNanos));
            offset = byArrival - rtpTimestamp;
            if (anchored && reports.has(source)) {
                int byReports = lineAt(reports.ntpTime(source)) + rtpTimestamp - reports.timestamp(source);
                if (isPlausible(byReports - byArrival)) {
                    int outgoing = byReports - newest > 0 ? byReports : newest + 1;
                    offset = outgoing - rtpTimestamp;
                    aheadTicks = outgoing - byReports;
                    tied = true;
                } else {
                    anchored = false;
                }
            }
        }
        if (!anchored && reports.has(source)) {
            tieToReport();
        }
    }

    /// Moves the anchor along the current source's clock, whose drift against NTP the line follows.
    private void tieToReport() {
        long ntpTime = reports.ntpTime(source);
        int outgoing = reports.timestamp(source) + offset;
        if (anchored && !tied) {
            int ahead = outgoing - lineAt(ntpTime);
            aheadTicks = isPlausible(ahead) ? ahead : 0;
        }
        tied = true;
        anchored = true;
        anchorNtpTime = ntpTime;
        anchorTicks = outgoing - aheadTicks;
    }

    /// Returns to the line as fast as frames in their order allow: each keeps one tick of its step. A key frame
    /// that was captured before the last frame of the layer left behind comes with this.
    private void payBack(int step) {
        int back = Math.min(aheadTicks, step - 1);
        if (back > 0) {
            int entry = paidBackCount++ % REMEMBERED_OFFSETS;
            paidBackUpTo[entry] = newestIncoming;
            offsetUpTo[entry] = offset;
            offset -= back;
            aheadTicks -= back;
        }
    }

    /// The offset that a late packet's frame had.
    private int offsetAt(int incoming) {
        for (int i = Math.max(0, paidBackCount - REMEMBERED_OFFSETS); i < paidBackCount; i++) {
            int entry = i % REMEMBERED_OFFSETS;
            if (incoming - paidBackUpTo[entry] <= 0) {
                return offsetUpTo[entry];
            }
        }
        return offset;
    }

    private int lineAt(long ntpTime) {
        return anchorTicks + reports.ticks(ntpTime - anchorNtpTime);
    }

    private boolean isPlausible(int ticks) {
        return Math.abs((long) ticks) <= (long) PLAUSIBLE_MILLIS * clockRate / 1000;
    }

    private void remember(int outgoing, long arrivalNanos) {
        int step = outgoing - newest;
        if (hasSent && step <= 0) {
            return;
        }
        // A step of more than half a second is a pause, not the spacing of frames.
        if (hasSent && step <= clockRate / 2) {
            spacingTicks += (step - spacingTicks) / 8;
        }
        hasSent = true;
        newest = outgoing;
        newestArrivalNanos = arrivalNanos;
    }

    private int ticks(long nanos) {
        return (int) (nanos / 1000 * clockRate / 1_000_000);
    }
}
