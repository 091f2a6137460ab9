package live.strait.relay.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.egress.Egress;
import live.strait.relay.observe.LoopCounters.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Both ways out send the same datagrams, each whole and in its order, over real sockets.
class EgressContractTest {
    private static final InetSocketAddress EVERYWHERE = new InetSocketAddress(InetAddress.ofLiteral("::"), 0);
    private static final InetSocketAddress IPV4_ONLY = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final int RECEIVERS = 20;

    private static Stream<Arguments> waysAndAddresses() {
        return Stream.of(UdpWay.BATCH, UdpWay.NETTY)
                .flatMap(way -> Stream.of(
                        Arguments.of(way, EVERYWHERE, "127.0.0.1"),
                        Arguments.of(way, EVERYWHERE, "::1"),
                        Arguments.of(way, IPV4_ONLY, "127.0.0.1")));
    }

    @ParameterizedTest
    @MethodSource("waysAndAddresses")
    void datagramsArriveWholeAndInOrder(UdpWay way, InetSocketAddress bind, String at) throws Exception {
        for (int seed = 1; seed <= 5; seed++) {
            List<Planned> plan = plan(new Random(seed), 600);
            assertThat(sent(way, bind, at, plan)).as("seed %d", seed).isEqualTo(byReceiver(plan));
        }
    }

