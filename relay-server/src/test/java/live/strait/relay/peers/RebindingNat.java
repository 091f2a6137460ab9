package live.strait.relay.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import live.strait.protocol.demux.PacketKind;
import org.jspecify.annotations.Nullable;

/// A box between one client and the relay that gives the client another port when it is told to, as home routers do
/// after a restart and carriers whenever they like: neither end is asked.
///
/// It also keeps time: from the first check that leaves by the new port to the first media that comes back to it.
final class RebindingNat implements AutoCloseable {
    private final InetSocketAddress relay;
    private final Selector selector = Selector.open();
    private final DatagramChannel inside;
    private final ByteBuffer datagram = ByteBuffer.allocate(2048);
    private final Thread thread;
    private DatagramChannel outside;
    private @Nullable SocketAddress client;
    private boolean timing;
    private long firstCheckNanos;
    private volatile boolean rebind;
    private volatile boolean closing;
    private volatile @Nullable Duration checkToMedia;

    RebindingNat(InetAddress address, int relayPort) throws IOException {
        relay = new InetSocketAddress(address, relayPort);
        inside = open(address);
        outside = open(address);
        thread = Thread.ofPlatform().name("nat").start(this::run);
    }

    /// The answer with this box in the place of the relay's candidates.
    String instead(String answer) throws IOException {
        InetSocketAddress here = (InetSocketAddress) inside.getLocalAddress();
        String candidate = "a=candidate:1 1 udp 2130706431 %s %d typ host"
                .formatted(here.getAddress().getHostAddress(), here.getPort());
        StringBuilder changed = new StringBuilder();
        boolean told = false;
        for (String line : answer.lines().toList()) {
            if (!line.startsWith("a=candidate:")) {
                changed.append(line).append("\r\n");
            } else if (!told) {
                changed.append(candidate).append("\r\n");
                told = true;
            }
        }
        return changed.toString();
    }

    /// From now on the client comes from another port, and what is sent to the old one is lost.
    void rebind() {
        rebind = true;
        selector.wakeup();
    }

    /// How long the relay took to follow: null while it has not.
    @Nullable
    Duration checkToMedia() {
        return checkToMedia;
    }

    @Override
    public void close() throws IOException {
        closing = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        inside.close();
        outside.close();
        selector.close();
    }

    private DatagramChannel open(InetAddress address) throws IOException {
        DatagramChannel socket = DatagramChannel.open().bind(new InetSocketAddress(address, 0));
        socket.configureBlocking(false).register(selector, SelectionKey.OP_READ);
        return socket;
    }

    private void run() {
        try {
            while (!closing) {
                selector.select();
                selector.selectedKeys().clear();
                if (rebind) {
                    rebind = false;
                    outside.close();
                    outside = open(relay.getAddress());
                    timing = true;
                }
                forward();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void forward() throws IOException {
        datagram.clear();
        for (SocketAddress from = inside.receive(datagram); from != null; from = inside.receive(datagram)) {
            client = from;
            datagram.flip();
            if (timing && firstCheckNanos == 0 && PacketKind.of(datagram) == PacketKind.STUN) {
                firstCheckNanos = System.nanoTime();
            }
            outside.send(datagram, relay);
            datagram.clear();
        }
        while (outside.receive(datagram) != null) {
            datagram.flip();
            if (timing && PacketKind.of(datagram) == PacketKind.RTP) {
                timing = false;
                checkToMedia = Duration.ofNanos(System.nanoTime() - firstCheckNanos);
            }
            inside.send(datagram, client);
            datagram.clear();
        }
    }
}
