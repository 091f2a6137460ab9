package live.strait.protocol.rtp;

/// Maps the RTP timestamps of changing sources to one continuous line for one viewer.
///
/// Each simulcast layer counts from a random offset of its own (RFC 3550 section 5.1). What the layers share is the
/// sender's NTP clock: sender reports pair it with each layer's timestamps (section 6.4.1). The outgoing line is
/// tied to that clock, so a picture gets the timestamp that its capture time has on the line, however often one
/// switches. Where a report is missing, or says what cannot be ([#PLAUSIBLE_MILLIS]), the time between arrivals
/// counts instead. The first packet after a switch is at least one tick ahead of all before it; what that adds is
/// given back by the frames behind it. What a first source gives out of a cache ([#squeezeBefore]) comes all at
/// once and is to be shown at once: its timestamps lie close before the present. Late packets of the source
/// before keep its offset. Timestamps are unsigned 32-bit values, NTP times 32.32 fixed point.
public final class RtpTimestampMapper {
    /// Relay, jitter and encoder may put this much between two layers of one instant; a wrong clock is further off.
    static final int PLAUSIBLE_MILLIS = 2000;

    private static final long UNKNOWN = -1;
    /// More than a cache gives out, and so much later a retransmission is worth nothing.
    private static final int MOST_PAST_SECONDS = 5;
    /// Thirty pictures a second until the real spacing is seen.
    private static final int ASSUMED_RATE = 30;

    private final int clockRate;
    private final SenderReportTable reports;

    private enum State {
        IDLE,
        SWITCHING,
        RUNNING
    }

    private State state = State.IDLE;
    private int source;
    private SourceOffset offset = new SourceOffset();
    private boolean hasPrevious;
    private int previousSource;
    private SourceOffset previousOffset = new SourceOffset();

    /// The line against the sender's clock: `anchorTicks` is its timestamp at `anchorNtpTime`.
    private boolean anchored;
    private long anchorNtpTime;
    private int anchorTicks;
    /// How far the current source runs ahead of the line; known once it is tied to it by a report.
    private int aheadTicks;
    private boolean tied;

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
            SourceOffset cut = offset;
            offset = previousOffset;
            previousOffset = cut;
            previousSource = source;
            hasPrevious = true;
        }
        source = newSource;
        offset.reset();
        state = State.SWITCHING;
    }

    /// What was captured before `live` and is sent now comes out of a cache: a receiver runs through it instead of
    /// playing it. To be called behind [#switchTo], before the first packet of the source.
    ///
    /// @param live the timestamp of the present, which stays as it is with all that follow
    public void squeezeBefore(long live) {
        offset.squeezeBefore((int) live, MOST_PAST_SECONDS * clockRate);
    }

    /// The timestamp that this packet has on the outgoing line, or -1 when it comes from neither the current
    /// source nor the one before.
    public long map(int packetSource, long rtpTimestamp, long arrivalNanos) {
        if (state == State.IDLE || packetSource != source) {
            return hasPrevious && packetSource == previousSource ? late((int) rtpTimestamp) : UNKNOWN;
        }
        int incoming = offset.squeezed((int) rtpTimestamp);
        if (state == State.SWITCHING) {
            begin(incoming, arrivalNanos);
        }
        int step = offset.stepTo(incoming);
        if (step > 0) {
            offset.advance(incoming, payBack(step));
            // Shorter is the past, squeezed; longer is a pause between frames.
            if (step >= clockRate / 500 && step <= clockRate / 2) {
                spacingTicks = Math.min(step, spacingTicks + (step - spacingTicks) / 8);
            }
        }
        int outgoing = incoming + offset.at(incoming);
        remember(outgoing, arrivalNanos);
        return Integer.toUnsignedLong(outgoing);
    }

    /// Whether what the current source sends next gets the offset that its last packet got, until the next
    /// [#switchTo] or [#onSenderReport].
    public boolean isSteady() {
        return state == State.RUNNING && aheadTicks <= 0 && !offset.isSqueezing();
    }

    /// The current source has come to `rtpTimestamp` while [#isSteady], and its packets got their offset
    /// elsewhere.
    public void follow(long rtpTimestamp, long arrivalNanos) {
        int incoming = (int) rtpTimestamp;
        if (offset.stepTo(incoming) > 0) {
            offset.advance(incoming, 0);
        }
        remember(incoming + offset.current(), arrivalNanos);
    }

    /// The outgoing timestamp at a time of the sender's clock, for the sender report towards the viewer; -1 while
    /// the current source has no report.
    public long timestampAt(long ntpTime) {
        if (state != State.RUNNING || !reports.has(source)) {
            return UNKNOWN;
        }
        return Integer.toUnsignedLong(
                reports.timestamp(source) + reports.ticks(ntpTime - reports.ntpTime(source)) + offset.current());
    }

    private long late(int rtpTimestamp) {
        int incoming = previousOffset.squeezed(rtpTimestamp);
        return Integer.toUnsignedLong(incoming + previousOffset.at(incoming));
    }

    private void begin(int rtpTimestamp, long arrivalNanos) {
        state = State.RUNNING;
        tied = false;
        aheadTicks = 0;
        // The first source keeps its own timestamps: their offset is random already.
        offset.begin(rtpTimestamp, hasSent ? beginning(rtpTimestamp, arrivalNanos) - rtpTimestamp : 0);
        if (!anchored && reports.has(source)) {
            tieToReport();
        }
    }

    /// Where the first packet after a switch lies on the line.
    private int beginning(int rtpTimestamp, long arrivalNanos) {
        int byArrival = newest + Math.max(spacingTicks, ticks(arrivalNanos - newestArrivalNanos));
        if (!anchored || !reports.has(source)) {
            return byArrival;
        }
        int byReports = lineAt(reports.ntpTime(source)) + rtpTimestamp - reports.timestamp(source);
        if (!isPlausible(byReports - byArrival)) {
            anchored = false;
            return byArrival;
        }
        int outgoing = byReports - newest > 0 ? byReports : newest + 1;
        aheadTicks = outgoing - byReports;
        tied = true;
        return outgoing;
    }

    /// Moves the anchor along the current source's clock, whose drift against NTP the line follows.
    private void tieToReport() {
        long ntpTime = reports.ntpTime(source);
        int outgoing = reports.timestamp(source) + offset.current();
        if (anchored && !tied) {
            int ahead = outgoing - lineAt(ntpTime);
            aheadTicks = isPlausible(ahead) ? ahead : 0;
        }
        tied = true;
        anchored = true;
        anchorNtpTime = ntpTime;
        anchorTicks = outgoing - aheadTicks;
    }

    /// How much of what the source is ahead this frame gives back: each keeps one tick of its step, so the line is
    /// reached as fast as frames in their order allow. A key frame that was captured before the last frame of the
    /// layer left behind comes with this. Of a step over frames that have not come, only one frame's share is used:
    /// the others still need their places between.
    private int payBack(int step) {
        int back = Math.clamp(Math.min(step, spacingTicks) - 1, 0, Math.max(0, aheadTicks));
        aheadTicks -= back;
        return back;
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
        hasSent = true;
        newest = outgoing;
        newestArrivalNanos = arrivalNanos;
    }

    private int ticks(long nanos) {
        return (int) (nanos / 1000 * clockRate / 1_000_000);
    }
}
