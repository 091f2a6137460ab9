package live.strait.relay.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.loop.LoopMailbox;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.loop.RecordingEgress;
import live.strait.relay.media.Lines;
import live.strait.relay.media.Publication;
import live.strait.relay.observe.LoopCounters;
import live.strait.relay.observe.LoopCounters.Counter;
import live.strait.relay.observe.LoopThreads;
import live.strait.relay.peer.PeerSession;
import live.strait.relay.sim.SimHost;
import live.strait.relay.sim.SimNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each datagram is brought to its session or counted; nothing that comes from the network throws.
class DatagramRouterTest {
    private static final PeerAddress STRANGER = PeerAddress.udp(new InetSocketAddress("203.0.113.66", 666));

    private final SimNode node = new SimNode(1);
    private final ConcurrentHashMap<String, PeerSession> byUfrag = new ConcurrentHashMap<>();
    private final SimHost host = new SimHost(1, 1, Lines.VP8);
    private final MediaLoop hostLoop = node.loops().getFirst();
    private final PeerAddress hostAddress;

    DatagramRouterTest() {
        node.connect(
                host,
                hostLoop,
                new Publication(
                        List.of(Lines.browserAudio(), Lines.simulcast(Lines.VP8)),
                        hostLoop,
                        node.loops(),
                        node.clock()));
        hostAddress = node.table().keySet().iterator().next();
        byUfrag.put("known", host.session());
    }

    @Test
    void everyKindOfStrayDatagramHasItsReason() {
        DatagramRouter router = new DatagramRouter(hostLoop, new PeerTable(byUfrag));
        route(router, STRANGER, new byte[0]);
        route(router, STRANGER, new byte[] {99, 1, 2});
        route(router, STRANGER, new byte[] {(byte) 0x80, 96, 0, 0});
        route(router, STRANGER, new byte[] {(byte) 0x80, (byte) 200, 0, 0});
        route(router, STRANGER, new byte[] {22, (byte) 254, (byte) 253});
        route(router, STRANGER, new byte[] {0, 1, 0, 0});
        LoopCounters counters = hostLoop.counters();
        assertThat(counters.get(DropReason.EMPTY)).isEqualTo(1);
        assertThat(counters.get(DropReason.UNKNOWN_PROTOCOL)).isEqualTo(1);
        assertThat(counters.get(DropReason.UNKNOWN_PEER)).isEqualTo(3);
        assertThat(counters.get(DropReason.STUN_UNKNOWN_UFRAG)).isEqualTo(1);
        assertThat(counters.get(Counter.DATAGRAMS_IN)).isEqualTo(6);
    }

    /// A viewer's feedback for an estimator, sealed: a packet of 20 bytes with AEAD's 20 behind.
    @Test
    void feedbackThatNobodyHasAUseForIsLeftUnread() {
        DatagramRouter router = new DatagramRouter(hostLoop, new PeerTable(byUfrag));
        byte[] sealed = new byte[40];
        System.arraycopy(new byte[] {(byte) 0x8f, (byte) 205, 0, 4}, 0, sealed, 0, 4);
        route(router, STRANGER, sealed);
        assertThat(hostLoop.counters().get(Counter.RTCP_UNREAD)).isEqualTo(1);
        assertThat(hostLoop.counters().get(DropReason.UNKNOWN_PEER)).isZero();
    }

    @Test
    void checkForASessionThatIsNotHereIsCounted() {
        DatagramRouter router = new DatagramRouter(hostLoop, new PeerTable(byUfrag));
        route(router, STRANGER, check("nobody:else"));
        assertThat(hostLoop.counters().get(DropReason.STUN_UNKNOWN_UFRAG)).isEqualTo(1);
    }

    @Test
    void datagramThatLandsOnAnotherLoopIsHandedOver() {
        LoopCounters counters = new LoopCounters();
        MediaLoop other = new MediaLoop(1, new LoopMailbox(() -> {}), new RecordingEgress(), counters, 0);
        PeerTable table = new PeerTable(byUfrag);
        DatagramRouter router = new DatagramRouter(other, table);
        table.learn(hostAddress, host.session());
        ByteBuffer datagram = ByteBuffer.wrap(new byte[] {(byte) 0x80, 96, 0, 0});
        router.route(datagram, hostAddress, node.nowNanos(), node.nowNanos());
        datagram.put(0, (byte) 99); // the bytes were the caller's again
        assertThat(counters.get(Counter.DATAGRAMS_HANDED_OVER)).isEqualTo(1);
        node.settle();
        assertThat(hostLoop.counters().get(DropReason.TRUNCATED)).isEqualTo(1);
    }

