package live.strait.protocol.datachannel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import live.strait.protocol.link.PeerPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Large messages, full buffers and closed windows.
class SendBufferTest {
    private static final int MEGABYTE = 1_000_000;

    private static final DataChannelOptions LARGE = DataChannelOptions.DEFAULT
            .withRemote(5000, MEGABYTE)
            .withMaxReceiveMessageBytes(MEGABYTE)
            .withMaxBuffered(4 * MEGABYTE, Duration.ofMinutes(10));

    private static ByteBuffer noise(int bytes) {
        byte[] message = new byte[bytes];
        new SplittableRandom(bytes).nextBytes(message);
        return ByteBuffer.wrap(message);
    }

    private static SendResult send(PeerPair pair, Endpoint from, DataChannel channel, ByteBuffer message) {
        return from.channels.send(pair.nowNanos(), channel, message, false, SendOptions.NORMAL);
    }

    @ParameterizedTest
    @CsvSource({
        "perfect, 1",
        "delay 30ms rate 20mbit queue 100ms, 10",
        "delay 40ms jitter 10ms loss 2%, 60",
        "delay 40ms jitter 10ms loss 20%, 150",
    })
    void messageOfAMegabyteComesThrough(String link, int atMostSeconds) {
        Endpoint client = new Endpoint(LARGE.withDtlsClient(true), 1);
        Endpoint node = new Endpoint(LARGE, 2);
        PeerPair pair = Endpoint.connected(client, node, link, 3);
        DataChannel ordered = client.channels.open(0, "ordered", "", Reliability.RELIABLE);
        DataChannel unordered = client.channels.open(0, "unordered", "", Reliability.RELIABLE_UNORDERED);
        assertThat(send(pair, client, ordered, noise(MEGABYTE))).isEqualTo(SendResult.ACCEPTED);
        assertThat(send(pair, client, unordered, noise(MEGABYTE - 1))).isEqualTo(SendResult.ACCEPTED);
        pair.runUntil(() -> node.events(DataChannelEvent.Message.class).size() == 2, Duration.ofSeconds(atMostSeconds));
        List<ByteBuffer> came = node.events(DataChannelEvent.Message.class).stream()
                .map(DataChannelEvent.Message::bytes)
                .toList();
        assertThat(came).containsExactlyInAnyOrder(noise(MEGABYTE), noise(MEGABYTE - 1));
        pair.runFor(Duration.ofSeconds(3));
        assertThat(client.channels.bufferedBytes()).isZero();
    }

    @Test
    void longerThanThePeerTakesIsRefused() {
        Endpoint client = new Endpoint(DataChannelOptions.DEFAULT.withRemote(5000, 1000), 1);
        DataChannel lane = client.channels.open(0, "lane", "", Reliability.RELIABLE);
        assertThat(client.send(0, lane, "x".repeat(1001))).isEqualTo(SendResult.TOO_LARGE);
        assertThat(client.send(0, lane, "x".repeat(1000))).isEqualTo(SendResult.ACCEPTED);
    }

    @Test
    void longerThanWeTakeEndsTheAssociationWithTheReason() {
        Endpoint client = new Endpoint(DataChannelOptions.DEFAULT.withDtlsClient(true), 1);
        Endpoint node = new Endpoint(DataChannelOptions.DEFAULT.withMaxReceiveMessageBytes(10_000), 2);
        PeerPair pair = Endpoint.connected(client, node, "delay 10ms", 3);
        DataChannel lane = client.channels.open(0, "lane", "", Reliability.RELIABLE);
        client.send(0, lane, "x".repeat(10_000));
        pair.runFor(Duration.ofSeconds(1));
        assertThat(node.texts()).hasSize(1);
        client.send(pair.nowNanos(), lane, "x".repeat(10_001));
        pair.runFor(Duration.ofSeconds(1));
        assertThat(node.texts()).hasSize(1);
        assertThat(client.events(DataChannelEvent.Failed.class))
                .containsExactly(
                        new DataChannelEvent.Failed("aborted by the peer: a message of more than 10000 bytes"));
        assertThat(lane.state()).isEqualTo(DataChannel.State.CLOSED);
        assertThat(client.send(pair.nowNanos(), lane, "x")).isEqualTo(SendResult.CLOSED);
    }

