package live.strait.loadtest.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import live.strait.loadtest.socket.PeerSockets.PeerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// All ways do the same.
class PeerSocketsTest {
    private static final long WAIT_MILLIS = 10_000;
    private static final int UDP_SEGMENT = 103;

    private record Datagram(List<Byte> bytes, InetSocketAddress from, long arrivalNanos, boolean beginsMessage) {}

    private final List<Datagram> got = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "selector"})
    void datagramsComeWithTheirSenderAndTheirTime(String way) throws Exception {
        try (PeerSockets sockets = open(way)) {
            PeerSocket sender = sockets.bind((bytes, from, at, first) -> {});
            PeerSocket receiver = sockets.bind(this::take);
            for (String host : List.of("127.0.0.1", "::1")) {
                got.clear();
                InetAddress address = InetAddress.ofLiteral(host);
                long before = System.nanoTime();
                sender.send(bytes(1, 2, 3), new InetSocketAddress(address, receiver.localPort()));
                sender.send(bytes(4), new InetSocketAddress(address, receiver.localPort()));
                while (got.size() < 2) {
                    sockets.poll(WAIT_MILLIS);
                }
                assertThat(got).extracting(Datagram::bytes).containsExactly(list(1, 2, 3), list(4));
                assertThat(got)
                        .extracting(Datagram::from)
                        .containsOnly(new InetSocketAddress(address, sender.localPort()));
                assertThat(got).extracting(Datagram::beginsMessage).containsOnly(true);
                // The clocks of kernel and JVM are compared to within a few microseconds.
                assertThat(got.getFirst().arrivalNanos()).isBetween(before - 50_000, System.nanoTime() + 50_000);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "selector"})
    void whatDoesNotFitIntoOneReadingIsNotForgotten(String way) throws Exception {
        int many = 100;
        try (PeerSockets sockets = open(way)) {
            PeerSocket sender = sockets.bind((bytes, from, at, first) -> {});
            PeerSocket receiver = sockets.bind(this::take);
            InetSocketAddress to = new InetSocketAddress(InetAddress.getLoopbackAddress(), receiver.localPort());
            for (int i = 0; i < many; i++) {
                sender.send(bytes(i), to);
            }
            while (got.size() < many) {
                sockets.poll(WAIT_MILLIS);
            }
            assertThat(got.getLast().bytes()).isEqualTo(list(many - 1));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "selector"})
    void socketThatItsOwnReceiverClosesGetsNoMore(String way) throws Exception {
        try (PeerSockets sockets = open(way)) {
            PeerSocket sender = sockets.bind((bytes, from, at, first) -> {});
            List<PeerSocket> itself = new ArrayList<>();
            itself.add(sockets.bind((bytes, from, at, first) -> {
                take(bytes, from, at, first);
                itself.getFirst().close();
            }));
            PeerSocket other = sockets.bind(this::take);
            InetSocketAddress first = new InetSocketAddress(
                    InetAddress.getLoopbackAddress(), itself.getFirst().localPort());
            sender.send(bytes(1), first);
            sockets.poll(WAIT_MILLIS);
            sender.send(bytes(2), first);
            sender.send(bytes(3), new InetSocketAddress(InetAddress.getLoopbackAddress(), other.localPort()));
            while (got.size() < 2) {
                sockets.poll(WAIT_MILLIS);
            }
            assertThat(got).extracting(Datagram::bytes).containsExactly(list(1), list(3));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"epoll", "selector"})
    void waitEndsWhenAnotherThreadSaysSo(String way) throws Exception {
        try (PeerSockets sockets = open(way)) {
            CountDownLatch woken = new CountDownLatch(1);
            Thread waiting = Thread.ofPlatform().start(() -> {
                poll(sockets, Integer.MAX_VALUE);
                woken.countDown();
            });
            sockets.wakeUp();
            woken.await();
            waiting.join();
        }
    }

    @Test
    void messageOfSeveralPacketsIsTakenApartAndItsFirstOneKnown() throws Exception {
        try (EpollSockets sockets = new EpollSockets()) {
            EpollSockets.EpollSocket sender = (EpollSockets.EpollSocket) sockets.bind((bytes, from, at, first) -> {});
            PeerSocket receiver = sockets.bind(this::take);
            sockets.set(sender.descriptor, ReceivedMessages.SOL_UDP, UDP_SEGMENT, 2);
            sender.send(
                    bytes(1, 2, 3, 4, 5),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), receiver.localPort()));
            while (got.size() < 3) {
                sockets.poll(WAIT_MILLIS);
            }
            assertThat(got).extracting(Datagram::bytes).containsExactly(list(1, 2), list(3, 4), list(5));
            assertThat(got).extracting(Datagram::beginsMessage).containsExactly(true, false, false);
        }
    }

    /// Peers of a crowd have the port in common, and are told by their addresses.
    @Test
    void crowdSharesOneSocketAndEachGetsItsOwn() throws Exception {
        int many = 300;
        try (PeerSockets crowd = new CrowdSocket();
                PeerSockets others = new EpollSockets()) {
            List<InetSocketAddress> heard = new ArrayList<>();
            PeerSocket echo = others.bind((bytes, from, at, first) -> heard.add(from));
            InetSocketAddress to = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), echo.localPort());
            List<List<Byte>> received = new ArrayList<>();
            List<PeerSocket> peers = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                List<Byte> own = new ArrayList<>();
                received.add(own);
                peers.add(crowd.bind((bytes, from, at, first) -> own.add(bytes.get(bytes.position()))));
                peers.get(i).send(bytes(i), to);
            }
            while (heard.size() < many) {
                others.poll(WAIT_MILLIS);
            }
            assertThat(heard).doesNotHaveDuplicates();
            assertThat(heard)
                    .extracting(InetSocketAddress::getPort)
                    .containsOnly(peers.getFirst().localPort());
            peers.get(7).close();
            for (int i = 0; i < many; i++) {
                echo.send(bytes(i), heard.get(i));
            }
            while (received.getLast().isEmpty()) {
                crowd.poll(1);
            }
            for (int i = 0; i < many; i++) {
                assertThat(received.get(i)).isEqualTo(i == 7 ? List.of() : list(i));
            }
        }
    }

    private void take(ByteBuffer bytes, InetSocketAddress from, long arrivalNanos, boolean beginsMessage) {
        List<Byte> copy = new ArrayList<>();
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            copy.add(bytes.get(i));
        }
        got.add(new Datagram(copy, from, arrivalNanos, beginsMessage));
    }

    private static PeerSockets open(String way) throws IOException {
        return way.equals("epoll") ? new EpollSockets() : new SelectorSockets();
    }

    private static void poll(PeerSockets sockets, long waitMillis) {
        try {
            sockets.poll(waitMillis);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length);
        for (int value : values) {
            bytes.put((byte) value);
        }
        return bytes.flip();
    }

    private static List<Byte> list(int... values) {
        List<Byte> list = new ArrayList<>();
        for (int value : values) {
            list.add((byte) value);
        }
        return list;
    }
}