    @Test
    void datagramsHandedOverMakeNoGarbage() {
        MediaLoop other = new MediaLoop(1, new LoopMailbox(() -> {}), new RecordingEgress(), new LoopCounters(), 0);
        PeerTable table = new PeerTable(byUfrag);
        DatagramRouter router = new DatagramRouter(other, table);
        table.learn(hostAddress, host.session());
        ByteBuffer datagram =
                ByteBuffer.allocateDirect(1_200).put(0, (byte) 0x80).put(1, (byte) 96);
        handOver(router, datagram, 1_000);
        assertThat((double) handOver(router, datagram, 1_000) / 1_000)
                .as("bytes a datagram")
                .isLessThan(8);
    }

    /// In batches, and tells what the router has allocated meanwhile.
    private long handOver(DatagramRouter router, ByteBuffer datagram, int batches) {
        long allocated = 0;
        for (int i = 0; i < batches; i++) {
            long before = LoopThreads.allocatedHere();
            for (int j = 0; j < 10; j++) {
                router.route(datagram.clear(), hostAddress, node.nowNanos(), node.nowNanos());
            }
            allocated += LoopThreads.allocatedHere() - before;
            node.settle();
        }
        return allocated / 10;
    }

    /// Its copies are bounded, and those that are out are not written over.
    @Test
    void loopThatIsFarBehindGetsWhatItCanHold() {
        LoopCounters counters = new LoopCounters();
        MediaLoop other = new MediaLoop(1, new LoopMailbox(() -> {}), new RecordingEgress(), counters, 0);
        PeerTable table = new PeerTable(byUfrag);
        DatagramRouter router = new DatagramRouter(other, table);
        table.learn(hostAddress, host.session());
        int sent = 5_000;
        for (int i = 0; i < sent; i++) {
            ByteBuffer datagram = ByteBuffer.wrap(new byte[] {(byte) 0x80, 96, 0, 0});
            router.route(datagram, hostAddress, node.nowNanos(), node.nowNanos());
        }
        long refused = counters.get(DropReason.MAILBOX_FULL);
        assertThat(refused).isBetween(1L, 1_000L);
        node.settle();
        assertThat(hostLoop.counters().get(DropReason.TRUNCATED)).isEqualTo(sent - refused);
        router.route(
                ByteBuffer.wrap(new byte[] {(byte) 0x80, 96, 0, 0}), hostAddress, node.nowNanos(), node.nowNanos());
        node.settle();
        assertThat(counters.get(DropReason.MAILBOX_FULL)).as("as before").isEqualTo(refused);
        assertThat(hostLoop.counters().get(DropReason.TRUNCATED)).isEqualTo(sent - refused + 1);
    }

    /// One loop has given its copy back, the other has not: that one's is left alone.
    @Test
    void loopThatIsBehindKeepsWhatItWasHanded() {
        SimNode two = new SimNode(2);
        PeerTable table = new PeerTable(byUfrag);
        MediaLoop quick = two.loops().get(0);
        MediaLoop slow = two.loops().get(1);
        SimHost toQuick = new SimHost(1, 1, Lines.VP8);
        SimHost toSlow = new SimHost(2, 2, Lines.VP8);
        two.connect(toQuick, quick, new Publication(List.of(Lines.browserAudio()), quick, two.loops(), two.clock()));
        two.connect(toSlow, slow, new Publication(List.of(Lines.browserAudio()), slow, two.loops(), two.clock()));
        PeerAddress slowAddress = PeerAddress.udp(new InetSocketAddress("203.0.113.67", 667));
        table.learn(hostAddress, toQuick.session());
        table.learn(slowAddress, toSlow.session());
        MediaLoop other = new MediaLoop(2, new LoopMailbox(() -> {}), new RecordingEgress(), new LoopCounters(), 0);
        DatagramRouter router = new DatagramRouter(other, table);
        byte[] stub = {(byte) 0x80, 96, 0, 0};
        router.route(ByteBuffer.wrap(stub), hostAddress, 0, 0);
        router.route(ByteBuffer.wrap(stub), slowAddress, 0, 0);
        quick.drainMailbox(two.nowNanos());
        router.route(ByteBuffer.wrap(stub), hostAddress, 0, 0);
        router.route(ByteBuffer.wrap(stub), hostAddress, 0, 0);
        two.settle();
        assertThat(quick.counters().get(DropReason.TRUNCATED)).isEqualTo(3);
        assertThat(slow.counters().get(DropReason.TRUNCATED)).isEqualTo(1);
    }

