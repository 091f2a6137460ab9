package live.strait.relay.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.edge.IngressSocket.Arrived;
import live.strait.relay.ingress.BatchIngress;
import live.strait.relay.observe.LoopThreads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Both ways in bring the same datagrams, each whole and with its source, over real sockets; the fast one brings
/// the kernel's times too, and makes no objects.
class IngressContractTest {
    private static final InetSocketAddress EVERYWHERE = new InetSocketAddress(InetAddress.ofLiteral("::"), 0);
    private static final InetSocketAddress IPV4_ONLY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
    private static final int SENDERS = 5;
    private static final int MOST_ROUNDS = 30;

    private static Stream<Arguments> waysAndAddresses() {
        return Stream.of(UdpWay.BATCH, UdpWay.NETTY)
                .flatMap(way -> Stream.of(
                        Arguments.of(way, EVERYWHERE, "127.0.0.1"),
                        Arguments.of(way, EVERYWHERE, "::1"),
                        Arguments.of(way, IPV4_ONLY, "127.0.0.1")));
    }

    @ParameterizedTest
    @MethodSource("waysAndAddresses")
    void datagramsArriveWholeAndWithTheirSource(UdpWay way, InetSocketAddress bind, String at) throws Exception {
        Random random = new Random(1);
        InetAddress address = InetAddress.ofLiteral(at);
        try (IngressSocket socket = new IngressSocket(way, bind);
                Senders senders = new Senders(address)) {
            List<Sent> sent = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                byte[] bytes = new byte[i % 100 == 0 ? i / 500 : random.nextInt(LoopInput.DATAGRAM_BYTES)];
                random.nextBytes(bytes);
                int sender = random.nextInt(SENDERS);
                senders.send(sender, bytes, socket.at(address));
                sent.add(new Sent(senders.address(sender), ByteBuffer.wrap(bytes)));
            }
            assertThat(socket.take(sent.size()))
                    .extracting(each -> new Sent(each.from(), each.bytes()))
                    .isEqualTo(sent);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BATCH", "NETTY"})
    void datagramThatDoesNotFitIsCountedAndTheNextArrives(UdpWay way) throws Exception {
        try (IngressSocket socket = new IngressSocket(way, EVERYWHERE);
                Senders senders = new Senders(LOOPBACK)) {
            senders.send(0, new byte[LoopInput.DATAGRAM_BYTES], socket.at(LOOPBACK));
            senders.send(0, new byte[60_000], socket.at(LOOPBACK));
            senders.send(0, new byte[LoopInput.DATAGRAM_BYTES - 1], socket.at(LOOPBACK));
            assertThat(socket.take(1).getFirst().bytes().remaining()).isEqualTo(LoopInput.DATAGRAM_BYTES - 1);
            assertThat(socket.counters().get(DropReason.OVERSIZED)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BATCH", "NETTY"})
    void datagramThatFailsTakesNoOtherWithIt(UdpWay way) throws Exception {
        AtomicLong count = new AtomicLong();
        try (IngressSocket socket = new IngressSocket(way, EVERYWHERE, (_, _, _, _) -> {
                    if (count.incrementAndGet() == 2) {
                        throw new IllegalStateException("an error of ours");
                    }
                });
                Senders senders = new Senders(LOOPBACK)) {
            for (int i = 0; i < 3; i++) {
                senders.send(0, new byte[100], socket.at(LOOPBACK));
            }
            untilEqual(count, 3);
        }
    }

    /// A loop that was kept from its socket gets it in pieces, so that timers and other loops have their turn.
    @Test
    void batchIsBounded() throws Exception {
        try (IngressSocket socket = new IngressSocket(UdpWay.BATCH, EVERYWHERE);
                Senders senders = new Senders(LOOPBACK)) {
            try (var _ = socket.keepBusy()) {
                for (int i = 0; i < 4 * BatchIngress.BATCH; i++) {
                    senders.send(i % SENDERS, new byte[100], socket.at(LOOPBACK));
                }
            }
            Map<Long, Long> sizes = socket.take(4 * BatchIngress.BATCH).stream()
                    .collect(Collectors.groupingBy(Arrived::nowNanos, Collectors.counting()));
            assertThat(sizes.values()).containsOnly((long) BatchIngress.BATCH);
        }
    }

    /// Loopback delivers while the sender is in its call, so that call's begin and end are bounds of the arrival.
    @Test
    void arrivalIsTheKernelsHoweverBusyTheLoopIs() throws Exception {
        long toleranceNanos = 2_000_000; // of what the two clocks' comparison may be disturbed by
        try (IngressSocket socket = new IngressSocket(UdpWay.BATCH, EVERYWHERE);
                Senders senders = new Senders(LOOPBACK)) {
            untilTheKernelStamps(socket, senders);
            int count = 5;
            long[] before = new long[count];
            long[] after = new long[count];
            try (var _ = socket.keepBusy()) {
                for (int i = 0; i < count; i++) {
                    before[i] = System.nanoTime();
                    senders.send(0, new byte[100], socket.at(LOOPBACK));
                    after[i] = System.nanoTime();
                    pass(10 * toleranceNanos);
                }
            }
            List<Arrived> arrived = socket.take(count);
            assertThat(arrived)
                    .extracting(Arrived::nowNanos)
                    .containsOnly(arrived.getFirst().nowNanos());
            for (int i = 0; i < count; i++) {
                assertThat(arrived.get(i).arrivalNanos())
                        .as("arrival of datagram %d", i)
                        .isBetween(before[i] - toleranceNanos, after[i] + toleranceNanos)
                        .isLessThan(arrived.get(i).nowNanos());
            }
        }
    }

    @Test
    void withoutTheKernelsTimesADatagramArrivesWithItsBatch() throws Exception {
        try (IngressSocket socket = new IngressSocket(UdpWay.NETTY, EVERYWHERE);
                Senders senders = new Senders(LOOPBACK)) {
            senders.send(0, new byte[100], socket.at(LOOPBACK));
            Arrived arrived = socket.take(1).getFirst();
            assertThat(arrived.arrivalNanos()).isEqualTo(arrived.nowNanos());
        }
    }

    @ParameterizedTest
    @MethodSource("waysAndAddresses")
    void receivingAllocatesLittle(UdpWay way, InetSocketAddress bind, String at) throws Exception {
        InetAddress address = InetAddress.ofLiteral(at);
        AtomicLong bytes = new AtomicLong();
        AtomicLong count = new AtomicLong();
        try (IngressSocket socket = new IngressSocket(way, bind, (datagram, _, _, _) -> {
                    bytes.addAndGet(datagram.remaining());
                    count.incrementAndGet();
                });
                Senders senders = new Senders(address)) {
            double most = way == UdpWay.BATCH ? 8 : 1_000;
            double perDatagram = Double.MAX_VALUE;
            // Until the compiler has taken away what does not escape, which is later on a busy machine.
            for (int round = 0; round < MOST_ROUNDS && perDatagram >= most; round++) {
                long allocatedBefore = socket.onLoop(LoopThreads::allocatedHere);
                int received = sendAll(socket, senders, address, count);
                perDatagram = (double) (socket.onLoop(LoopThreads::allocatedHere) - allocatedBefore) / received;
            }
            System.out.printf("allocated: %.1f bytes a datagram received by %s%n", perDatagram, way);
            assertThat(perDatagram).isLessThan(most);
        }
    }

    private static int sendAll(IngressSocket socket, Senders senders, InetAddress address, AtomicLong count)
            throws IOException {
        int rounds = 100;
        int inSocket = 200; // far less than its buffer holds
        for (int i = 0; i < rounds; i++) {
            long expected = count.get() + inSocket;
            for (int j = 0; j < inSocket; j++) {
                senders.send(j % SENDERS, senders.payload, socket.at(address));
            }
            untilEqual(count, expected);
        }
        return rounds * inSocket;
    }

    /// The kernel begins to stamp a moment after it was asked to, and until then stamps what is read.
    private static void untilTheKernelStamps(IngressSocket socket, Senders senders) throws Exception {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (System.nanoTime() < deadline) {
            try (var _ = socket.keepBusy()) {
                senders.send(0, new byte[1], socket.at(LOOPBACK));
                pass(2_000_000);
            }
            Arrived arrived = socket.take(1).getFirst();
            if (arrived.nowNanos() - arrived.arrivalNanos() >= 2_000_000) {
                return;
            }
        }
        throw new AssertionError("the kernel does not stamp");
    }

    private static void untilEqual(AtomicLong count, long expected) {
        long deadline = System.nanoTime() + 10_000_000_000L;
        while (count.get() != expected) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("got " + count + " of " + expected);
            }
            Thread.onSpinWait();
        }
    }

    /// The network's gap between two packets.
    private static void pass(long nanos) {
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }

    /// One datagram as its sender knows it.
    private record Sent(PeerAddress from, ByteBuffer bytes) {}

    /// Peers on this machine.
    private static final class Senders implements AutoCloseable {
        final byte[] payload = new byte[1_200];
        private final List<DatagramChannel> channels = new ArrayList<>();
        private final List<PeerAddress> addresses = new ArrayList<>();

        Senders(InetAddress at) throws IOException {
            for (int i = 0; i < SENDERS; i++) {
                DatagramChannel channel = DatagramChannel.open();
                channels.add(channel);
                channel.bind(new InetSocketAddress(at, 0));
                addresses.add(PeerAddress.udp((InetSocketAddress) channel.getLocalAddress()));
            }
        }

        PeerAddress address(int sender) {
            return addresses.get(sender);
        }

        void send(int sender, byte[] bytes, InetSocketAddress to) throws IOException {
            channels.get(sender).send(ByteBuffer.wrap(bytes), to);
        }

        @Override
        public void close() throws IOException {
            for (DatagramChannel channel : channels) {
                channel.close();
            }
        }
    }
}
