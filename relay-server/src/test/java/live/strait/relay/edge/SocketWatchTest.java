package live.strait.relay.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.egress.BatchEgress;
import live.strait.relay.egress.Egress;
import live.strait.relay.egress.EgressOptions;
import live.strait.relay.egress.SocketWatch;
import live.strait.relay.observe.LoopCounters;
import org.junit.jupiter.api.Test;

/// What comes while much is sent, and nobody is told of input, is read afterwards.
class SocketWatchTest {
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final InetSocketAddress EVERYWHERE = new InetSocketAddress(InetAddress.ofLiteral("::"), 0);

    @Test
    void datagramThatComesDuringALongBurstIsRead() throws Exception {
        try (IngressSocket socket = new IngressSocket(UdpWay.BATCH, EVERYWHERE);
                DatagramChannel peer = DatagramChannel.open().bind(new InetSocketAddress(LOOPBACK, 0))) {
            PeerAddress to = PeerAddress.udp((InetSocketAddress) peer.getLocalAddress());
            for (int round = 0; round < 3; round++) {
                byte mark = (byte) round;
                socket.onLoop(() -> {
                    Egress egress = socket.egress();
                    commitLongBurst(egress, to);
                    peer.send(ByteBuffer.wrap(new byte[] {mark}), socket.at(LOOPBACK));
                    egress.flush();
                    return true;
                });
                assertThat(marks(socket, 1)).containsExactly(mark);
                peer.send(ByteBuffer.wrap(new byte[] {77}), socket.at(LOOPBACK));
                assertThat(marks(socket, 1)).containsExactly((byte) 77);
            }
        }
    }

    /// What it is for: then no epoll set is gone through for each packet.
    @Test
    void nobodyWaitsOnTheSocketWhileMuchIsSent() throws Exception {
        EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
        EpollDatagramChannel channel = (EpollDatagramChannel) new Bootstrap()
                .group(group)
                .channel(EpollDatagramChannel.class)
                .handler(new ChannelInboundHandlerAdapter())
                .bind(new InetSocketAddress(LOOPBACK, 0))
                .sync()
                .channel();
        channel.deregister().sync();
        try (SocketWatch watch = new SocketWatch(channel.fd().intValue())) {
            Egress egress = BatchEgress.over(watch, new LoopCounters(), EgressOptions.DEFAULTS, System::nanoTime);
            assertThat(watched(watch)).isEqualTo(1);
            commitLongBurst(egress, PeerAddress.udp(channel.localAddress()));
            assertThat(watched(watch)).isZero();
            egress.flush();
            assertThat(watched(watch)).isEqualTo(1);
        } finally {
            channel.close().sync();
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
        }
    }

    private static void commitLongBurst(Egress egress, PeerAddress to) {
        for (int i = 0; i <= EgressOptions.DEFAULTS.messages(); i++) {
            egress.claim().limit(100 + i); // growing sizes are messages of their own
            egress.commit(to);
        }
    }

    /// As proc(5) has it: a line for each descriptor in the set.
    private static long watched(SocketWatch watch) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/fdinfo/" + watch.descriptor()))) {
            return lines.filter(line -> line.startsWith("tfd:")).count();
        }
    }

    private static List<Byte> marks(IngressSocket socket, int count) throws InterruptedException {
        return socket.take(count).stream().map(each -> each.bytes().get(0)).toList();
    }
}
