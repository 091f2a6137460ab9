package live.strait.loadtest.viewer;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import live.strait.loadtest.peer.ClientPeer;
import live.strait.loadtest.peer.PeerMedia;
import live.strait.loadtest.stamp.PacketStamps;
import live.strait.protocol.rtcp.PictureLossIndication;
import live.strait.protocol.rtcp.ReceiverReport;
import live.strait.protocol.rtcp.ReportBlock;
import live.strait.protocol.rtcp.RtcpPacket;
import live.strait.protocol.rtcp.RtcpWriter;
import live.strait.protocol.rtcp.SenderReport;
import live.strait.protocol.rtcp.SourceDescription;
import live.strait.protocol.rtcp.TransportFeedback;
import live.strait.protocol.rtcp.TwccOptions;
import live.strait.protocol.rtcp.TwccRecorder;
import live.strait.protocol.rtp.FrameInfo;
import live.strait.protocol.rtp.RtpView;
import live.strait.protocol.rtp.VideoCodec;
import live.strait.protocol.rtp.VideoPayload;
import live.strait.protocol.sdp.HeaderExtension;
import live.strait.signaling.control.Codec;
import live.strait.signaling.control.MediaLine;
import live.strait.signaling.session.ClientAnswer;
import org.jspecify.annotations.Nullable;

/// What a viewer receives and answers: transport-wide feedback 16 times a second and receiver reports as often as
/// Chromium sends them for one picture and its sound.
///
/// It asks for no retransmissions, so that what a relay or the way to it loses is seen as loss.
public final class ViewerMedia implements PeerMedia {
    private static final TwccOptions FEEDBACK = new TwccOptions(60_000_000, 1100, 500_000_000);
    /// On average; each is drawn between half and one and a half of it (RFC 3550 section 6.3.1). Chromium reports
    /// on the picture each second and apart from it on the sound each five.
    private static final long REPORT_INTERVAL_NANOS = 850_000_000L;
    /// As long as there is no picture, one is asked for this often.
    private static final long KEY_FRAME_PATIENCE_NANOS = 500_000_000;

    private final ViewerFigures figures;
    private final Audience audience;
    private final RoomStream room;
    private final Map<Integer, Codec> codecs = new HashMap<>();
    private final int transportWideId;
    private final TwccRecorder feedback = new TwccRecorder(FEEDBACK);
    private final List<ReceivedStream> streams = new ArrayList<>();
    private final RtpView view = new RtpView();
    private final FrameInfo frame = new FrameInfo();
    private final int ourSsrc = ThreadLocalRandom.current().nextInt();
    private boolean messageCounted;
    private @Nullable ClientPeer peer;
    private long nextReportNanos = Long.MAX_VALUE;
    private long nextKeyFrameRequestNanos = Long.MAX_VALUE;

    public ViewerMedia(ClientAnswer answer, ViewerFigures figures, Audience audience, RoomStream room) {
        this.room = room;
        this.figures = figures;
        this.audience = audience;
        int id = 0;
        for (MediaLine line : answer.lines()) {
            line.codecs().forEach(codec -> codecs.put(codec.payloadType(), codec));
            id = Math.max(id, line.extensions().getOrDefault(HeaderExtension.TRANSPORT_WIDE_CC.uri(), 0));
        }
        transportWideId = id;
    }

    @Override
    public void onReady(ClientPeer owner, long nowNanos) {
        peer = owner;
        nextReportNanos = nowNanos + randomPartOfAnInterval();
    }

    @Override
    public void onRtp(ByteBuffer packet, long arrivalNanos) {
        if (!view.wrap(packet)) {
            return;
        }
        if (transportWideId != 0 && view.findExtension(transportWideId)) {
            feedback.onPacket(packet.getShort(view.extensionOffset()) & 0xffff, arrivalNanos);
        }
        ReceivedStream stream = stream();
        if (stream != null) {
            stream.onPacket(view, arrivalNanos);
            countMessage(stream);
            if (!figures.hasJoined()) {
                look(stream, arrivalNanos);
            }
        }
        int end = view.payloadOffset() + view.payloadLength();
        int stamp = PacketStamps.find(packet, view.payloadOffset(), end);
        if (stamp >= 0) {
            int number = PacketStamps.number(packet, stamp);
            long delayNanos = arrivalNanos - PacketStamps.sentNanos(packet, stamp);
            audience.onPacket(room, number, PacketStamps.kind(packet, stamp), delayNanos, figures);
        }
    }