    @Test
    void fullBufferRefusesUntilHalfOfItIsFree() {
        Endpoint client = new Endpoint(
                DataChannelOptions.DEFAULT.withDtlsClient(true).withMaxBuffered(100_000, Duration.ofMinutes(1)), 1);
        Endpoint node = new Endpoint(false, 2);
        DataChannel lane = client.channels.open(0, "lane", "", Reliability.RELIABLE);
        String message = "x".repeat(10_000);
        int accepted = 0;
        while (client.send(0, lane, message) == SendResult.ACCEPTED) {
            accepted++;
        }
        assertThat(accepted).isEqualTo(9);
        assertThat(client.send(0, lane, message)).isEqualTo(SendResult.BUFFER_FULL);
        assertThat(client.channels.bufferedBytes(lane)).isBetween(90_000, 100_000);
        PeerPair pair = Endpoint.connected(client, node, "delay 50ms", 3);
        pair.runUntil(() -> !client.events(DataChannelEvent.BufferedLow.class).isEmpty(), Duration.ofSeconds(3));
        assertThat(client.channels.bufferedBytes()).isLessThanOrEqualTo(50_000);
        assertThat(send(pair, client, lane, noise(100))).isEqualTo(SendResult.ACCEPTED);
        pair.runFor(Duration.ofSeconds(2));
        assertThat(client.events(DataChannelEvent.BufferedLow.class)).hasSize(1);
    }

    @Test
    void nothingMoreIsTakenWhileTheOldestHasWaitedTooLong() {
        Endpoint client = new Endpoint(
                DataChannelOptions.DEFAULT.withDtlsClient(true).withMaxBuffered(1 << 20, Duration.ofSeconds(2)), 1);
        Endpoint node = new Endpoint(false, 2);
        PeerPair pair = Endpoint.connected(client, node, "delay 20ms", 3);
        DataChannel lane = client.channels.open(0, "lane", "", Reliability.RELIABLE);
        pair.runFor(Duration.ofSeconds(1));
        pair.toRight().apply(pair.nowNanos(), "down");
        assertThat(client.send(pair.nowNanos(), lane, "first")).isEqualTo(SendResult.ACCEPTED);
        pair.runFor(Duration.ofMillis(1900));
        assertThat(client.send(pair.nowNanos(), lane, "second")).isEqualTo(SendResult.ACCEPTED);
        pair.runFor(Duration.ofMillis(200));
        assertThat(client.send(pair.nowNanos(), lane, "third")).isEqualTo(SendResult.BUFFER_FULL);
        pair.runFor(Duration.ofSeconds(1));
        assertThat(client.events(DataChannelEvent.BufferedLow.class)).isEmpty();
        pair.toRight().apply(pair.nowNanos(), "up");
        pair.runFor(Duration.ofMillis(600));
        assertThat(node.texts()).containsExactly("first", "second");
        assertThat(client.events(DataChannelEvent.BufferedLow.class)).hasSize(1);
        assertThat(client.send(pair.nowNanos(), lane, "fourth")).isEqualTo(SendResult.ACCEPTED);
    }

    /// Towards a viewer whose line a picture fills five times over.
    @Test
    void aLinkThatTakesOnePacketOfFiveIsNoReasonToRefuse() {
        for (int seed = 1; seed <= 20; seed++) {
            Endpoint client = new Endpoint(true, seed);
            Endpoint node = new Endpoint(false, 100 + seed);
            PeerPair pair = Endpoint.connected(client, node, "delay 300ms", seed);
            client.channels.open(0, "lane", "", Reliability.RELIABLE);
            pair.runFor(Duration.ofSeconds(2));
            DataChannel lane = node.opened("lane");
            pair.toLeft().apply(pair.nowNanos(), "loss 80%");
            pair.toRight().apply(pair.nowNanos(), "loss 8%");
            for (int i = 0; i < 60; i++) {
                assertThat(node.send(pair.nowNanos(), lane, "state " + i))
                        .as("seed %d, message %d", seed, i)
                        .isEqualTo(SendResult.ACCEPTED);
                pair.runFor(Duration.ofSeconds(2));
            }
        }
    }

