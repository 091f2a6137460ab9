package live.strait.relay.edge;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.loop.LoopMailbox;
import live.strait.relay.loop.LoopTimer;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.observe.LoopCounters;
import live.strait.relay.peer.PeerSession;
import org.jspecify.annotations.Nullable;

/// All sockets and media loops of a node, and the tables by which datagrams find sessions.
///
/// The TCP port is bound first and without SO_REUSEPORT: a second node on the same port fails there, with a clear
/// error, instead of silently taking half of the first one's datagrams.
public final class MediaEdge implements AutoCloseable {
    private final IoEventLoopGroup group;
    private final List<MediaLoop> loops = new ArrayList<>();
    private final List<DatagramRouter> routers = new ArrayList<>();
    private final List<UdpEdge> sockets = new ArrayList<>();
    private final List<Future<?>> ticks = new ArrayList<>();
    private final ConcurrentHashMap<String, PeerSession> byUfrag = new ConcurrentHashMap<>();
    private final TcpConnections connections = new TcpConnections();
    private final @Nullable TcpEdge tcp;
    private final int port;

    /// Opens the sockets.
    ///
    /// @throws IOException when the port is taken, with the remedy
    public MediaEdge(EdgeOptions options) throws IOException {
        group = new MultiThreadIoEventLoopGroup(
                options.loops(), new DefaultThreadFactory("media-loop"), EpollIoHandler.newFactory());
        try {
            TcpEdge listener = new TcpEdge(options.bind(), group, connections);
            int boundPort = listener.port();
            InetSocketAddress udpBind = new InetSocketAddress(options.bind().getAddress(), boundPort);
            for (int i = 0; i < options.loops(); i++) {
                openLoop(i, group.next(), udpBind, options);
            }
            if (options.tcp()) {
                listener.accept(loops, routers);
            }
            tcp = listener;
            port = boundPort;
        } catch (IOException | RuntimeException e) {
            sockets.forEach(UdpEdge::close); // by the batch way the group does not know them
            group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
            throw e;
        }
    }

    /// The one port of UDP and TCP media.
    public int port() {
        return port;
    }

    public List<MediaLoop> loops() {
        return List.copyOf(loops);
    }

    /// Lets the first check of a session find it, from any thread.
    public void admit(String localUfrag, PeerSession session) {
        byUfrag.put(localUfrag, session);
    }

    /// Datagrams from `address` belong to `session` from now on, on whatever socket they land; called on its loop.
    public void learn(PeerAddress address, PeerSession session) {
        inEveryTable(session, table -> table.learn(address, session));
    }

    /// Datagrams from `address` belong to `session` no longer; called on its loop.
    public void forget(PeerAddress address, PeerSession session) {
        inEveryTable(session, table -> table.forget(address, session));
    }

    /// No first check finds a session by this any more; from any thread.
    public void withdraw(String localUfrag) {
        byUfrag.remove(localUfrag);
    }

    /// Forgets the addresses of a session that ended; called on its loop.
    public void forget(PeerSession session) {
        List<PeerAddress> addresses = List.copyOf(session.announcedPaths());
        inEveryTable(session, table -> addresses.forEach(address -> table.forget(address, session)));
        addresses.forEach(connections::close);
    }

    /// The table of the session's own loop changes at once, the others in the order of these calls.
    private void inEveryTable(PeerSession session, Consumer<PeerTable> change) {
        for (int i = 0; i < loops.size(); i++) {
            PeerTable table = routers.get(i).table();
            if (loops.get(i) == session.loop()) {
                change.accept(table);
            } else {
                loops.get(i).post(now -> change.accept(table));
            }
        }
    }

    @Override
    public void close() {
        TcpEdge listener = tcp;
        if (listener != null) {
            listener.close();
        }
        ticks.forEach(tick -> tick.cancel(false));
        sockets.forEach(UdpEdge::close);
        group.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private void openLoop(int index, IoEventLoop eventLoop, InetSocketAddress bind, EdgeOptions options)
            throws IOException {
        LoopCounters counters = new LoopCounters();
        eventLoop.execute(counters::ownThread);
        LoopEntry entry = new LoopEntry();
        UdpEdge socket = new UdpEdge(options.udp(), eventLoop, bind, options.socketBufferBytes());
        sockets.add(socket);
        MediaLoop loop = new MediaLoop(
                index,
                new LoopMailbox(() -> eventLoop.execute(entry)),
                new LoopEgress(socket.egress(counters), connections, counters),
                counters,
                System.nanoTime());
        BurstAlarm alarm = new BurstAlarm(loop, eventLoop);
        entry.alarm = alarm;
        entry.loop = loop;
        DatagramRouter router = new DatagramRouter(loop, new PeerTable(byUfrag));
        socket.readInto(new LoopInput(loop, router, alarm));
        loops.add(loop);
        routers.add(router);
        ticks.add(eventLoop.scheduleAtFixedRate(
                () -> loop.advanceTimers(System.nanoTime()),
                LoopTimer.TICK_NANOS,
                LoopTimer.TICK_NANOS,
                TimeUnit.NANOSECONDS));
    }

    /// The loop's own entry in the event loop, made before the loop that it drains.
    private static final class LoopEntry implements Runnable {
        private volatile @Nullable MediaLoop loop;
        private volatile @Nullable BurstAlarm alarm;

        @Override
        public void run() {
            MediaLoop target = loop;
            BurstAlarm behind = alarm;
            if (target != null && behind != null) {
                target.drainMailbox(System.nanoTime());
                behind.look();
            }
        }
    }
}