    @Override
    public void onRtcp(RtcpPacket packet, long nowNanos) {
        if (packet instanceof SenderReport report) {
            ReceivedStream stream = find(report.senderSsrc());
            if (stream != null) {
                stream.onSenderReport(report.ntpTime(), nowNanos);
            }
        }
    }

    @Override
    public long nextDeadlineNanos() {
        long reports = Math.min(nextReportNanos, nextKeyFrameRequestNanos);
        return Math.min(reports, feedback.nextDeadline().atNanos());
    }

    @Override
    public void onTimeout(long nowNanos) {
        if (feedback.nextDeadline().isDue(nowNanos)) {
            sendFeedback(nowNanos);
        }
        if (nextReportNanos <= nowNanos) {
            nextReportNanos = nowNanos + REPORT_INTERVAL_NANOS / 2 + randomPartOfAnInterval();
            sendReport(nowNanos);
        }
        if (nextKeyFrameRequestNanos <= nowNanos) {
            nextKeyFrameRequestNanos = figures.hasJoined() ? Long.MAX_VALUE : nowNanos + KEY_FRAME_PATIENCE_NANOS;
            requestKeyFrame();
        }
    }

    @Override
    public void onClosed(String cause) {
        figures.onEnding(cause);
        peer = null;
    }

    private static long randomPartOfAnInterval() {
        return ThreadLocalRandom.current().nextLong(REPORT_INTERVAL_NANOS);
    }

    /// Of the packets of one message the first of video counts the message.
    private void countMessage(ReceivedStream stream) {
        ClientPeer way = peer;
        if (way != null && way.seesMessages()) {
            messageCounted &= !way.beginsMessage();
            if (stream.video) {
                audience.onVideo(!messageCounted);
                messageCounted = true;
            }
        }
    }

    /// Looks for the first key frame.
    private void look(ReceivedStream stream, long nowNanos) {
        if (!stream.video) {
            return;
        }
        frame.clear();
        if (VideoPayload.peek(VideoCodec.VP8, view, frame) && frame.keyFrame) {
            figures.onFirstKeyFrame(nowNanos);
            nextKeyFrameRequestNanos = Long.MAX_VALUE;
        } else if (nextKeyFrameRequestNanos == Long.MAX_VALUE) {
            nextKeyFrameRequestNanos = nowNanos + KEY_FRAME_PATIENCE_NANOS;
        }
    }

    /// The books of the packet's SSRC, or null for retransmissions and payload types that mean nothing to us.
    private @Nullable ReceivedStream stream() {
        ReceivedStream known = find(view.ssrc());
        if (known == null) {
            Codec codec = codecs.get(view.payloadType());
            if (codec != null) {
                boolean video = codec.name() != Codec.Name.OPUS && codec.name() != Codec.Name.RED;
                known = new ReceivedStream(view.ssrc(), video, codec.clockRate());
                streams.add(known);
            }
        }
        return known;
    }

    private @Nullable ReceivedStream find(int ssrc) {
        for (int i = 0; i < streams.size(); i++) {
            if (streams.get(i).ssrc == ssrc) {
                return streams.get(i);
            }
        }
        return null;
    }

    private void sendFeedback(long nowNanos) {
        int mediaSsrc = streams.isEmpty() ? 0 : streams.getFirst().ssrc;
        for (TransportFeedback next = feedback.build(ourSsrc, mediaSsrc, nowNanos);
                next != null;
                next = feedback.build(ourSsrc, mediaSsrc, nowNanos)) {
            send(next);
        }
    }

    private void sendReport(long nowNanos) {
        List<ReportBlock> blocks =
                streams.stream().map(stream -> stream.report(nowNanos)).toList();
        send(new ReceiverReport(ourSsrc, blocks), SourceDescription.cname(ourSsrc, "viewer"));
    }

    private void requestKeyFrame() {
        for (ReceivedStream stream : streams) {
            if (stream.video) {
                send(new PictureLossIndication(ourSsrc, stream.ssrc));
            }
        }
    }

    private void send(RtcpPacket... packets) {
        ClientPeer way = peer;
        if (way != null) {
            ByteBuffer out = way.claim();
            for (RtcpPacket packet : packets) {
                RtcpWriter.append(out, packet);
            }
            way.sendRtcp(out.flip());
        }
    }
}
