package live.strait.relay.sim;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import live.strait.protocol.bytes.SequenceUnwrapper;
import live.strait.protocol.rtcp.FullIntraRequest;
import live.strait.protocol.rtcp.GenericNack;
import live.strait.protocol.rtcp.PictureLossIndication;
import live.strait.protocol.rtcp.ReceiverReport;
import live.strait.protocol.rtcp.RtcpPacket;
import live.strait.protocol.rtcp.SenderReport;
import live.strait.protocol.rtcp.TransportFeedback;
import live.strait.relay.media.Lines;
import live.strait.signaling.control.Codec;
import org.jspecify.annotations.Nullable;

/// A host that sends as Chromium does: layers with timestamps of their own, three temporal layers each, named by
/// mid and rid until the first receiver report, resends by RTX, key frames on all layers a little after a
/// request.
public final class SimHost extends SimPeer {
    private static final long FRAME_NANOS = 33_250_000;
    private static final long AUDIO_NANOS = 20_000_000;
    private static final long SENDER_REPORT_NANOS = 1_000_000_000;
    private static final long ENCODER_NANOS = 30_000_000;
    private static final long REQUESTS_MERGED_NANOS = 300_000_000;
    private static final long PROBE_NANOS = 1_700_000_000;

    private final List<HostStream> streams = new ArrayList<>();
    private final List<SequenceUnwrapper> indices = new ArrayList<>();
    private final Set<Integer> layersOff = new HashSet<>();
    private boolean stopped;
    private int twccSequence;
    private long nextFrameNanos;
    private long nextAudioNanos;
    private long nextReportNanos;
    private long nextProbeNanos;
    private long keyFrameDueNanos = Long.MAX_VALUE;
    private long keyFrameMadeNanos;
    private int keyFrameRequests;
    private long lastRequestNanos = Long.MIN_VALUE / 2;
    private long shortestRequestIntervalNanos = Long.MAX_VALUE;
    private int feedbackPackets;
    private @Nullable TransportFeedback lastFeedback;
    private int rtcpPackets;
    private int nacked;
    private boolean padsOnMedia;
    private boolean losesStarts;

    /// @param turn tells the streams of one host from those of another in what viewers get
    public SimHost(long seed, int turn, Codec codec) {
        super(seed);
        streams.add(new HostStream("", 10 * turn, Lines.OPUS, 1, random()));
        int packets = 1;
        for (String rid : List.of("q", "h", "f")) {
            streams.add(new HostStream(rid, 10 * turn + streams.size(), codec, packets, random()));
            packets *= 2;
        }
        streams.forEach(each -> indices.add(new SequenceUnwrapper()));
    }

    /// The layer of that number, from 1, is sent no more.
    public void switchOff(int layer) {
        layersOff.add(layer);
    }

    public void switchOn(int layer) {
        layersOff.remove(layer);
    }

    /// The first packet of each key frame is lost on its way from now on, until it is sent again.
    public void loseStartsOfKeyFrames() {
        losesStarts = true;
    }

    /// Timestamps go on elsewhere, as those of another process would.
    void jumpTimestamps() {
        streams.forEach(each -> each.timestampOffset += 123_456_789);
    }

    /// Sends neither media nor reports from now on; consent goes on.
    public void stopMedia() {
        stopped = true;
    }

    /// Probes with padding on the media SSRCs, as senders without RTX do.
    public void padOnMedia() {
        padsOnMedia = true;
    }

    public int keyFrameRequests() {
        return keyFrameRequests;
    }

    public long shortestRequestIntervalNanos() {
        return shortestRequestIntervalNanos;
    }

    public int feedbackPackets() {
        return feedbackPackets;
    }

    /// The last transport-wide feedback.
    @Nullable
    TransportFeedback lastFeedback() {
        return lastFeedback;
    }

    /// All RTCP packets that have come.
    public int rtcpPackets() {
        return rtcpPackets;
    }

    /// Sequence numbers that were asked for again.
    public int nacked() {
        return nacked;
    }

