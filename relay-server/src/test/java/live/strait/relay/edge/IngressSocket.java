package live.strait.relay.edge;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.egress.Egress;
import live.strait.relay.loop.LoopMailbox;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.observe.LoopCounters;

/// A loop that reads its socket as the edge does, and what it got.
final class IngressSocket implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;

    private final IoEventLoopGroup group = new MultiThreadIoEventLoopGroup(1, EpollIoHandler.newFactory());
    private final IoEventLoop eventLoop = group.next();
    private final LoopCounters counters = new LoopCounters();
    private final LinkedBlockingQueue<Arrived> arrived = new LinkedBlockingQueue<>();
    private final UdpEdge socket;
    private final Egress egress;

    /// One datagram, and the times that go with it.
    record Arrived(PeerAddress from, ByteBuffer bytes, long arrivalNanos, long nowNanos) {}

    /// Keeps what comes.
    IngressSocket(UdpWay way, InetSocketAddress bind) throws IOException {
        socket = open(way, bind);
        egress = socket.egress(counters);
        socket.readInto(input((datagram, from, arrivalNanos, nowNanos) -> {
            ByteBuffer copy =
                    ByteBuffer.allocate(datagram.remaining()).put(datagram).flip();
            arrived.add(new Arrived(from, copy, arrivalNanos, nowNanos));
        }));
    }

    /// Hands what comes to somebody else.
    IngressSocket(UdpWay way, InetSocketAddress bind, LoopInput.Destination destination) throws IOException {
        socket = open(way, bind);
        egress = socket.egress(counters);
        socket.readInto(input(destination));
    }

    private UdpEdge open(UdpWay way, InetSocketAddress bind) throws IOException {
        return new UdpEdge(way, eventLoop, bind, EdgeOptions.DEFAULT_SOCKET_BUFFER_BYTES);
    }

    private LoopInput input(LoopInput.Destination destination) {
        MediaLoop loop = new MediaLoop(0, new LoopMailbox(() -> {}), egress, counters, System.nanoTime());
        return new LoopInput(loop, destination, new BurstAlarm(loop, eventLoop));
    }

    /// To be used on the loop.
    Egress egress() {
        return egress;
    }

    LoopCounters counters() {
        return counters;
    }

    /// The socket's address on this machine.
    InetSocketAddress at(InetAddress address) {
        return new InetSocketAddress(address, socket.address().getPort());
    }

    /// The next so many datagrams, waited for.
    List<Arrived> take(int count) throws InterruptedException {
        List<Arrived> taken = new ArrayList<>();
        while (taken.size() < count) {
            Arrived next = arrived.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("only " + taken.size() + " of " + count + " datagrams came");
            }
            taken.add(next);
        }
        return taken;
    }

    <T> T onLoop(Callable<T> call) throws Exception {
        return eventLoop.submit(call).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /// Lets the loop do nothing until what is returned is closed.
    Busy keepBusy() throws InterruptedException {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        eventLoop.execute(() -> {
            busy.countDown();
            awaitUninterruptibly(released);
        });
        busy.await();
        return released::countDown;
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            if (!latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("never released");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        socket.close();
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    /// A loop's other work.
    interface Busy extends AutoCloseable {
        @Override
        void close();
    }
}
