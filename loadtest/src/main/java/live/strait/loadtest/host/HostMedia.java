package live.strait.loadtest.host;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import live.strait.loadtest.host.HostStream.Packet;
import live.strait.loadtest.peer.ClientPeer;
import live.strait.loadtest.peer.PeerMedia;
import live.strait.loadtest.stamp.PacketStamps;
import live.strait.loadtest.stamp.PayloadKind;
import live.strait.protocol.rtcp.ExtendedReport;
import live.strait.protocol.rtcp.FullIntraRequest;
import live.strait.protocol.rtcp.GenericNack;
import live.strait.protocol.rtcp.NtpClock;
import live.strait.protocol.rtcp.PictureLossIndication;
import live.strait.protocol.rtcp.ReceiverReport;
import live.strait.protocol.rtcp.RtcpPacket;
import live.strait.protocol.rtcp.RtcpWriter;
import live.strait.protocol.rtcp.SourceDescription;
import live.strait.protocol.rtp.RtpHeaderWriter;
import live.strait.signaling.control.MediaLine;
import live.strait.signaling.control.MediaLine.SsrcPair;
import live.strait.signaling.session.ClientAnswer;
import org.jspecify.annotations.Nullable;

/// What a host sends: one audio stream and one or more layers of VP8, with sender reports each second.
///
/// Frames become packets at once and wait for the pacer, where the layers take turns packet by packet, as they do
/// in Chromium's; retransmissions go before them, audio does not wait.
public final class HostMedia implements PeerMedia, MediaSource.Sink {
    private static final long REPORT_INTERVAL_NANOS = 1_000_000_000;
    private static final String CNAME = "strait-loadtest";

    private final MediaSource source;
    private final @Nullable PacketStamps stamps;
    private final @Nullable HostStream audio;
    private final List<HostStream> video = new ArrayList<>();
    private final BurstPacer pacer;
    private final Queue<Packet> again = new ArrayDeque<>();
    private final List<Queue<Packet>> waiting = new ArrayList<>();
    private final RtpHeaderWriter header = new RtpHeaderWriter();
    private final NtpClock clock = new NtpClock(System.currentTimeMillis() * 1_000_000 - System.nanoTime());
    private @Nullable ClientPeer peer;
    private long startNanos;
    private long nextReportNanos;
    private int turn;
    private int transportSequence;
    private @Nullable Reference reference;
    private volatile boolean live;
    private volatile @Nullable String ending;

    /// Makes the streams that the answer allows.
    ///
    /// @param stamps writes kind, counter and time into the tails of payloads of the sound and the highest layer,
    ///   or null to leave them alone
    public HostMedia(ClientAnswer answer, HostSsrcs ssrcs, MediaSource source, @Nullable PacketStamps stamps) {
        this.source = source;
        this.stamps = stamps;
        RandomGenerator random = ThreadLocalRandom.current();
        MediaLine audioLine = answer.line(MediaLine.Kind.AUDIO);
        audio = audioLine == null ? null : new HostStream(audioLine, new SsrcPair(ssrcs.audio(), -1), "", random);
        MediaLine videoLine = answer.line(MediaLine.Kind.VIDEO);
        for (int i = 0; i < source.layers().size() && videoLine != null; i++) {
            String rid = source.layers().get(i);
            video.add(new HostStream(videoLine, ssrcs.video().get(i), rid, random));
            waiting.add(new ArrayDeque<>());
        }
        pacer = new BurstPacer(source.bitrateBps());
    }

    /// Whether packets go out; from any thread.
    public boolean isLive() {
        return live;
    }

    /// Why the session ended, or null while it has not; from any thread.
    public @Nullable String ending() {
        return ending;
    }

    @Override
    public void onReady(ClientPeer owner, long nowNanos) {
        peer = owner;
        startNanos = nowNanos;
        nextReportNanos = nowNanos;
        source.start(nowNanos);
        live = true;
    }

    @Override
    public void video(int layer, long mediaNanos, EncodedFrame frame) {
        if (layer >= video.size()) {
            return;
        }
        PayloadKind kind = PayloadKind.ofFrame(frame.keyFrame());
        int count = Vp8Packetizer.count(frame);
        for (int i = 0; i < count; i++) {
            int bytes = Vp8Packetizer.payloadBytes(frame, i, count);
            Packet packet = video.get(layer).take(bytes, kind, i == count - 1, mediaNanos);
            Vp8Packetizer.write(frame, i, count, packet.payload);
            packet.payload.flip();
            waiting.get(layer).add(packet);
        }
    }

    @Override
    public void audio(long mediaNanos, ByteBuffer packet) {
        HostStream stream = audio;
        if (stream != null) {
            Packet sound = stream.take(packet.remaining(), PayloadKind.SOUND, false, mediaNanos);
            sound.payload.put(0, packet, packet.position(), packet.remaining());
            send(sound, System.nanoTime());
        }
    }

    @Override
    public void onRtp(ByteBuffer packet, long arrivalNanos) {
        // A host gets none.
    }

