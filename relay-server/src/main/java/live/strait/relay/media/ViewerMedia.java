package live.strait.relay.media;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.rtcp.ExtendedReport;
import live.strait.protocol.rtcp.FullIntraRequest;
import live.strait.protocol.rtcp.GenericNack;
import live.strait.protocol.rtcp.NtpClock;
import live.strait.protocol.rtcp.PictureLossIndication;
import live.strait.protocol.rtcp.ReceiverReport;
import live.strait.protocol.rtcp.ReportBlock;
import live.strait.protocol.rtcp.RoundTripEstimator;
import live.strait.protocol.rtcp.RtcpKind;
import live.strait.protocol.rtcp.RtcpPacket;
import live.strait.protocol.rtcp.RtcpWriter;
import live.strait.protocol.rtcp.SenderReport;
import live.strait.protocol.rtcp.SourceDescription;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.peer.PeerMedia;
import live.strait.relay.peer.PeerSession;
import live.strait.relay.peer.SessionEnd;
import live.strait.signaling.control.Codec;
import live.strait.signaling.control.LayerWish;
import live.strait.signaling.control.MediaLine;
import live.strait.signaling.control.SessionOpened.OutgoingStream;
import org.jspecify.annotations.Nullable;

/// What one viewer receives: a [Subscription] per line, and the reports that go with them.
///
/// The n-th audio and the n-th video line of the offer belong to place n of the room; who sits there may change.
/// A line that was rejected keeps its place: so a host's studio leaves out its own picture and takes those of
/// guests.
public final class ViewerMedia implements PeerMedia {
    private static final long REPORT_INTERVAL_NANOS = 1_000_000_000L;
    /// Estimates and transport feedback are for the estimator, which comes with adaptation.
    private static final Set<RtcpKind> WANTED_RTCP = Set.of(
            RtcpKind.GENERIC_NACK,
            RtcpKind.PICTURE_LOSS_INDICATION,
            RtcpKind.FULL_INTRA_REQUEST,
            RtcpKind.RECEIVER_REPORT,
            RtcpKind.SENDER_REPORT,
            RtcpKind.EXTENDED_REPORT);

    private final List<Subscription> subscriptions = new ArrayList<>();
    private final Map<Subscription, Integer> places = new HashMap<>();
    private final MediaLoop loop;
    /// Who sits where, kept until there are keys to send with.
    private final Map<Integer, @Nullable Publication> pending = new HashMap<>();
    private @Nullable PeerSession session;
    private long nextReportNanos = Long.MAX_VALUE;
    private int lastReportCompactNtp;
    private long lastReportNanos;
    private final RoundTripEstimator roundTrip = new RoundTripEstimator();
    /// The viewer's own reference time, to be answered (RFC 3611 section 4.4).
    private int referenceSsrc;
    private int referenceCompactNtp;
    private long referenceArrivalNanos;

    /// @param lines of the offer, in its order
    /// @param streams one per accepted audio or video line, in the same order
    public ViewerMedia(List<MediaLine> lines, List<OutgoingStream> streams, MediaLoop loop) {
        this.loop = loop;
        Map<MediaLine.Kind, Integer> linesOfKind = new EnumMap<>(MediaLine.Kind.class);
        int next = 0;
        for (MediaLine line : lines) {
            int place = linesOfKind.merge(line.kind(), 1, Integer::sum) - 1;
            if (line.accepted() && line.kind() != MediaLine.Kind.OTHER) {
                PacketSender sender = new PacketSender(line, streams.get(next++), loop);
                // Starting in the lower half keeps a receiver that misses the first packets sure of the rollover
                // counter.
                long first = ThreadLocalRandom.current().nextLong(1, 1 << 14);
                Subscription subscription =
                        new Subscription(line, line.codecs().getFirst().clockRate(), loop, sender, first);
                subscriptions.add(subscription);
                places.put(subscription, place);
            }
        }
    }

    /// Whether some line of this kind has a payload type for `codec`; from any thread.
    public boolean canDecode(MediaLine.Kind kind, Codec codec) {
        return subscriptions.stream()
                .anyMatch(each -> each.line().kind() == kind
                        && CodecMatch.find(each.line().codecs(), codec) != null);
    }

    /// Whether there is a line for this place; from any thread.
    public boolean receives(int place) {
        return places.containsValue(place);
    }

    /// Shows a publication at a place of the room from now on, or nothing there.
    public void bind(int place, @Nullable Publication publication, long nowNanos) {
        if (session == null) {
            pending.put(place, publication);
            return;
        }
        for (MediaLine.Kind kind : List.of(MediaLine.Kind.AUDIO, MediaLine.Kind.VIDEO)) {
            Subscription subscription = lineAt(kind, place);
            if (subscription != null) {
                subscription.bind(firstTrack(publication, kind), nowNanos);
            }
        }
    }

    /// What the viewer wants to see of the main picture.
    public void select(LayerWish wish, long nowNanos) {
        Subscription main = lineAt(MediaLine.Kind.VIDEO, 0);
        if (main != null) {
            main.select(wish, nowNanos);
        }
    }

    @Override
    public void onReady(PeerSession owner, long nowNanos) {
        session = owner;
        nextReportNanos = nowNanos + REPORT_INTERVAL_NANOS / 4;
        subscriptions.forEach(subscription -> subscription.sender().start(owner));
        pending.forEach((place, publication) -> bind(place, publication, nowNanos));
        pending.clear();
    }

    @Override
    public DropReason onRtp(ByteBuffer packet, long arrivalNanos, long nowNanos) {
        return DropReason.RTP_FROM_VIEWER;
    }