    /// Viewers take turns at one plain socket, which gets each segment as a datagram of its own: so the order among
    /// viewers is looked at too.
    @ParameterizedTest
    @EnumSource(names = {"BATCH", "NETTY"})
    void runsOfSeveralViewersAreOnTheWireAsTheyWereSent(UdpWay way) throws Exception {
        int[] growingThenShrinking = {300, 300, 301, 310, 310, 600, 900, 900, 899, 500, 500, 100, 1};
        int[] longerThanAMessage =
                IntStream.range(0, 21).map(i -> i < 20 ? 700 : 300).toArray();
        int viewers = 3;
        long messagesPerViewer = 7 + 2; // the first has a run up to each growth, the second is cut behind 16 packets
        try (EgressSocket socket = new EgressSocket(way, EVERYWHERE);
                Receivers wire = new Receivers(1, InetAddress.ofLiteral("0.0.0.0"))) {
            int port = wire.address(0).socket().getPort();
            List<PeerAddress> addresses = IntStream.range(0, viewers)
                    .mapToObj(i -> PeerAddress.udp(new InetSocketAddress("127.0.0." + (2 + i), port)))
                    .toList();
            List<ByteBuffer> sent = new ArrayList<>();
            Random random = new Random(1);
            socket.onLoop(egress -> {
                for (int[] sizes : List.of(growingThenShrinking, longerThanAMessage)) {
                    for (PeerAddress viewer : addresses) {
                        for (int size : sizes) {
                            byte[] bytes = new byte[size];
                            random.nextBytes(bytes);
                            send(egress, viewer, bytes);
                            sent.add(ByteBuffer.wrap(bytes));
                        }
                    }
                }
                egress.flush();
            });
            assertThat(wire.take(0).stream().map(Receivers.Received::bytes)).containsExactlyElementsOf(sent);
            assertThat(socket.counters().get(Counter.EGRESS_MESSAGES)).isEqualTo(viewers * messagesPerViewer);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BATCH", "NETTY"})
    void burstOfEqualPacketsIsOneMessageForEachPeer(UdpWay way) throws Exception {
        try (EgressSocket socket = new EgressSocket(way, EVERYWHERE);
                Receivers receivers = new Receivers(RECEIVERS, InetAddress.getLoopbackAddress())) {
            socket.onLoop(egress -> {
                for (int receiver = 0; receiver < RECEIVERS; receiver++) {
                    for (int i = 0; i < 8; i++) {
                        send(egress, receivers.address(receiver), new byte[i < 7 ? 1200 : 900]);
                    }
                }
                egress.flush();
            });
            assertThat(socket.counters().get(Counter.EGRESS_MESSAGES)).isEqualTo(RECEIVERS);
            assertThat(socket.counters().get(Counter.DATAGRAMS_OUT)).isEqualTo(8L * RECEIVERS);
            assertThat(socket.counters().get(Counter.BYTES_OUT)).isEqualTo((7 * 1200L + 900) * RECEIVERS);
            for (int receiver = 0; receiver < RECEIVERS; receiver++) {
                assertThat(receivers.take(receiver))
                        .extracting(datagram -> datagram.bytes().remaining())
                        .containsExactly(1200, 1200, 1200, 1200, 1200, 1200, 1200, 900);
            }
        }
    }

    @Test
    void batchOfSixteenMessagesIsOneCall() throws Exception {
        try (EgressSocket socket = new EgressSocket(UdpWay.BATCH, EVERYWHERE);
                Receivers receivers = new Receivers(RECEIVERS, InetAddress.getLoopbackAddress())) {
            socket.onLoop(egress -> {
                for (int receiver = 0; receiver < RECEIVERS; receiver++) {
                    send(egress, receivers.address(receiver), new byte[500]);
                    send(egress, receivers.address(receiver), new byte[500]);
                }
                egress.flush();
            });
            assertThat(socket.counters().get(Counter.EGRESS_MESSAGES)).isEqualTo(RECEIVERS);
            assertThat(socket.counters().get(Counter.EGRESS_CALLS)).isEqualTo(2);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BATCH", "NETTY"})
    void packetThatTheDeviceCannotCarryCostsNothingElse(UdpWay way) throws Exception {
        PeerAddress nowhere =
                PeerAddress.udp(new InetSocketAddress(InetAddress.ofLiteral("255.255.255.255"), 9)); // EACCES
        try (EgressSocket socket = new EgressSocket(way, EVERYWHERE);
                Receivers receivers = new Receivers(1, InetAddress.getLoopbackAddress())) {
            socket.onLoop(egress -> {
                send(egress, receivers.address(0), new byte[] {1});
                send(egress, nowhere, new byte[] {2});
                send(egress, nowhere, new byte[] {3});
                send(egress, receivers.address(0), new byte[] {4});
                egress.flush();
            });
            assertThat(receivers.take(0))
                    .extracting(datagram -> datagram.bytes().get(0))
                    .containsExactly((byte) 1, (byte) 4);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BATCH", "NETTY"})
    void claimIsTheSameBufferUntilItIsCommitted(UdpWay way) throws Exception {
        try (EgressSocket socket = new EgressSocket(way, EVERYWHERE);
                Receivers receivers = new Receivers(1, InetAddress.getLoopbackAddress())) {
            socket.onLoop(egress -> {
                ByteBuffer claimed = egress.claim();
                claimed.putLong(7);
                assertThat(egress.claim()).isSameAs(claimed);
                assertThat(claimed.position()).isZero();
                assertThat(claimed.capacity()).isEqualTo(Egress.DATAGRAM_BYTES);
                claimed.position(3).limit(5);
                egress.commit(receivers.address(0));
                assertThat(egress.claim()).isNotSameAs(claimed);
                egress.flush();
            });
            assertThat(receivers.take(0))
                    .extracting(datagram -> datagram.bytes().remaining())
                    .containsExactly(2);
        }
    }

    private static List<List<ByteBuffer>> sent(UdpWay way, InetSocketAddress bind, String at, List<Planned> plan)
            throws Exception {
        try (EgressSocket socket = new EgressSocket(way, bind);
                Receivers receivers = new Receivers(RECEIVERS, InetAddress.ofLiteral(at))) {
            socket.onLoop(egress -> {
                for (Planned planned : plan) {
                    send(egress, receivers.address(planned.receiver), planned.bytes.duplicate());
                    if (planned.flushed) {
                        egress.flush();
                    }
                }
                egress.flush();
            });
            List<List<ByteBuffer>> received = new ArrayList<>();
            for (int i = 0; i < RECEIVERS; i++) {
                received.add(receivers.take(i).stream()
                        .map(Receivers.Received::bytes)
                        .toList());
            }
            return received;
        }
    }

    private static void send(Egress egress, PeerAddress to, byte[] bytes) {
        send(egress, to, ByteBuffer.wrap(bytes));
    }

    private static void send(Egress egress, PeerAddress to, ByteBuffer bytes) {
        egress.claim().put(bytes).flip();
        egress.commit(to);
    }

    /// Bursts as they come: mostly of one size, with a shorter one at the end, some that grow, some of any size.
    private static List<Planned> plan(Random random, int bursts) {
        List<Planned> plan = new ArrayList<>();
        for (int i = 0; i < bursts; i++) {
            int receiver = random.nextInt(RECEIVERS);
            int size = 20 + random.nextInt(1400);
            int kind = random.nextInt(4);
            int packets = 1 + random.nextInt(kind == 0 ? 20 : 6);
            for (int k = 0; k < packets; k++) {
                int bytes =
                        switch (kind) {
                            case 0 -> k == packets - 1 ? Math.max(1, size - random.nextInt(20)) : size;
                            case 1 -> size + k / 2;
                            case 2 -> Math.max(1, size - k);
                            default -> 1 + random.nextInt(1450);
                        };
                byte[] content = new byte[bytes];
                random.nextBytes(content);
                plan.add(new Planned(receiver, ByteBuffer.wrap(content), random.nextInt(200) == 0));
            }
        }
        return plan;
    }

    private static List<List<ByteBuffer>> byReceiver(List<Planned> plan) {
        return IntStream.range(0, RECEIVERS)
                .mapToObj(receiver -> plan.stream()
                        .filter(planned -> planned.receiver == receiver)
                        .map(Planned::bytes)
                        .toList())
                .toList();
    }

    /// One datagram to send, and whether the batch ends behind it.
    private record Planned(int receiver, ByteBuffer bytes, boolean flushed) {}
}