    @Override
    public void onRtcp(RtcpPacket packet, long nowNanos) {
        switch (packet) {
            case GenericNack nack -> sendAgain(nack);
            case PictureLossIndication _ -> source.requestKeyFrame();
            case FullIntraRequest _ -> source.requestKeyFrame();
            case ReceiverReport report -> report.reports().forEach(block -> markKnown(block.ssrc()));
            case ExtendedReport report ->
                report.blocks().forEach(block -> {
                    if (block instanceof ExtendedReport.ReferenceTime(long ntpTime)) {
                        reference = new Reference(report.senderSsrc(), NtpClock.compact(ntpTime), nowNanos);
                    }
                });
            default -> {} // the rate is fixed: estimates and feedback change nothing
        }
    }

    @Override
    public long nextDeadlineNanos() {
        long frames = Math.min(source.nextFrameNanos(), nextReportNanos);
        return hasPackets() ? Math.min(frames, pacer.nextSendNanos()) : frames;
    }

    @Override
    public void onTimeout(long nowNanos) {
        if (source.nextFrameNanos() <= nowNanos) {
            source.emit(nowNanos, this);
        }
        if (nextReportNanos <= nowNanos) {
            nextReportNanos = nowNanos + REPORT_INTERVAL_NANOS;
            sendReports(nowNanos);
        }
        for (Packet packet = nextPaced(nowNanos); packet != null; packet = nextPaced(nowNanos)) {
            send(packet, nowNanos);
        }
    }

    @Override
    public void onClosed(String cause) {
        live = false;
        ending = cause;
        peer = null;
    }

    private boolean hasPackets() {
        boolean any = !again.isEmpty();
        for (int i = 0; i < waiting.size(); i++) {
            any |= !waiting.get(i).isEmpty();
        }
        return any;
    }

    private @Nullable Packet nextPaced(long nowNanos) {
        if (!pacer.maySend(nowNanos)) {
            return null;
        }
        Packet packet = again.poll();
        if (packet != null) {
            packet.again--;
        }
        for (int i = 0; packet == null && i < waiting.size(); i++) {
            turn = (turn + 1) % waiting.size();
            packet = waiting.get(turn).poll();
        }
        return packet;
    }

    private void send(Packet packet, long nowNanos) {
        ClientPeer way = peer;
        if (way == null) {
            return;
        }
        HostStream stream = packet.stream;
        int transport = stream.isTransportWide() ? transportSequence++ & 0xffff : 0;
        ByteBuffer out = way.claim();
        long index;
        if (packet.sent) {
            index = stream.writeAgain(packet, transport, header, out);
        } else {
            packet.sent = true;
            stream.statistics().onPacket(packet.payload.remaining());
            if (stamps != null && (stream == audio || stream == video.getLast())) {
                stamps.write(packet.payload, packet.kind, System.nanoTime());
            }
            index = stream.write(packet, transport, header, out);
        }
        pacer.onSent(out.position(), nowNanos);
        way.sendRtp(out.flip(), index);
    }

    private void sendAgain(GenericNack nack) {
        for (HostStream stream : video) {
            if (stream.ssrc() == nack.mediaSsrc() && stream.canRetransmit()) {
                for (int i = 0; i < nack.lost().size(); i++) {
                    Packet packet = stream.find(nack.lost().get(i));
                    if (packet != null && packet.sent) {
                        again.add(packet);
                        packet.again++;
                    }
                }
            }
        }
    }

    private void markKnown(int ssrc) {
        for (HostStream stream : video) {
            if (stream.ssrc() == ssrc) {
                stream.onKnown();
            }
        }
        if (audio != null && audio.ssrc() == ssrc) {
            audio.onKnown();
        }
    }

    private void sendReports(long nowNanos) {
        if (audio != null) {
            sendReport(audio, nowNanos);
        }
        video.forEach(stream -> sendReport(stream, nowNanos));
    }

    private void sendReport(HostStream stream, long nowNanos) {
        ClientPeer way = peer;
        if (way == null) {
            return;
        }
        ByteBuffer out = way.claim();
        long timestamp = stream.timestampAt(nowNanos - startNanos);
        RtcpWriter.append(out, stream.statistics().build(stream.ssrc(), clock.ntpTime(nowNanos), timestamp, List.of()));
        RtcpWriter.append(out, SourceDescription.cname(stream.ssrc(), CNAME));
        Reference asked = reference;
        if (asked != null) {
            int delay = NtpClock.compactDuration(nowNanos - asked.arrivalNanos);
            ExtendedReport.Delay answer = new ExtendedReport.Delay(asked.ssrc, asked.compactNtp, delay);
            RtcpWriter.append(
                    out, new ExtendedReport(stream.ssrc(), List.of(new ExtendedReport.Delays(List.of(answer)))));
        }
        way.sendRtcp(out.flip());
    }

    /// The relay's last reference time (RFC 3611 section 4.4), which the next report answers.
    private record Reference(int ssrc, int compactNtp, long arrivalNanos) {}
}
