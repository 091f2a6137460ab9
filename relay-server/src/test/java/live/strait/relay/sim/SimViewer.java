package live.strait.relay.sim;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import live.strait.protocol.bytes.IntList;
import live.strait.protocol.bytes.SequenceUnwrapper;
import live.strait.protocol.rtcp.GenericNack;
import live.strait.protocol.rtcp.NackOptions;
import live.strait.protocol.rtcp.NackRequester;
import live.strait.protocol.rtcp.PictureLossIndication;
import live.strait.protocol.rtcp.ReceiverReport;
import live.strait.protocol.rtcp.ReceptionStatistics;
import live.strait.protocol.rtcp.ReportBlock;
import live.strait.protocol.rtcp.RtcpPacket;
import live.strait.protocol.rtcp.SenderReport;
import live.strait.protocol.rtcp.SequenceNumbers;
import live.strait.protocol.rtp.RtpView;
import live.strait.protocol.rtp.RtxUnwrapper;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.media.Lines;
import live.strait.relay.media.ViewerMedia;
import live.strait.signaling.control.Codec;
import live.strait.signaling.control.MediaLine;
import live.strait.signaling.control.MediaLine.Kind;
import live.strait.signaling.control.SessionOpened.OutgoingStream;
import org.jspecify.annotations.Nullable;

/// A viewer that keeps books as a browser does: asks for what is missing, reports, and asks for a key frame when a
/// loss is given up. Everything it gets goes to [ReceivedVideo].
public final class SimViewer extends SimPeer {
    private static final int OUR_SSRC = 1;
    private static final int VIDEO_PT = 120;
    private static final int RTX_PT = 121;
    private static final int H264_PT = 122;
    private static final int H264_RTX_PT = 123;
    private static final int AUDIO_PT = 109;
    private static final long REPORT_NANOS = 1_000_000_000;

    private final OutgoingStream audio = new OutgoingStream("a", 0xA0000001L, -1, "strait", "m");
    private final OutgoingStream video;
    private final List<MediaLine> lines;
    private final ReceivedVideo received = new ReceivedVideo();
    private final RtpView view = new RtpView();
    private final SequenceUnwrapper videoLine = new SequenceUnwrapper();
    private final SequenceUnwrapper audioLine = new SequenceUnwrapper();
    private final Set<Long> audioPackets = new HashSet<>();
    private final ReceptionStatistics reception = new ReceptionStatistics();
    private final NackRequester nacks = new NackRequester(NackOptions.DEFAULT);
    private final IntList lost = new IntList(64);
    private final List<SenderReport> reports = new ArrayList<>();
    private long nextReportNanos;
    private long lastKeyFrameRequestNanos;
    private int rtxPackets;
    private int paddingPackets;
    private int h264Packets;
    private boolean asksForKeyFrames = true;
    private @Nullable SimChannels channels;

    /// @param rtx whether retransmission on an SSRC of its own is negotiated
    public SimViewer(long seed, boolean rtx) {
        super(seed);
        Codec vp8 = Lines.renumbered(Lines.VP8, VIDEO_PT, rtx ? RTX_PT : -1);
        video = new OutgoingStream("v", ReceivedVideo.SSRC & 0xffffffffL, rtx ? 0xB0000003L : -1, "strait", "m");
        lines = List.of(
                Lines.viewing("a", Kind.AUDIO, Lines.renumbered(Lines.OPUS, AUDIO_PT, -1)),
                Lines.viewing("v", Kind.VIDEO, vp8, Lines.renumbered(Lines.H264, H264_PT, rtx ? H264_RTX_PT : -1)));
    }

    /// From now on it is a page with the lane beside its media.
    public SimChannels openLane() {
        SimChannels opened = new SimChannels(this);
        channels = opened;
        return opened;
    }

    /// The relay's media for this viewer.
    public ViewerMedia media(MediaLoop loop) {
        return new ViewerMedia(lines, List.of(audio, video), loop);
    }