    @Override
    void tick(long nowNanos) {
        if (stopped) {
            return;
        }
        if (nextFrameNanos == 0) {
            nextFrameNanos = nowNanos;
            nextAudioNanos = nowNanos;
            nextReportNanos = nowNanos + SENDER_REPORT_NANOS / 10;
            // Retransmission streams speak first: probes for bandwidth, before any media.
            nextProbeNanos = nowNanos;
        }
        if (nextProbeNanos <= nowNanos) {
            nextProbeNanos += PROBE_NANOS;
            probe(nowNanos);
        }
        if (keyFrameDueNanos <= nowNanos) {
            keyFrameDueNanos = Long.MAX_VALUE;
            keyFrameMadeNanos = nowNanos;
            streams.forEach(each -> each.keyFrameWanted = true);
        }
        if (nextFrameNanos <= nowNanos) {
            nextFrameNanos += FRAME_NANOS;
            for (int i = 1; i < streams.size(); i++) {
                if (!layersOff.contains(i)) {
                    streams.get(i).capture(nowNanos);
                }
            }
        }
        if (nextAudioNanos <= nowNanos) {
            nextAudioNanos += AUDIO_NANOS;
            streams.getFirst().capture(nowNanos);
        }
        if (nextReportNanos <= nowNanos) {
            nextReportNanos += SENDER_REPORT_NANOS;
            report(nowNanos);
        }
        for (int i = 0; i < streams.size(); i++) {
            HostStream.Packet packet = streams.get(i).waiting.poll(); // one packet of each stream per step: paced
            if (packet != null) {
                long index = indices.get(i).unwrap(packet.sequence()) - (1 << 16);
                ByteBuffer bytes = streams.get(i).write(packet, twccSequence++);
                if (!losesStarts || !packet.startsKeyFrame()) {
                    sendRtp(nowNanos, bytes, index);
                }
            }
        }
    }

    @Override
    void onRtp(long nowNanos, ByteBuffer packet) {
        throw new AssertionError("media towards a host");
    }

    @Override
    void onRtcp(long nowNanos, RtcpPacket packet) {
        rtcpPackets++;
        switch (packet) {
            case GenericNack nack -> {
                nacked += nack.lost().size();
                HostStream stream = stream(nack.mediaSsrc());
                for (int i = 0; i < nack.lost().size(); i++) {
                    ByteBuffer again = stream.retransmit(nack.lost().get(i), twccSequence++);
                    if (again != null) {
                        sendRtp(nowNanos, again, stream.rtxIndex());
                    }
                }
            }
            case PictureLossIndication pli -> onKeyFrameRequest(pli.mediaSsrc(), nowNanos);
            case FullIntraRequest fir ->
                onKeyFrameRequest(fir.entries().getFirst().ssrc(), nowNanos);
            case ReceiverReport report -> report.reports().forEach(block -> stream(block.ssrc()).reported = true);
            case TransportFeedback feedback -> {
                feedbackPackets++;
                lastFeedback = feedback;
            }
            default -> {}
        }
    }

    private void onKeyFrameRequest(int ssrc, long nowNanos) {
        stream(ssrc);
        keyFrameRequests++;
        shortestRequestIntervalNanos = Math.min(shortestRequestIntervalNanos, nowNanos - lastRequestNanos);
        lastRequestNanos = nowNanos;
        if (nowNanos - keyFrameMadeNanos > REQUESTS_MERGED_NANOS) {
            keyFrameDueNanos = Math.min(keyFrameDueNanos, nowNanos + ENCODER_NANOS);
        }
    }

    private void probe(long nowNanos) {
        for (HostStream stream : streams) {
            if (stream.isVideo() && padsOnMedia) {
                stream.pad(nowNanos);
            } else if (stream.isVideo()) {
                ByteBuffer padding = stream.retransmit(-1, twccSequence++);
                if (padding != null) {
                    sendRtp(nowNanos, padding, stream.rtxIndex());
                }
            }
        }
    }

    private void report(long nowNanos) {
        for (HostStream stream : streams) {
            sendRtcp(
                    nowNanos,
                    new SenderReport(
                            stream.ssrc,
                            node().clock().ntpTime(nowNanos),
                            stream.timestampAt(nowNanos) & 0xffffffffL,
                            stream.packetCount,
                            stream.octetCount,
                            List.of()));
        }
    }

    private HostStream stream(int ssrc) {
        for (HostStream stream : streams) {
            if (stream.ssrc == ssrc) {
                return stream;
            }
        }
        throw new AssertionError("the relay speaks of an SSRC that this host does not have");
    }
}
