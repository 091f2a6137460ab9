package live.strait.relay.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.epoll.Epoll;
import io.netty.channel.unix.Socket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.HashSet;
import java.util.Set;
import live.strait.protocol.ice.PeerAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the kernel answers and says of a datagram, on a socket that is read by hand.
class BatchIngressTest {
    private static final int ECONNREFUSED = 111;
    private static final int SOL_SOCKET = 1;
    private static final int SO_TIMESTAMPNS = 35;
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");

    static {
        Epoll.ensureAvailability(); // its library has the sockets too
    }

    private final Socket socket = Socket.newSocketDgram();
    private final BatchIngress ingress = new BatchIngress(socket.intValue(), 100);

    @BeforeEach
    void bind() throws IOException {
        socket.bind(new InetSocketAddress(LOOPBACK, 0));
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
    }

    @Test
    void emptySocketIsNoError() {
        assertThat(ingress.receive()).isZero();
        assertThat(ingress.receive()).isZero();
    }

    @Test
    void roomIsThereAgainWithEachBatch() throws IOException {
        try (DatagramChannel peer = DatagramChannel.open()) {
            peer.bind(new InetSocketAddress(LOOPBACK, 0));
            for (int i = 0; i < 3; i++) {
                peer.send(ByteBuffer.wrap(new byte[10 + i]), socket.localAddress());
                peer.send(ByteBuffer.wrap(new byte[1_000]), socket.localAddress());
                assertThat(ingress.receive()).isEqualTo(2);
                assertThat(ingress.bytes(0).remaining()).isEqualTo(10 + i);
                assertThat(ingress.bytes(1).remaining()).isEqualTo(100);
                assertThat(ingress.from(0)).isEqualTo(PeerAddress.udp((InetSocketAddress) peer.getLocalAddress()));
                assertThat(ingress.kernelNanos(0)).as("nobody asked for times").isZero();
            }
            socket.setIntOpt(SOL_SOCKET, SO_TIMESTAMPNS, 1);
            peer.send(ByteBuffer.wrap(new byte[10]), socket.localAddress());
            assertThat(ingress.receive()).isEqualTo(1);
            assertThat(ingress.kernelNanos(0))
                    .isBetween(ingress.realTimeNanos() - 10_000_000_000L, ingress.realTimeNanos());
        }
    }

    /// A connected socket learns from an ICMP message that nobody is there.
    @Test
    void refusalConcernsOneDatagram() throws IOException {
        InetSocketAddress peerAddress;
        try (DatagramChannel peer = DatagramChannel.open()) {
            peer.bind(new InetSocketAddress(LOOPBACK, 0));
            peerAddress = (InetSocketAddress) peer.getLocalAddress();
        }
        socket.connect(peerAddress);
        assertThat(socket.send(ByteBuffer.allocateDirect(1), 0, 1)).isEqualTo(1);
        assertThat(ingress.receive()).isEqualTo(-ECONNREFUSED);
        assertThat(ingress.receive()).isZero();
        try (DatagramChannel peer = DatagramChannel.open()) {
            peer.bind(peerAddress);
            peer.send(ByteBuffer.wrap(new byte[7]), socket.localAddress());
            assertThat(ingress.receive()).isEqualTo(1);
            assertThat(ingress.bytes(0).remaining()).isEqualTo(7);
        }
    }

    @Test
    void sourceIsOneObject() throws IOException {
        Set<PeerAddress> ports = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            try (DatagramChannel peer = DatagramChannel.open()) {
                peer.bind(new InetSocketAddress(LOOPBACK, 0));
                peer.send(ByteBuffer.wrap(new byte[7]), socket.localAddress());
                peer.send(ByteBuffer.wrap(new byte[7]), socket.localAddress());
                assertThat(ingress.receive()).isEqualTo(2);
                assertThat(ingress.from(0)).isSameAs(ingress.from(1));
                ports.add(ingress.from(0));
            }
        }
        assertThat(ports).hasSizeGreaterThan(1);
    }
}
