package live.strait.loadtest.peer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import live.strait.loadtest.socket.PeerSockets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that serves the sockets and timers of many peers. Timers are as fine as a wait: 1 ms.
public final class PeerLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeerLoop.class);
    private static final int DATAGRAM_BYTES = 2048;
    private static final long MODERATION_NANOS = 1_000_000;

    private final PeerSockets sockets;
    private final boolean moderated;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<ClientPeer> peers = new ArrayList<>();
    private final PeerTimers timers = new PeerTimers(System.nanoTime());
    private final ByteBuffer outgoing = ByteBuffer.allocateDirect(DATAGRAM_BYTES);
    private volatile boolean closed;

    public PeerLoop(String name) throws IOException {
        this(name, PeerSockets.open());
    }

    /// @param sockets the loop's own from now on
    public PeerLoop(String name, PeerSockets sockets) {
        this(name, sockets, false);
    }

    private PeerLoop(String name, PeerSockets sockets, boolean moderated) {
        this.sockets = sockets;
        this.moderated = moderated;
        thread = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    /// A loop that looks once in a millisecond rather than be woken, as a network card moderates its interrupts: on
    /// one machine it is the sender, here the relay, who would have the work of waking it. For peers whose packets
    /// are timed by the kernel.
    ///
    /// @param ofThisMachine whether all that they send to is on this machine, too
    public static PeerLoop moderated(String name, boolean ofThisMachine) throws IOException {
        return new PeerLoop(name, ofThisMachine ? PeerSockets.openForCrowd() : PeerSockets.open(), true);
    }

    /// Runs `task` on the loop's thread, soon.
    public void execute(Runnable task) {
        tasks.add(task);
        sockets.wakeUp();
    }

    /// Ends all peers, tells the relay so, and ends the thread.
    @Override
    public void close() {
        closed = true;
        sockets.wakeUp();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    PeerSockets sockets() {
        return sockets;
    }

    void add(ClientPeer peer) {
        peers.add(peer);
    }

    void remove(ClientPeer peer) {
        peers.remove(peer);
    }

    /// A deadline may be earlier than it was.
    void arm(ClientPeer peer) {
        timers.arm(peer);
    }

    /// The loop's one buffer for what is to be sent: empty, and taken by the next caller again.
    ByteBuffer claim() {
        return outgoing.clear();
    }

    private void run() {
        try {
            while (!closed) {
                poll(tasks.isEmpty() ? timers.idleMillis(System.nanoTime()) : 0);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                timers.advance(System.nanoTime());
            }
            List.copyOf(peers).forEach(peer -> peer.end("closed by us"));
        } catch (IOException e) {
            LOG.error("the peers' loop has ended", e);
        } catch (RuntimeException bug) {
            LOG.error("the peers' loop has failed", bug);
        } finally {
            closeSockets();
        }
    }

    private void poll(long waitMillis) throws IOException {
        if (!moderated) {
            sockets.poll(waitMillis);
        } else if (!sockets.poll(0) && waitMillis > 0) {
            LockSupport.parkNanos(MODERATION_NANOS);
        }
    }

    private void closeSockets() {
        try {
            sockets.close();
        } catch (IOException e) {
            LOG.warn("closing the peers' sockets: {}", e.toString());
        }
    }
}
