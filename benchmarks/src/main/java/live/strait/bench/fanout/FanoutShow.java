package live.strait.bench.fanout;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import live.strait.protocol.crypto.CryptoEngine;
import live.strait.protocol.ice.PeerAddress;
import live.strait.protocol.rtcp.NtpClock;
import live.strait.protocol.rtcp.RtcpPacket;
import live.strait.protocol.rtp.RtpHeaderWriter;
import live.strait.protocol.sdp.HeaderExtension;
import live.strait.relay.egress.Egress;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.media.Publication;
import live.strait.relay.media.ViewerMedia;
import live.strait.relay.observe.LoopCounters;
import live.strait.signaling.control.Codec;
import live.strait.signaling.control.MediaLine;
import live.strait.signaling.control.MediaLine.Kind;
import live.strait.signaling.control.MediaLine.SsrcPair;
import live.strait.signaling.control.SessionOpened.OutgoingStream;

/// One host's VP8 and its viewers on one media loop, as a node has them, driven by the caller's thread.
///
/// [#beginFrame] is what comes before the fan-out: a batch begins, and the host's packets of 1200 bytes are put
/// into the cache. [#endFrame] is the fan-out: subscription, header, seal, and whatever the egress does. Frames
/// are 33 ms apart on a clock of their own.
public final class FanoutShow {
    /// Where viewers have their sockets.
    public static final int VIEWER_PORT = 5004;

    private static final int HOST_SSRC = 0x5EA1;
    private static final int FIRST_VIEWER_SSRC = 1000;
    private static final int FIRST_RTX_SSRC = 1_000_000;
    private static final int PAYLOAD_BYTES = 1180;
    private static final long FRAME_NANOS = 33_333_333;
    private static final Codec HOSTS_VP8 = vp8(-1);
    private static final Codec VIEWERS_VP8 = vp8(97);

    private final BenchNode node;
    private final MediaLoop loop;
    private final Publication publication;
    private final PeerAddress hostAddress;
    private final InetAddress first;
    private final List<ViewerMedia> viewers = new ArrayList<>();
    private final RtpHeaderWriter header = new RtpHeaderWriter();
    private final ByteBuffer packet = ByteBuffer.allocateDirect(1500);
    private long nowNanos;
    private int sequence;
    private int frame;
    private int audience;

    /// @param first the first viewer's address; the others' follow
    /// @param outside gets what is sent once all have connected
    public FanoutShow(CryptoEngine crypto, InetAddress first, Egress outside, LoopCounters counters) {
        this.first = first;
        hostAddress = PeerAddress.udp(new InetSocketAddress(first, 2));
        node = new BenchNode(crypto, PeerAddress.udp(new InetSocketAddress(first, 1)), outside, counters);
        loop = node.loop();
        MediaLine line = new MediaLine(
                "0", Kind.VIDEO, true, List.of(HOSTS_VP8), Map.of(), List.of(), List.of(new SsrcPair(HOST_SSRC, -1)));
        publication = new Publication(List.of(line), loop, List.of(loop), new NtpClock(0));
    }

    /// The host and so many viewers shake hands: some 3 ms of CPU time for each.
    public void connect(int count) throws IOException, InterruptedException {
        node.connect(publication, hostAddress);
        MediaLine line = new MediaLine(
                "0",
                Kind.VIDEO,
                true,
                List.of(VIEWERS_VP8),
                Map.of(HeaderExtension.TRANSPORT_WIDE_CC.uri(), 5),
                List.of(),
                List.of());
        int base = ByteBuffer.wrap(first.getAddress()).getInt();
        for (int i = 0; i < count; i++) {
            OutgoingStream stream = new OutgoingStream("0", FIRST_VIEWER_SSRC + i, FIRST_RTX_SSRC + i, "c", "m");
            ViewerMedia media = new ViewerMedia(List.of(line), List.of(stream), loop);
            InetAddress address = InetAddress.getByAddress(
                    ByteBuffer.allocate(4).putInt(base + i).array());
            node.connect(media, PeerAddress.udp(new InetSocketAddress(address, VIEWER_PORT)));
            viewers.add(media);
        }
        node.letOut();
        nowNanos = System.nanoTime();
    }

    /// From now on the first so many viewers watch; they begin with a key frame.
    public void watch(int count) {
        if (count == audience) {
            return;
        }
        audience = count;
        loop.beginBatch(nowNanos);
        for (int i = 0; i < viewers.size(); i++) {
            viewers.get(i).bind(0, i < count ? publication : null, nowNanos);
        }
        loop.endBatch();
        loop.drainMailbox(nowNanos);
        beginFrame(1, true);
        endFrame();
    }

    /// Puts a frame into the cache, as if the host had sent it in one batch.
    public void beginFrame(int packets) {
        beginFrame(packets, false);
    }

    /// Fans out what is in the cache since [#beginFrame], and sends it.
    public void endFrame() {
        loop.endBatch();
    }

    /// A viewer's report or request comes in, so long after the last event.
    public void receive(int viewer, RtcpPacket fromViewer, long laterNanos) {
        nowNanos += laterNanos;
        loop.beginBatch(nowNanos);
        viewers.get(viewer).onRtcp(fromViewer, nowNanos);
        loop.endBatch();
    }

    /// Under which a viewer gets the picture.
    public static int ssrcOf(int viewer) {
        return FIRST_VIEWER_SSRC + viewer;
    }

    private void beginFrame(int packets, boolean keyFrame) {
        nowNanos += FRAME_NANOS;
        frame++;
        loop.beginBatch(nowNanos);
        for (int i = 0; i < packets; i++) {
            header.begin(
                    packet.clear(), HOSTS_VP8.payloadType(), i == packets - 1, sequence++, frame * 3000L, HOST_SSRC);
            header.end();
            int payload = packet.position();
            // VP8 payload descriptor (RFC 7741 section 4.2) with a picture id of 15 bits, then the frame's first byte
            packet.put((byte) (i == 0 ? 0x90 : 0x80)).put((byte) 0x80).putShort((short) (0x8000 | (frame & 0x7fff)));
            packet.put((byte) (keyFrame ? 0 : 1));
            publication.onRtp(packet.position(payload + PAYLOAD_BYTES).flip(), nowNanos, nowNanos);
        }
    }

    private static Codec vp8(int rtxPayloadType) {
        return new Codec(96, Codec.Name.VP8, 90_000, 1, Map.of(), rtxPayloadType, Set.of(Codec.Feedback.NACK));
    }
}