    @Test
    void expiredMessagesMakeRoomInAFullBuffer() {
        Endpoint client = new Endpoint(
                DataChannelOptions.DEFAULT.withDtlsClient(true).withMaxBuffered(10_000, Duration.ofMinutes(1)), 1);
        DataChannel fast = client.channels.open(0, "fast", "", Reliability.lifetime(100));
        for (int i = 0; i < 9; i++) {
            assertThat(client.send(0, fast, "x".repeat(1000))).isEqualTo(SendResult.ACCEPTED);
        }
        assertThat(client.send(50_000_000, fast, "x".repeat(1000))).isEqualTo(SendResult.BUFFER_FULL);
        assertThat(client.send(100_000_000, fast, "x".repeat(1000))).isEqualTo(SendResult.ACCEPTED);
        assertThat(client.channels.bufferedBytes(fast)).as("the last, and OPEN").isEqualTo(1016);
    }

    @Test
    void peerThatTakesNothingStopsTheSenderAndLetsItGoOnLater() {
        Endpoint client = new Endpoint(LARGE.withDtlsClient(true).withRemote(5000, 64_000), 1);
        Sleeper node = new Sleeper();
        PeerPair pair = Endpoint.connected(client, node, "delay 20ms loss 5%", 3);
        DataChannel lane = client.channels.open(0, "lane", "", Reliability.RELIABLE);
        pair.runFor(Duration.ofSeconds(1));
        node.asleep = true;
        for (int i = 0; i < 30; i++) {
            send(pair, client, lane, noise(50_000));
        }
        pair.runFor(Duration.ofSeconds(40));
        int left = client.channels.bufferedBytes();
        assertThat(left).as("the peer's window is 256 + 128 KiB").isGreaterThan(1_500_000 - 500_000);
        int packets = client.packetsSent;
        pair.runFor(Duration.ofSeconds(10));
        assertThat(client.channels.bufferedBytes()).isBetween(left - 5_000, left);
        assertThat(client.packetsSent - packets).as("probes of a closed window").isBetween(5, 60);
        assertThat(client.events(DataChannelEvent.Failed.class)).isEmpty();
        node.asleep = false;
        node.poll(pair.nowNanos());
        pair.runUntil(() -> node.events(DataChannelEvent.Message.class).size() == 30, Duration.ofSeconds(30));
        assertThat(node.events(DataChannelEvent.Message.class))
                .allMatch(message -> message.bytes().equals(noise(50_000)));
    }

    /// An owner that does not take its events for a while.
    private static final class Sleeper extends Endpoint {
        private boolean asleep;

        private Sleeper() {
            super(false, 2);
        }

        @Override
        void poll(long nowNanos) {
            if (!asleep) {
                super.poll(nowNanos);
            }
        }
    }

    @Test
    void emptyMessagesComeAsEmptyMessages() {
        Endpoint client = new Endpoint(true, 1);
        Endpoint node = new Endpoint(false, 2);
        PeerPair pair = Endpoint.connected(client, node, "delay 10ms", 3);
        DataChannel lane = client.channels.open(0, "lane", "", Reliability.RELIABLE);
        client.channels.send(0, lane, ByteBuffer.allocate(0), true, SendOptions.NORMAL);
        client.channels.send(0, lane, ByteBuffer.allocate(0), false, SendOptions.NORMAL);
        client.channels.send(0, lane, ByteBuffer.wrap(new byte[] {0}), false, SendOptions.NORMAL);
        pair.runFor(Duration.ofSeconds(1));
        DataChannel theirs = node.opened("lane");
        assertThat(node.events(DataChannelEvent.Message.class))
                .containsExactly(
                        new DataChannelEvent.Message(theirs, ByteBuffer.allocate(0), true),
                        new DataChannelEvent.Message(theirs, ByteBuffer.allocate(0), false),
                        new DataChannelEvent.Message(theirs, ByteBuffer.wrap(new byte[] {0}), false));
    }
}
