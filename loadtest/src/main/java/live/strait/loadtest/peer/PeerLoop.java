package live.strait.loadtest.peer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One thread that serves the sockets and timers of many peers.
///
/// It first empties all sockets that have something and notes when, and only then decrypts and counts: what one
/// viewer's packets cost does not make those of the next look late. Timers are as fine as `select`: 1 ms.
public final class PeerLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PeerLoop.class);
    private static final int BATCH = 2048;
    private static final int DATAGRAM_BYTES = 2048;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Selector selector;
    private final Thread thread;
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<ClientPeer> peers = new ArrayList<>();
    private final ByteBuffer outgoing = ByteBuffer.allocateDirect(DATAGRAM_BYTES);
    private final ByteBuffer[] datagrams = new ByteBuffer[BATCH];
    private final @Nullable ClientPeer[] receivers = new ClientPeer[BATCH];
    private final @Nullable InetSocketAddress[] senders = new InetSocketAddress[BATCH];
    private final long[] arrivalNanos = new long[BATCH];
    private int received;
    private volatile boolean closed;

    public PeerLoop(String name) throws IOException {
        selector = Selector.open();
        ByteBuffer slab = ByteBuffer.allocateDirect(BATCH * DATAGRAM_BYTES);
        for (int i = 0; i < BATCH; i++) {
            datagrams[i] = slab.slice(i * DATAGRAM_BYTES, DATAGRAM_BYTES);
        }
        thread = Thread.ofPlatform().name(name).daemon().start(this::run);
    }

    /// Runs `task` on the loop's thread, soon.
    public void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    /// Ends all peers, tells the relay so, and ends the thread.
    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Selector selector() {
        return selector;
    }

    void add(ClientPeer peer) {
        peers.add(peer);
    }

    void remove(ClientPeer peer) {
        peers.remove(peer);
    }

    /// The loop's one buffer for what is to be sent: empty, and taken by the next caller again.
    ByteBuffer claim() {
        return outgoing.clear();
    }

    private void run() {
        try {
            while (!closed) {
                long waitMillis = millisToNextDeadline(System.nanoTime());
                if (waitMillis > 0) {
                    selector.select(this::readAll, waitMillis);
                } else {
                    selector.selectNow(this::readAll);
                }
                deliver();
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                fireTimers(System.nanoTime());
            }
            List.copyOf(peers).forEach(peer -> peer.end("closed by us"));
            selector.close();
        } catch (IOException | ClosedSelectorException e) {
            LOG.error("the peers' loop has ended", e);
        } catch (RuntimeException bug) {
            LOG.error("the peers' loop has failed", bug);
        }
    }

    private long millisToNextDeadline(long nowNanos) {
        long earliest = nowNanos + 1000 * NANOS_PER_MILLI;
        for (int i = 0; i < peers.size(); i++) {
            earliest = Math.min(earliest, peers.get(i).nextDeadlineNanos());
        }
        return tasks.isEmpty() ? Math.max(0, Math.ceilDiv(earliest - nowNanos, NANOS_PER_MILLI)) : 0;
    }

    private void readAll(SelectionKey key) {
        ClientPeer peer = (ClientPeer) key.attachment();
        while (true) {
            if (received == BATCH) {
                deliver();
            }
            ByteBuffer datagram = datagrams[received].clear();
            InetSocketAddress from = peer.read(datagram);
            if (from == null) {
                return;
            }
            datagram.flip();
            receivers[received] = peer;
            senders[received] = from;
            arrivalNanos[received] = System.nanoTime();
            received++;
        }
    }

    private void deliver() {
        for (int i = 0; i < received; i++) {
            ClientPeer peer = receivers[i];
            InetSocketAddress from = senders[i];
            if (peer != null && from != null) {
                peer.receive(datagrams[i], from, arrivalNanos[i]);
            }
            receivers[i] = null;
            senders[i] = null;
        }
        received = 0;
    }

    private void fireTimers(long nowNanos) {
        for (int i = peers.size() - 1; i >= 0; i--) {
            ClientPeer peer = peers.get(i);
            if (peer.nextDeadlineNanos() <= nowNanos) {
                peer.onTimeout(nowNanos);
            }
        }
    }
}