    @Test
    void fullMailboxOfTheOtherLoopIsCounted() {
        LoopCounters counters = new LoopCounters();
        MediaLoop other = new MediaLoop(1, new LoopMailbox(() -> {}), new RecordingEgress(), counters, 0);
        PeerTable table = new PeerTable(byUfrag);
        table.learn(hostAddress, host.session());
        while (hostLoop.postMedia(now -> {})) {}
        new DatagramRouter(other, table)
                .route(
                        ByteBuffer.wrap(new byte[] {(byte) 0x80, 96, 0, 0}),
                        hostAddress,
                        node.nowNanos(),
                        node.nowNanos());
        assertThat(counters.get(DropReason.MAILBOX_FULL)).isEqualTo(1);
    }

    @Test
    void addressIsForgottenOnlyByTheSessionThatHasIt() {
        PeerTable table = new PeerTable(byUfrag);
        SimHost second = new SimHost(2, 2, Lines.VP8);
        node.connect(
                second, hostLoop, new Publication(List.of(Lines.browserAudio()), hostLoop, node.loops(), node.clock()));
        table.learn(STRANGER, host.session());
        table.learn(STRANGER, second.session());
        table.forget(STRANGER, host.session());
        assertThat(table.byAddress(STRANGER)).isSameAs(second.session());
        table.forget(STRANGER, second.session());
        assertThat(table.byAddress(STRANGER)).isNull();
    }

    /// From a validated address, and so through all gates up to the authentication of each protocol.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noiseIsDroppedAndTheShowGoesOn(long seed) {
        node.run(Duration.ofSeconds(1));
        PeerTable table = new PeerTable(byUfrag);
        table.learn(hostAddress, host.session());
        DatagramRouter router = new DatagramRouter(hostLoop, table);
        Random random = new Random(seed);
        long dropsBefore = drops();
        int sent = 30_000;
        for (int i = 0; i < sent; i++) {
            byte[] noise = new byte[random.nextInt(8) == 0 ? random.nextInt(4) : random.nextInt(300)];
            random.nextBytes(noise);
            if (noise.length > 1) {
                firstBytes(random, noise);
            }
            route(router, random.nextInt(3) == 0 ? STRANGER : hostAddress, noise);
        }
        assertThat(drops() - dropsBefore).isEqualTo(sent);
        assertThat(hostLoop.counters().get(Counter.SESSION_ERRORS)).isZero();
        long before = hostLoop.counters().get(Counter.RTP_IN);
        node.run(Duration.ofSeconds(1));
        assertThat(hostLoop.counters().get(Counter.RTP_IN)).isGreaterThan(before + 100);
        assertThat(node.ended()).isEmpty();
    }

    /// Makes noise look like each protocol in turn.
    private static void firstBytes(Random random, byte[] noise) {
        switch (random.nextInt(6)) {
            case 0 -> noise[0] = (byte) (0x80 | random.nextInt(64));
            case 1 -> {
                noise[0] = (byte) 0x80;
                noise[1] = (byte) (192 + random.nextInt(32));
            }
            case 2 -> {
                noise[0] = (byte) (20 + random.nextInt(6));
                if (noise.length > 13) {
                    noise[1] = (byte) 254;
                    noise[2] = (byte) 253;
                    noise[11] = 0;
                    noise[12] = (byte) (noise.length - 13);
                }
            }
            case 3 -> noise[0] = (byte) random.nextInt(4);
            case 4 -> {
                byte[] check = check(random.nextBoolean() ? "known:peer" : "x:y");
                System.arraycopy(check, 0, noise, 0, Math.min(check.length, noise.length));
            }
            default -> {}
        }
    }

    private static byte[] check(String username) {
        byte[] name = username.getBytes(StandardCharsets.US_ASCII);
        int padded = (name.length + 3) & ~3;
        ByteBuffer stun = ByteBuffer.allocate(24 + padded);
        stun.putShort((short) 1)
                .putShort((short) (4 + padded))
                .putInt(0x2112a442)
                .putLong(5)
                .putInt(6);
        stun.putShort((short) 6).putShort((short) name.length).put(name);
        return stun.array();
    }

    private long drops() {
        long sum = 0;
        for (DropReason reason : DropReason.values()) {
            sum += hostLoop.counters().get(reason);
        }
        return sum;
    }

    private void route(DatagramRouter router, PeerAddress from, byte[] bytes) {
        hostLoop.beginBatch(node.nowNanos());
        ByteBuffer datagram = ByteBuffer.wrap(bytes);
        if (router.accepts(datagram)) {
            router.route(datagram, from, node.nowNanos(), node.nowNanos());
        }
        hostLoop.endBatch();
    }
}
