package live.strait.loadtest.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A UDP port in front of a node's media port, for one client, that counts what goes through.
///
/// What it counts by is in the clear even in SRTP and SRTCP: the RTP header and the first eight bytes of RTCP
/// (RFC 3711 sections 3.1 and 3.4).
public final class WireTap implements AutoCloseable {
    private static final int MAX_DATAGRAM_BYTES = 2048;
    private static final int BINDING_REQUEST = 1;
    private static final int FIRST_RTP_BYTE = 128;
    private static final int RTCP_MASK = 0xe0;
    private static final int RTCP_TYPES = 0xc0;
    private static final int TYPE_RECEIVER_REPORT = 201;
    private static final int TYPE_TRANSPORT_FEEDBACK = 205;
    private static final int FORMAT_TRANSPORT_WIDE = 15;
    private static final int FORMAT_MASK = 0x1f;

    private final Selector selector = Selector.open();
    private final DatagramChannel front;
    private final DatagramChannel back;
    private final InetSocketAddress node;
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private final Thread thread;
    private @Nullable SocketAddress client;

    /// What is told apart.
    public enum Kind {
        /// RTP from the node, retransmissions and padding too.
        RTP_RECEIVED,
        /// STUN binding requests of the client.
        CHECK,
        /// Transport-wide feedback of the client, by messages.
        TRANSPORT_FEEDBACK,
        /// Compound RTCP of the client that begins with a receiver report.
        RECEIVER_REPORT
    }

    /// Forwards to `mediaPort` of this machine.
    public WireTap(int mediaPort) throws IOException {
        node = new InetSocketAddress(InetAddress.getLoopbackAddress(), mediaPort);
        front = open(new InetSocketAddress("0.0.0.0", 0));
        back = open(new InetSocketAddress("0.0.0.0", 0));
        thread = Thread.ofPlatform().name("wire-tap").start(this::run);
    }

    /// Where the client is to send.
    public int port() throws IOException {
        return ((InetSocketAddress) front.getLocalAddress()).getPort();
    }

    /// What has gone through since the last call.
    public synchronized Map<Kind, Integer> take() {
        Map<Kind, Integer> taken = new EnumMap<>(counts);
        counts.clear();
        return taken;
    }

    @Override
    public void close() throws IOException {
        selector.close();
        front.close();
        back.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private DatagramChannel open(InetSocketAddress at) throws IOException {
        DatagramChannel channel = DatagramChannel.open().bind(at);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
        return channel;
    }

    private void run() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(MAX_DATAGRAM_BYTES);
        try {
            while (selector.isOpen()) {
                selector.select();
                for (SelectionKey key : selector.selectedKeys()) {
                    pump((DatagramChannel) key.channel(), buffer);
                }
                selector.selectedKeys().clear();
            }
        } catch (ClosedSelectorException e) {
            // closed: the test is over
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void pump(DatagramChannel channel, ByteBuffer buffer) throws IOException {
        buffer.clear();
        for (SocketAddress from = channel.receive(buffer); from != null; from = channel.receive(buffer)) {
            buffer.flip();
            count(channel.equals(front) ? sentKind(buffer) : receivedKind(buffer));
            if (channel.equals(front)) {
                client = from;
                back.send(buffer, node);
            } else if (client != null) {
                front.send(buffer, client);
            }
            buffer.clear();
        }
    }

    private synchronized void count(@Nullable Kind kind) {
        if (kind != null) {
            counts.merge(kind, 1, Integer::sum);
        }
    }

    private static @Nullable Kind sentKind(ByteBuffer datagram) {
        if (datagram.remaining() < 8) {
            return null;
        }
        if (datagram.getShort(0) == BINDING_REQUEST) {
            return Kind.CHECK;
        }
        return switch (rtcpType(datagram)) {
            case TYPE_RECEIVER_REPORT -> Kind.RECEIVER_REPORT;
            case TYPE_TRANSPORT_FEEDBACK ->
                (datagram.get(0) & FORMAT_MASK) == FORMAT_TRANSPORT_WIDE ? Kind.TRANSPORT_FEEDBACK : null;
            default -> null;
        };
    }

    private static @Nullable Kind receivedKind(ByteBuffer datagram) {
        boolean isRtp = datagram.remaining() > 12 && (datagram.get(0) & 0xff) >= FIRST_RTP_BYTE;
        return isRtp && rtcpType(datagram) < 0 ? Kind.RTP_RECEIVED : null;
    }

    /// The type of the first RTCP packet, -1 for what is none (RFC 5761 section 4).
    private static int rtcpType(ByteBuffer datagram) {
        boolean isRtcp = (datagram.get(0) & 0xff) >= FIRST_RTP_BYTE && (datagram.get(1) & RTCP_MASK) == RTCP_TYPES;
        return isRtcp ? datagram.get(1) & 0xff : -1;
    }
}
