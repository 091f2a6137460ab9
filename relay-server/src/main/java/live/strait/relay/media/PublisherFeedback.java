package live.strait.relay.media;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import live.strait.protocol.bytes.IntList;
import live.strait.protocol.rtcp.ExtendedReport;
import live.strait.protocol.rtcp.FullIntraRequest;
import live.strait.protocol.rtcp.GenericNack;
import live.strait.protocol.rtcp.NtpClock;
import live.strait.protocol.rtcp.PictureLossIndication;
import live.strait.protocol.rtcp.ReceiverReport;
import live.strait.protocol.rtcp.ReportBlock;
import live.strait.protocol.rtcp.RoundTripEstimator;
import live.strait.protocol.rtcp.RtcpPacket;
import live.strait.protocol.rtcp.RtcpWriter;
import live.strait.protocol.rtcp.SequenceNumbers;
import live.strait.protocol.rtcp.SourceDescription;
import live.strait.protocol.rtcp.TransportFeedback;
import live.strait.protocol.rtcp.TwccOptions;
import live.strait.protocol.rtcp.TwccRecorder;
import live.strait.relay.observe.LoopCounters;
import live.strait.relay.observe.LoopCounters.Counter;
import live.strait.relay.peer.PeerSession;
import live.strait.signaling.control.Codec;
import live.strait.signaling.control.Codec.Feedback;
import org.jspecify.annotations.Nullable;

/// Everything we say to a publisher: transport-wide feedback every 50 ms, requests for lost packets and key
/// frames at once, receiver reports every second (RFC 4585, RFC 3550 section 6).
final class PublisherFeedback {
    private static final long REPORT_INTERVAL_NANOS = 1_000_000_000L;
    /// A layer that was switched off is a frozen picture until it is noticed.
    private static final long AGING_INTERVAL_NANOS = 200_000_000L;
    private static final int NACK_BATCH = 64;

    private final StreamTable streams;
    private final KeyframeGate keyframeGate;
    private final @Nullable TwccRecorder twcc;
    private final LoopCounters counters;
    private final NtpClock clock;
    private final RoundTripEstimator roundTrip = new RoundTripEstimator();
    private final int ourSsrc = ThreadLocalRandom.current().nextInt();
    private final IntList lost = new IntList(NACK_BATCH);
    /// Browsers look at feedback only when it names an SSRC of theirs.
    private int latestSsrc;
    private int firNumber;
    private long nextReportNanos = Long.MAX_VALUE;
    private long nextAgingNanos = Long.MAX_VALUE;

    PublisherFeedback(
            StreamTable streams,
            KeyframeGate keyframeGate,
            boolean transportWide,
            LoopCounters counters,
            NtpClock clock) {
        this.streams = streams;
        this.keyframeGate = keyframeGate;
        this.twcc = transportWide ? new TwccRecorder(TwccOptions.DEFAULT) : null;
        this.counters = counters;
        this.clock = clock;
    }

    /// The first report goes out soon: browsers name mid and rid in each packet until they have it.
    void start(long nowNanos) {
        nextReportNanos = nowNanos + REPORT_INTERVAL_NANOS / 4;
        nextAgingNanos = nowNanos + AGING_INTERVAL_NANOS;
    }

    void onTransportSequence(int ssrc, int sequence, long arrivalNanos) {
        latestSsrc = ssrc;
        TwccRecorder recorder = twcc;
        if (recorder != null) {
            recorder.onPacket(sequence, arrivalNanos);
        }
    }

    /// Learns the round trip from the answer to our reference times (RFC 3611 section 4.5).
    void onRtcp(RtcpPacket packet, long nowNanos) {
        if (packet instanceof ExtendedReport report) {
            for (ExtendedReport.Block block : report.blocks()) {
                if (block instanceof ExtendedReport.Delays delays) {
                    delays.answers().forEach(answer -> onDelay(answer, nowNanos));
                }
            }
        }
    }

    long nextDeadlineNanos() {
        long earliest = Math.min(
                Math.min(nextReportNanos, nextAgingNanos),
                keyframeGate.nextDeadline().atNanos());
        TwccRecorder recorder = twcc;
        if (recorder != null) {
            earliest = Math.min(earliest, recorder.nextDeadline().atNanos());
        }
        List<SourceStream> all = streams.streams();
        for (int i = 0; i < all.size(); i++) {
            earliest = Math.min(earliest, all.get(i).nacks().nextDeadline().atNanos());
        }
        return earliest;
    }

