package live.strait.relay.edge;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import live.strait.relay.egress.Egress;
import live.strait.relay.observe.LoopCounters;

/// A loop's socket as the edge opens it, and an egress over it; what a test sends runs on the loop's thread.
final class EgressSocket implements AutoCloseable {
    private final IoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final IoEventLoop eventLoop = group.next();
    private final LoopCounters counters = new LoopCounters();
    private final UdpEdge socket;
    private final Egress egress;

    EgressSocket(UdpWay way, InetSocketAddress bind) throws IOException {
        socket = new UdpEdge(way, eventLoop, bind, EdgeOptions.DEFAULT_SOCKET_BUFFER_BYTES);
        egress = socket.egress(counters);
    }

    LoopCounters counters() {
        return counters;
    }

    /// Datagrams over loopback are with their receivers when this returns.
    void onLoop(Send send) throws Exception {
        eventLoop
                .submit(() -> {
                    send.by(egress);
                    return true;
                })
                .get(10, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        socket.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /// What a test does with an egress.
    interface Send {
        void by(Egress egress) throws Exception;
    }
}
