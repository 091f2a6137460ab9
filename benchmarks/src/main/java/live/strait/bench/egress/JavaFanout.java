package live.strait.bench.egress;

import com.sun.management.ThreadMXBean;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.unix.IntegerUnixChannelOption;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import live.strait.protocol.crypto.CryptoEngine;
import live.strait.protocol.crypto.CryptoLibrary;
import live.strait.protocol.crypto.CryptoUnavailableException;
import live.strait.protocol.ice.PeerAddress;
import live.strait.protocol.rtcp.NtpClock;
import live.strait.protocol.rtp.RtpHeaderWriter;
import live.strait.protocol.sdp.HeaderExtension;
import live.strait.relay.egress.BatchEgress;
import live.strait.relay.egress.EgressOptions;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.media.Publication;
import live.strait.relay.media.ViewerMedia;
import live.strait.relay.observe.LoopCounters;
import live.strait.relay.observe.LoopCounters.Counter;
import live.strait.signaling.control.Codec;
import live.strait.signaling.control.MediaLine;
import live.strait.signaling.control.MediaLine.Kind;
import live.strait.signaling.control.MediaLine.SsrcPair;
import live.strait.signaling.control.SessionOpened.OutgoingStream;

/// The contender in Java: arguments are a crypto library, the first viewer's address and the number of viewers; an
/// order is `VIEWERS BURST MILLIS`.
///
/// A burst of VP8 packets of 1200 bytes is put into the packet cache, and then, which alone is measured, the batch
/// ends: fan-out, subscription, header, seal, batch, `sendmmsg`.
final class JavaFanout {
    private static final int HOST_SSRC = 0x5EA1;
    private static final int PAYLOAD_BYTES = 1180;
    private static final long FRAME_NANOS = 33_333_333;
    private static final Codec VP8 =
            new Codec(96, Codec.Name.VP8, 90_000, 1, Map.of(), -1, Set.of(Codec.Feedback.NACK));

    private final BenchNode node;
    private final MediaLoop loop;
    private final Publication publication;
    private final LoopCounters counters;
    private final List<ViewerMedia> viewers = new ArrayList<>();
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final RtpHeaderWriter header = new RtpHeaderWriter();
    private final ByteBuffer packet = ByteBuffer.allocateDirect(1500);
    private long nowNanos;
    private int sequence;
    private int frame;
    private int bound;

    private JavaFanout(BenchNode node, LoopCounters counters) {
        this.node = node;
        this.counters = counters;
        loop = node.loop();
        MediaLine line = new MediaLine(
                "0", Kind.VIDEO, true, List.of(VP8), Map.of(), List.of(), List.of(new SsrcPair(HOST_SSRC, -1)));
        publication = new Publication(List.of(line), loop, List.of(loop), new NtpClock(0));
    }

    static void main(String[] arguments) throws IOException, InterruptedException, CryptoUnavailableException {
        CryptoEngine crypto = CryptoLibrary.valueOf(
                        arguments[0].toUpperCase(Locale.ROOT).replace('-', '_'))
                .open();
        InetAddress first = InetAddress.ofLiteral(arguments[1]);
        LoopCounters counters = new LoopCounters();
        EpollDatagramChannel socket = socket();
        BatchEgress egress =
                BatchEgress.over(socket.fd().intValue(), counters, EgressOptions.DEFAULTS, System::nanoTime);
        JavaFanout fanout = new JavaFanout(
                new BenchNode(crypto, PeerAddress.udp(new InetSocketAddress(first, 1)), egress, counters), counters);
        fanout.connect(first, Integer.parseInt(arguments[2]));
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] numbers = order.split(" ", -1);
            System.out.println(
                    fanout.run(Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), Long.parseLong(numbers[2])));
        }
        System.exit(0); // Netty's threads would live on
    }

    /// As the node's edge has it, without reading.
    private static EpollDatagramChannel socket() {
        return (EpollDatagramChannel) new Bootstrap()
                .group(new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory()))
                .channel(EpollDatagramChannel.class)
                .option(ChannelOption.SO_SNDBUF, 4 << 20)
                .option(ChannelOption.AUTO_READ, false)
                .option(new IntegerUnixChannelOption("IP_MTU_DISCOVER", 0, 10), 3)
                .handler(new ChannelInboundHandlerAdapter())
                .bind(0)
                .syncUninterruptibly()
                .channel();
    }

    private void connect(InetAddress first, int count) throws IOException, InterruptedException {
        node.connect(publication, PeerAddress.udp(new InetSocketAddress(first, 2)));
        MediaLine line = new MediaLine(
                "0",
                Kind.VIDEO,
                true,
                List.of(VP8),
                Map.of(HeaderExtension.TRANSPORT_WIDE_CC.uri(), 5),
                List.of(),
                List.of());
        int base = ByteBuffer.wrap(first.getAddress()).getInt();
        for (int i = 0; i < count; i++) {
            ViewerMedia media =
                    new ViewerMedia(List.of(line), List.of(new OutgoingStream("0", 1000 + i, -1, "c", "m")), loop);
            InetAddress address = InetAddress.getByAddress(
                    ByteBuffer.allocate(4).putInt(base + i).array());
            node.connect(media, PeerAddress.udp(new InetSocketAddress(address, DropNetwork.PORT)));
            viewers.add(media);
        }
        node.letOut();
        nowNanos = System.nanoTime();
    }

    /// Packets and the nanoseconds of CPU time that they took.
    private String run(int audience, int burst, long millis) {
        bind(audience);
        long took = 0;
        long packetsBefore = counters.get(Counter.DATAGRAMS_OUT);
        while (took < millis * 1_000_000) {
            beginFrame(burst, false);
            long began = threads.getCurrentThreadCpuTime();
            loop.endBatch();
            took += threads.getCurrentThreadCpuTime() - began;
        }
        long packets = counters.get(Counter.DATAGRAMS_OUT) - packetsBefore;
        return packets + " " + took;
    }

    /// The first so many viewers watch, and begin with a key frame.
    private void bind(int audience) {
        if (audience == bound) {
            return;
        }
        bound = audience;
        loop.beginBatch(nowNanos);
        for (int i = 0; i < viewers.size(); i++) {
            viewers.get(i).bind(0, i < audience ? publication : null, nowNanos);
        }
        loop.endBatch();
        loop.drainMailbox(nowNanos);
        beginFrame(1, true);
        loop.endBatch();
    }

    /// Puts a frame into the cache, as if the host had sent it in one batch.
    private void beginFrame(int packets, boolean keyFrame) {
        nowNanos += FRAME_NANOS;
        frame++;
        loop.beginBatch(nowNanos);
        for (int i = 0; i < packets; i++) {
            header.begin(packet.clear(), 96, i == packets - 1, sequence++, frame * 3000L, HOST_SSRC);
            header.end();
            int payload = packet.position();
            // VP8 payload descriptor (RFC 7741 section 4.2) with a picture id of 15 bits, then the frame's first byte
            packet.put((byte) (i == 0 ? 0x90 : 0x80)).put((byte) 0x80).putShort((short) (0x8000 | (frame & 0x7fff)));
            packet.put((byte) (keyFrame ? 0 : 1));
            publication.onRtp(packet.position(payload + PAYLOAD_BYTES).flip(), nowNanos, nowNanos);
        }
    }
}