    /// Sends what is due.
    void send(PeerSession session, long nowNanos) {
        sendTransportFeedback(session, nowNanos);
        sendNacks(session, nowNanos);
        for (SourceStream stream = keyframeGate.poll(nowNanos); stream != null; stream = keyframeGate.poll(nowNanos)) {
            requestKeyFrame(session, stream);
        }
        if (nextReportNanos <= nowNanos) {
            nextReportNanos = nowNanos + REPORT_INTERVAL_NANOS;
            sendReports(session, nowNanos);
        }
        if (nextAgingNanos <= nowNanos) {
            nextAgingNanos = nowNanos + AGING_INTERVAL_NANOS;
            streams.tracks().forEach(track -> track.ageLayers(nowNanos));
        }
    }

    private void sendTransportFeedback(PeerSession session, long nowNanos) {
        TwccRecorder recorder = twcc;
        if (recorder == null || !recorder.nextDeadline().isDue(nowNanos)) {
            return;
        }
        for (TransportFeedback feedback = recorder.build(ourSsrc, latestSsrc, nowNanos);
                feedback != null;
                feedback = recorder.build(ourSsrc, latestSsrc, nowNanos)) {
            sendOne(session, feedback);
        }
    }

    private void sendNacks(PeerSession session, long nowNanos) {
        for (SourceStream stream : streams.streams()) {
            do {
                lost.clear();
                stream.nacks().pollNack(nowNanos, lost);
                if (!lost.isEmpty()) {
                    sendOne(session, new GenericNack(ourSsrc, stream.ssrc(), SequenceNumbers.copyOf(lost)));
                }
            } while (lost.isFull());
            if (stream.nacks().pollKeyFrameNeeded() && stream.track().isVideo()) {
                keyframeGate.request(stream, KeyframeGate.Need.PICTURE, nowNanos);
            }
        }
    }

    private void requestKeyFrame(PeerSession session, SourceStream stream) {
        Codec codec = stream.codec();
        boolean onlyFir = codec != null
                && codec.feedback().contains(Feedback.CCM_FIR)
                && !codec.feedback().contains(Feedback.NACK_PLI);
        counters.increment(Counter.KEY_FRAMES_REQUESTED);
        sendOne(
                session,
                onlyFir
                        ? new FullIntraRequest(
                                ourSsrc, List.of(new FullIntraRequest.Entry(stream.ssrc(), firNumber++ & 0xff)))
                        : new PictureLossIndication(ourSsrc, stream.ssrc()));
    }

    private void sendReports(PeerSession session, long nowNanos) {
        List<ReportBlock> blocks = new ArrayList<>();
        for (SourceStream stream : streams.streams()) {
            counters.add(Counter.RTP_LOST, stream.newlyMissing());
            if (stream.reception().hasReceived()) {
                blocks.add(stream.reception().build(stream.ssrc(), nowNanos));
            }
        }
        ByteBuffer out = session.loop().egress().claim();
        // 31 blocks fit a report's count field, far more than a session has streams.
        RtcpWriter.append(out, new ReceiverReport(ourSsrc, blocks.subList(0, Math.min(blocks.size(), 31))));
        RtcpWriter.append(out, SourceDescription.cname(ourSsrc, "strait"));
        RtcpWriter.append(
                out, new ExtendedReport(ourSsrc, List.of(new ExtendedReport.ReferenceTime(clock.ntpTime(nowNanos)))));
        session.route().sendRtcp(out.flip());
    }

    private void onDelay(ExtendedReport.Delay answer, long nowNanos) {
        if (answer.ssrc() == ourSsrc
                && roundTrip.onAnswer(answer.lastReferenceTime(), answer.delay(), clock.compactTime(nowNanos))) {
            long nanos = roundTrip.smoothedNanos(0);
            streams.streams().forEach(stream -> stream.nacks().onRoundTrip(nanos));
        }
    }

    private static void sendOne(PeerSession session, RtcpPacket packet) {
        ByteBuffer out = session.loop().egress().claim();
        RtcpWriter.append(out, packet);
        session.route().sendRtcp(out.flip());
    }
}
