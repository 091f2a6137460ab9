package live.strait.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import live.strait.protocol.demux.PacketKind;
import org.jspecify.annotations.Nullable;

/// A UDP port in front of a node's media port that loses RTP and RTCP, or records of DTLS, at random both ways,
/// and can change the address under which its clients appear, as a phone does that leaves the Wi-Fi.
///
/// STUN passes unharmed: it is repair that is tested, not connecting.
public final class LossyProxy implements AutoCloseable {
    private static final int MAX_DATAGRAM = 2048;

    private final Selector selector = Selector.open();
    private final DatagramChannel front;
    private final InetSocketAddress node;
    private final Map<SocketAddress, DatagramChannel> backs = new HashMap<>();
    private final Random random;
    private final Thread thread;
    private volatile double loss;
    private volatile double lossOfRecords;
    private volatile boolean roam;

    /// Forwards to `mediaPort` of this machine.
    public LossyProxy(int mediaPort, long seed) throws IOException {
        node = new InetSocketAddress(InetAddress.getLoopbackAddress(), mediaPort);
        random = new Random(seed);
        front = DatagramChannel.open().bind(new InetSocketAddress("0.0.0.0", 0));
        front.configureBlocking(false);
        front.register(selector, SelectionKey.OP_READ);
        thread = Thread.ofPlatform().name("lossy-proxy").start(this::run);
    }

    public int port() throws IOException {
        return ((InetSocketAddress) front.getLocalAddress()).getPort();
    }

    /// From now on each RTP or RTCP packet is lost with this probability, each way.
    public void setLoss(double probability) {
        loss = probability;
    }

    /// From now on each record of DTLS, and so each SCTP packet, is lost with this probability, each way.
    public void setLossOfRecords(double probability) {
        lossOfRecords = probability;
    }

    /// From now on all clients come to the node from new ports.
    public void roam() {
        roam = true;
        selector.wakeup();
    }

    @Override
    public void close() throws IOException {
        selector.close();
        front.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM);
        try {
            while (selector.isOpen()) {
                selector.select();
                if (roam) {
                    roam = false;
                    for (DatagramChannel back : backs.values()) {
                        back.close();
                    }
                    backs.clear();
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    if (key.isValid()) {
                        pump((DatagramChannel) key.channel(), (SocketAddress) key.attachment(), buffer);
                    }
                }
                selector.selectedKeys().clear();
            }
        } catch (ClosedSelectorException | ClosedChannelException e) {
            // closed: the test is over
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void pump(DatagramChannel channel, @Nullable SocketAddress client, ByteBuffer buffer) throws IOException {
        while (true) {
            buffer.clear();
            SocketAddress from = channel.receive(buffer);
            if (from == null) {
                return;
            }
            buffer.flip();
            double probability =
                    switch (PacketKind.of(buffer)) {
                        case RTP, RTCP -> loss;
                        case DTLS -> lossOfRecords;
                        case STUN, UNKNOWN -> 0;
                    };
            if (random.nextDouble() < probability) {
                continue;
            }
            if (client == null) {
                backFor(from).send(buffer, node);
            } else {
                front.send(buffer, client);
            }
        }
    }

    private DatagramChannel backFor(SocketAddress client) throws IOException {
        DatagramChannel known = backs.get(client);
        if (known == null) {
            known = DatagramChannel.open().bind(new InetSocketAddress("0.0.0.0", 0));
            known.configureBlocking(false);
            known.register(selector, SelectionKey.OP_READ, client);
            backs.put(client, known);
        }
        return known;
    }
}
