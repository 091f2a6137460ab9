package live.strait.relay.edge;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import live.strait.relay.egress.BatchEgress;
import live.strait.relay.egress.Egress;
import live.strait.relay.egress.EgressOptions;
import live.strait.relay.observe.LoopCounters;

/// A loop's socket as the edge opens it, and an egress over it; what a test sends runs on the loop's thread.
final class EgressSocket implements AutoCloseable {
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final LoopCounters counters = new LoopCounters();
    private final EpollDatagramChannel channel;
    private final Egress egress;

    EgressSocket(EgressWay way, InetSocketAddress bind) throws IOException {
        channel = UdpEdge.bind(group.next(), bind, EdgeOptions.DEFAULT_SOCKET_BUFFER_BYTES);
        egress = way.isBatch()
                ? BatchEgress.over(channel.fd().intValue(), counters, EgressOptions.DEFAULTS, System::nanoTime)
                : new NettyEgress(channel, counters);
    }

    LoopCounters counters() {
        return counters;
    }

    /// Datagrams over loopback are with their receivers when this returns.
    void onLoop(Send send) throws Exception {
        channel.eventLoop()
                .submit(() -> {
                    send.by(egress);
                    return true;
                })
                .get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /// What a test does with an egress.
    interface Send {
        void by(Egress egress) throws Exception;
    }
}
