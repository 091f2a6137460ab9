package live.strait.protocol.datachannel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import live.strait.protocol.link.PeerPair;
import org.junit.jupiter.api.Test;

class UrgentMessageTest {
    private final Endpoint client = new Endpoint(true, 21);
    private final Endpoint node = new Endpoint(false, 22);

    private static SendResult urgent(PeerPair pair, Endpoint from, DataChannel channel, String text) {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        return from.channels.send(pair.nowNanos(), channel, bytes, true, SendOptions.URGENT);
    }

    @Test
    void urgentOvertakesAllThatHasNotBegun() {
        PeerPair pair = Endpoint.connected(client, node, "delay 50ms rate 1mbit queue 500ms", 1);
        DataChannel lane = client.channels.open(0, "lane", "", Reliability.RELIABLE);
        DataChannel bulk = client.channels.open(0, "bulk", "", Reliability.RELIABLE);
        pair.runUntil(() -> bulk.state() == DataChannel.State.OPEN, Duration.ofSeconds(2));
        for (int i = 0; i < 100; i++) {
            client.send(pair.nowNanos(), bulk, "b" + "x".repeat(2000));
            client.send(pair.nowNanos(), lane, "l" + "x".repeat(1000));
        }
        pair.runFor(Duration.ofMillis(20));
        urgent(pair, client, lane, "let me in");
        long asked = pair.nowNanos();
        pair.runUntil(() -> node.texts().contains("let me in"), Duration.ofSeconds(2));
        // What is in the link's queue is before it: a window of ten packets at 1 Mbit/s, and 50 ms.
        assertThat(Duration.ofNanos(pair.nowNanos() - asked)).isLessThan(Duration.ofMillis(200));
        assertThat(node.texts().size()).isLessThan(30);
    }

    @Test
    void urgentLeavesThoughTheCongestionWindowIsFull() {
        PeerPair pair = Endpoint.connected(client, node, "delay 300ms", 1);
        DataChannel lane = client.channels.open(0, "lane", "", Reliability.RELIABLE);
        pair.runUntil(() -> lane.state() == DataChannel.State.OPEN, Duration.ofSeconds(5));
        for (int i = 0; i < 50; i++) {
            client.send(pair.nowNanos(), lane, "x".repeat(1100));
        }
        pair.runFor(Duration.ofMillis(10));
        int packets = client.packetsSent;
        client.send(pair.nowNanos(), lane, "not urgent");
        pair.runFor(Duration.ofMillis(10));
        assertThat(client.packetsSent).as("the window is full").isEqualTo(packets);
        urgent(pair, client, lane, "u".repeat(1100));
        urgent(pair, client, lane, "u".repeat(1100));
        urgent(pair, client, lane, "u".repeat(1100));
        pair.runFor(Duration.ofMillis(10));
        assertThat(client.packetsSent).as("one packet more").isEqualTo(packets + 1);
        pair.runFor(Duration.ofMillis(15));
        assertThat(client.packetsSent).as("another 20 ms later").isEqualTo(packets + 2);
    }

    @Test
    void urgentIsNotHeldBackByALostMessageOfItsChannel() {
        PeerPair pair = Endpoint.connected(client, node, "delay 100ms", 1);
        DataChannel lane = client.channels.open(0, "lane", "", Reliability.RELIABLE);
        pair.runUntil(() -> lane.state() == DataChannel.State.OPEN, Duration.ofSeconds(5));
        pair.toRight().apply(pair.nowNanos(), "down");
        client.send(pair.nowNanos(), lane, "lost");
        pair.runFor(Duration.ofMillis(5));
        pair.toRight().apply(pair.nowNanos(), "up");
        urgent(pair, client, lane, "urgent");
        pair.runFor(Duration.ofMillis(110));
        assertThat(node.texts()).containsExactly("urgent");
        pair.runFor(Duration.ofSeconds(1));
        assertThat(node.texts()).containsExactly("urgent", "lost");
    }

    /// More that is urgent than the link carries, for half a minute: what is reliable still comes through, or the
    /// owner would take the peer for dead.
    @Test
    void urgentLeavesRoomForWhatIsSentAgain() {
        PeerPair pair = Endpoint.connected(client, node, "delay 30ms rate 300kbit queue 300ms", 1);
        DataChannel lane = client.channels.open(0, "lane", "", Reliability.RELIABLE);
        DataChannel fast = client.channels.open(0, "lane-fast", "", Reliability.unordered(0));
        pair.runUntil(() -> fast.state() == DataChannel.State.OPEN, Duration.ofSeconds(2));
        for (int i = 0; i < 5_000; i++) {
            ByteBuffer copy = ByteBuffer.wrap("u".repeat(250).getBytes(StandardCharsets.UTF_8));
            client.channels.send(pair.nowNanos(), fast, copy, true, new SendOptions(true, 50_000_000, 0));
            if (i % 50 == 0) {
                client.send(pair.nowNanos(), lane, "reliable " + i / 50);
            }
            pair.runFor(Duration.ofMillis(6));
            if (i > 500 && i % 50 == 0) {
                assertThat(node.texts()).contains("reliable " + (i - 500) / 50); // 3 s ago
            }
        }
    }

    /// The promise of the lane: what waits for the end of an outage is there within 600 ms of it.
    @Test
    void messageOfAnOutageArrivesSoonAfterItsEnd() {
        PeerPair pair = Endpoint.connected(client, node, "delay 60ms", 1);
        DataChannel lane = client.channels.open(0, "lane", "", Reliability.RELIABLE);
        pair.runUntil(() -> lane.state() == DataChannel.State.OPEN, Duration.ofSeconds(5));
        for (int outage = 1; outage <= 20; outage++) {
            String text = "outage " + outage;
            pair.toRight().apply(pair.nowNanos(), "down");
            pair.toLeft().apply(pair.nowNanos(), "down");
            client.send(pair.nowNanos(), lane, text);
            pair.runFor(Duration.ofMillis(317L * outage));
            pair.toRight().apply(pair.nowNanos(), "up");
            pair.toLeft().apply(pair.nowNanos(), "up");
            pair.runUntil(() -> node.texts().contains(text), Duration.ofMillis(600));
            pair.runFor(Duration.ofSeconds(2));
        }
    }

    /// One message every 200 ms, as an interrupt now and then: the tail of the flight is the flight.
    @Test
    void lostTailsAreMendedWithoutWaitingForTheTimer() {
        PeerPair pair = Endpoint.connected(client, node, "delay 40ms jitter 5ms loss 20%", 5);
        DataChannel lane = client.channels.open(0, "lane", "", Reliability.RELIABLE_UNORDERED);
        List<Long> took = new ArrayList<>();
        pair.runUntil(() -> lane.state() == DataChannel.State.OPEN, Duration.ofSeconds(10));
        for (int i = 0; i < 500; i++) {
            String text = "message " + i;
            long from = pair.nowNanos();
            client.send(from, lane, text);
            pair.runUntil(() -> node.texts().contains(text), Duration.ofSeconds(10));
            took.add((pair.nowNanos() - from) / 1_000_000);
            pair.runFor(Duration.ofMillis(400));
        }
        took.sort(null);
        assertThat(took.get(450)).as("90 % in ms, with one loss").isLessThan(200);
        assertThat(took.get(495)).as("99 % in ms, with two losses").isLessThan(500);
    }
}