    /// The same for a studio, whose lines for the host's place are rejected.
    public ViewerMedia mediaOfGuestsAlone(MediaLoop loop) {
        List<MediaLine> offered = new ArrayList<>(List.of(rejected("x", Kind.AUDIO), rejected("y", Kind.VIDEO)));
        offered.addAll(lines);
        return new ViewerMedia(offered, List.of(audio, video), loop);
    }

    private static MediaLine rejected(String mid, Kind kind) {
        return new MediaLine(mid, kind, false, List.of(), Map.of(), List.of(), List.of());
    }

    public ReceivedVideo video() {
        return received;
    }

    public List<SenderReport> reports() {
        return reports;
    }

    public int rtxPackets() {
        return rtxPackets;
    }

    /// Packets without payload.
    public int paddingPackets() {
        return paddingPackets;
    }

    public int h264Packets() {
        return h264Packets;
    }

    public int audioPacketCount() {
        return audioPackets.size();
    }

    /// From now on nothing is asked of the relay but what was lost.
    public void neverAskForKeyFrames() {
        asksForKeyFrames = false;
    }

    /// Asks for a key frame now.
    public void requestKeyFrame() {
        sendRtcp(node().nowNanos(), new PictureLossIndication(OUR_SSRC, (int) video.ssrc()));
    }

    @Override
    void onRtp(long nowNanos, ByteBuffer packet) {
        if (!view.wrap(packet)) {
            throw new AssertionError("malformed RTP towards a viewer");
        }
        if (view.ssrc() == (int) audio.ssrc()) {
            audioPackets.add(audioLine.unwrap(view.sequenceNumber()));
            return;
        }
        if (view.ssrc() == (int) video.rtxSsrc()) {
            rtxPackets++;
            int original = view.payloadType() == RTX_PT ? VIDEO_PT : H264_PT;
            if (RtxUnwrapper.unwrap(view, (int) video.ssrc(), original) != RtxUnwrapper.Result.REBUILT) {
                return;
            }
        } else if (view.ssrc() != (int) video.ssrc()) {
            throw new AssertionError("an SSRC that was not announced");
        }
        onVideo(nowNanos);
    }

    private void onVideo(long nowNanos) {
        int payloadType = view.payloadType();
        if (payloadType != VIDEO_PT && payloadType != H264_PT) {
            throw new AssertionError("payload type " + payloadType);
        }
        long extSeq = videoLine.unwrap(view.sequenceNumber());
        reception.onPacket(extSeq, view.timestamp(), nowNanos, 90_000);
        nacks.onPacket(extSeq, nowNanos);
        if (view.payloadLength() == 0) {
            paddingPackets++;
            return;
        }
        received.put(
                nowNanos, extSeq, view.timestamp(), view.marker(), TestFrame.read(view.buffer(), view.payloadOffset()));
    }

    @Override
    void onRtcp(long nowNanos, RtcpPacket packet) {
        if (packet instanceof SenderReport report) {
            reports.add(report);
            if (report.senderSsrc() == (int) video.ssrc()) {
                reception.onSenderReport(report.ntpTime(), nowNanos);
            }
        }
    }

    @Override
    void tick(long nowNanos) {
        if (channels != null) {
            channels.tick(nowNanos);
        }
        if (nowNanos % 5_000_000 != 0) {
            return;
        }
        lost.clear();
        nacks.pollNack(nowNanos, lost);
        if (!lost.isEmpty()) {
            sendRtcp(nowNanos, new GenericNack(OUR_SSRC, (int) video.ssrc(), SequenceNumbers.copyOf(lost)));
        }
        if (nacks.pollKeyFrameNeeded() && asksForKeyFrames && nowNanos - lastKeyFrameRequestNanos > 500_000_000) {
            lastKeyFrameRequestNanos = nowNanos;
            requestKeyFrame();
        }
        if (nextReportNanos <= nowNanos) {
            nextReportNanos = nowNanos + REPORT_NANOS;
            List<ReportBlock> blocks =
                    reception.hasReceived() ? List.of(reception.build((int) video.ssrc(), nowNanos)) : List.of();
            sendRtcp(nowNanos, new ReceiverReport(OUR_SSRC, blocks));
        }
    }
}
