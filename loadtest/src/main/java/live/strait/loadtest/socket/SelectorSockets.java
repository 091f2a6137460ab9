package live.strait.loadtest.socket;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sockets of the JDK, for systems that have nothing better.
///
/// It first empties all sockets that have something and notes when, and only then hands over: what one peer's packets
/// cost does not make those of the next look late.
public final class SelectorSockets implements PeerSockets {
    private static final Logger LOG = LoggerFactory.getLogger(SelectorSockets.class);
    private static final int BATCH = 2048;
    private static final int DATAGRAM_BYTES = 2048;
    private static final int SOCKET_BUFFER_BYTES = 1 << 20;

    private final Selector selector = Selector.open();
    private final ByteBuffer[] datagrams = new ByteBuffer[BATCH];
    private final @Nullable Receiver[] receivers = new Receiver[BATCH];
    private final @Nullable InetSocketAddress[] senders = new InetSocketAddress[BATCH];
    private final long[] arrivalNanos = new long[BATCH];
    private int received;

    public SelectorSockets() throws IOException {
        ByteBuffer slab = ByteBuffer.allocateDirect(BATCH * DATAGRAM_BYTES);
        for (int i = 0; i < BATCH; i++) {
            datagrams[i] = slab.slice(i * DATAGRAM_BYTES, DATAGRAM_BYTES);
        }
    }

    @Override
    public PeerSocket bind(Receiver receiver) throws IOException {
        DatagramChannel opened = DatagramChannel.open();
        try {
            opened.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER_BYTES);
            opened.configureBlocking(false);
            opened.bind(null);
            opened.register(selector, SelectionKey.OP_READ, receiver);
            return new JdkSocket(opened);
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    @Override
    public boolean poll(long waitMillis) throws IOException {
        int count = waitMillis > 0 ? selector.select(this::readAll, waitMillis) : selector.selectNow(this::readAll);
        deliver();
        return count > 0;
    }

    @Override
    public void wakeUp() {
        selector.wakeup();
    }

    @Override
    public boolean seesMessages() {
        return false;
    }

    @Override
    public void close() throws IOException {
        selector.close();
    }

    private void readAll(SelectionKey key) {
        Receiver receiver = (Receiver) key.attachment();
        DatagramChannel channel = (DatagramChannel) key.channel();
        while (true) {
            if (received == BATCH) {
                deliver();
            }
            ByteBuffer datagram = datagrams[received].clear();
            InetSocketAddress from = read(channel, datagram);
            if (from == null) {
                return;
            }
            datagram.flip();
            receivers[received] = receiver;
            senders[received] = from;
            arrivalNanos[received] = System.nanoTime();
            received++;
        }
    }

    private static @Nullable InetSocketAddress read(DatagramChannel channel, ByteBuffer into) {
        try {
            return channel.isOpen() ? (InetSocketAddress) channel.receive(into) : null;
        } catch (IOException e) {
            // An ICMP refusal of something we sent, reported here.
            LOG.debug("receiving: {}", e.toString());
            return null;
        }
    }

    private void deliver() {
        for (int i = 0; i < received; i++) {
            Receiver receiver = receivers[i];
            InetSocketAddress from = senders[i];
            if (receiver != null && from != null) {
                receiver.receive(datagrams[i], from, arrivalNanos[i], true);
            }
            receivers[i] = null;
            senders[i] = null;
        }
        received = 0;
    }

    private record JdkSocket(DatagramChannel channel) implements PeerSocket {
        @Override
        public int localPort() throws IOException {
            return ((InetSocketAddress) channel.getLocalAddress()).getPort();
        }

        @Override
        public void send(ByteBuffer datagram, InetSocketAddress to) {
            try {
                channel.send(datagram, to);
            } catch (IOException e) {
                LOG.debug("sending to {}: {}", to, e.toString());
            }
        }

        @Override
        public void close() {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.debug("closing a peer's socket: {}", e.toString());
            }
        }
    }
}