    @Override
    public Set<RtcpKind> wantedRtcp() {
        return WANTED_RTCP;
    }

    @Override
    public void onRtcp(RtcpPacket packet, long nowNanos) {
        switch (packet) {
            case GenericNack nack -> {
                Subscription subscription = bySsrc(nack.mediaSsrc());
                if (subscription != null) {
                    subscription.onNack(nack.lost(), nowNanos);
                }
            }
            case PictureLossIndication pli -> requestKeyFrame(pli.mediaSsrc(), nowNanos);
            case FullIntraRequest fir -> fir.entries().forEach(entry -> requestKeyFrame(entry.ssrc(), nowNanos));
            case ReceiverReport report -> report.reports().forEach(block -> onReportBlock(block, nowNanos));
            case SenderReport report -> report.reports().forEach(block -> onReportBlock(block, nowNanos));
            case ExtendedReport report -> report.blocks().forEach(block -> onExtended(report, block, nowNanos));
            default -> {}
        }
    }

    @Override
    public void onPathChanged(long nowNanos) {
        // What was on its way over the old path is likely lost; the picture need not wait for the viewer to notice.
        subscriptions.forEach(subscription -> subscription.onKeyFrameRequest(nowNanos));
    }

    @Override
    public long nextDeadlineNanos() {
        return nextReportNanos;
    }

    @Override
    public void onTimeout(long nowNanos) {
        PeerSession owner = session;
        if (owner == null) {
            return;
        }
        nextReportNanos = nowNanos + REPORT_INTERVAL_NANOS;
        for (Subscription subscription : subscriptions) {
            subscription.onTimeout(nowNanos);
            sendReport(owner, subscription, nowNanos);
        }
    }

    @Override
    public void onClosed(SessionEnd end) {
        long nowNanos = loop.nowNanos();
        session = null;
        subscriptions.forEach(subscription -> subscription.bind(null, nowNanos));
    }

    private void sendReport(PeerSession owner, Subscription subscription, long nowNanos) {
        SourceStream source = subscription.current();
        SenderReportMark mark = source == null ? null : source.lastReport();
        if (mark == null) {
            return;
        }
        // The publisher's wall clock, carried on by ours since its last report: audio and video agree on it.
        long elapsed = nowNanos - mark.arrivalNanos();
        long ntpTime = mark.ntpTime() + NtpClock.fixedPoint(elapsed);
        long timestamp = subscription.outgoingTimestampAt(ntpTime);
        if (timestamp < 0) {
            return;
        }
        int ssrc = (int) subscription.sender().stream().ssrc();
        ByteBuffer out = loop.egress().claim();
        RtcpWriter.append(
                out,
                new SenderReport(
                        ssrc,
                        ntpTime,
                        timestamp,
                        subscription.packetCount() & 0xffffffffL,
                        subscription.octetCount() & 0xffffffffL,
                        List.of()));
        RtcpWriter.append(
                out,
                SourceDescription.cname(ssrc, subscription.sender().stream().cname()));
        if (referenceCompactNtp != 0) {
            int delay = NtpClock.compactDuration(nowNanos - referenceArrivalNanos);
            RtcpWriter.append(
                    out,
                    new ExtendedReport(
                            ssrc,
                            List.of(new ExtendedReport.Delays(
                                    List.of(new ExtendedReport.Delay(referenceSsrc, referenceCompactNtp, delay))))));
        }
        lastReportCompactNtp = NtpClock.compact(ntpTime);
        lastReportNanos = nowNanos;
        owner.route().sendRtcp(out.flip());
    }

    private void onReportBlock(ReportBlock block, long nowNanos) {
        if (block.lastSenderReport() != lastReportCompactNtp) {
            return; // the answer to an older report, whose publisher may have had another clock
        }
        int nowCompact = lastReportCompactNtp + NtpClock.compactDuration(nowNanos - lastReportNanos);
        if (roundTrip.onAnswer(block.lastSenderReport(), block.delaySinceLastSenderReport(), nowCompact)) {
            long nanos = roundTrip.smoothedNanos(0);
            subscriptions.forEach(subscription -> subscription.sender().onRoundTrip(nanos));
        }
    }

    private void onExtended(ExtendedReport report, ExtendedReport.Block block, long nowNanos) {
        if (block instanceof ExtendedReport.ReferenceTime(long ntpTime)) {
            referenceSsrc = report.senderSsrc();
            referenceCompactNtp = NtpClock.compact(ntpTime);
            referenceArrivalNanos = nowNanos;
        }
    }

    private void requestKeyFrame(int ssrc, long nowNanos) {
        Subscription subscription = bySsrc(ssrc);
        if (subscription != null) {
            subscription.onKeyFrameRequest(nowNanos);
        }
    }

    private @Nullable Subscription bySsrc(int ssrc) {
        for (int i = 0; i < subscriptions.size(); i++) { // without an iterator: once per NACK
            Subscription subscription = subscriptions.get(i);
            if ((int) subscription.sender().stream().ssrc() == ssrc) {
                return subscription;
            }
        }
        return null;
    }

    private @Nullable Subscription lineAt(MediaLine.Kind kind, int place) {
        for (Subscription subscription : subscriptions) {
            if (subscription.line().kind() == kind && Objects.equals(places.get(subscription), place)) {
                return subscription;
            }
        }
        return null;
    }

    private static @Nullable PublishedTrack firstTrack(@Nullable Publication publication, MediaLine.Kind kind) {
        if (publication != null) {
            for (PublishedTrack track : publication.tracks()) {
                if (track.line().kind() == kind) {
                    return track;
                }
            }
        }
        return null;
    }
}
