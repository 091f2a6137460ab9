package live.strait.protocol.datachannel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import live.strait.protocol.link.PeerPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelLifecycleTest {
    private static final String LOSSY = "delay 40ms jitter 10ms loss 15%";

    private final Endpoint client = new Endpoint(true, 11);
    private final Endpoint node = new Endpoint(false, 12);

    private static List<DataChannel> closed(Endpoint endpoint) {
        return endpoint.events(DataChannelEvent.Closed.class).stream()
                .map(DataChannelEvent.Closed::channel)
                .toList();
    }

    @Test
    void closingOneSideClosesBothAndFreesTheId() {
        PeerPair pair = Endpoint.connected(client, node, "delay 20ms", 1);
        DataChannel lane = client.channels.open(0, "lane", "", Reliability.RELIABLE);
        pair.runUntil(() -> lane.state() == DataChannel.State.OPEN, Duration.ofSeconds(1));
        DataChannel theirs = node.opened("lane");
        client.channels.close(pair.nowNanos(), lane);
        assertThat(lane.state()).isEqualTo(DataChannel.State.CLOSING);
        assertThat(client.send(pair.nowNanos(), lane, "too late")).isEqualTo(SendResult.CLOSED);
        pair.runFor(Duration.ofMillis(300));
        assertThat(closed(client)).containsExactly(lane);
        assertThat(closed(node)).containsExactly(theirs);
        assertThat(theirs.state()).isEqualTo(DataChannel.State.CLOSED);
        assertThat(client.channels
                        .open(pair.nowNanos(), "next", "", Reliability.RELIABLE)
                        .streamId())
                .isEqualTo(lane.streamId());
    }

    @Test
    void whatWasSentBeforeCloseArrives() {
        PeerPair pair = Endpoint.connected(client, node, LOSSY, 2);
        DataChannel lane = client.channels.open(0, "lane", "", Reliability.RELIABLE);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            sent.add(i + "x".repeat(2000));
            client.send(0, lane, sent.getLast());
        }
        client.channels.close(0, lane);
        pair.runUntil(() -> !closed(node).isEmpty() && !closed(client).isEmpty(), Duration.ofSeconds(30));
        pair.check(() -> assertThat(node.texts()).isEqualTo(sent));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void channelsAreOpenedClosedAndOpenedAgainOverALossyLink(long seed) {
        PeerPair pair = Endpoint.connected(client, node, LOSSY, seed);
        for (int round = 0; round < 30; round++) {
            String label = "round " + round;
            boolean ours = round % 3 != 0;
            Endpoint opener = ours ? client : node;
            Endpoint other = ours ? node : client;
            DataChannel channel = opener.channels.open(pair.nowNanos(), label, "", Reliability.RELIABLE);
            for (int i = 0; i < 3; i++) {
                opener.send(pair.nowNanos(), channel, label + " " + i);
            }
            pair.runUntil(() -> other.texts().contains(label + " 2"), Duration.ofSeconds(20));
            DataChannel theirs = other.opened(label);
            assertThat(other.send(pair.nowNanos(), theirs, label + " back")).isEqualTo(SendResult.ACCEPTED);
            if (round % 2 == 0) {
                opener.channels.close(pair.nowNanos(), channel);
            }
            other.channels.close(pair.nowNanos(), theirs);
            pair.runUntil(
                    () -> closed(opener).contains(channel) && closed(other).contains(theirs), Duration.ofSeconds(20));
            assertThat(channel.streamId()).isLessThan(2);
            assertThat(opener.texts().getLast()).isEqualTo(label + " back");
        }
        List<String> heard = new ArrayList<>(client.texts());
        heard.addAll(node.texts());
        assertThat(heard).hasSize(120).doesNotHaveDuplicates();
    }

    @Test
    void manyAreClosedInOneRequest() {
        PeerPair pair = Endpoint.connected(client, node, "delay 20ms", 3);
        List<DataChannel> all = IntStream.range(0, 20)
                .mapToObj(i -> client.channels.open(0, "c" + i, "", Reliability.RELIABLE))
                .toList();
        pair.runUntil(() -> node.events(DataChannelEvent.Opened.class).size() == 20, Duration.ofSeconds(1));
        all.forEach(channel -> client.channels.close(pair.nowNanos(), channel));
        pair.runFor(Duration.ofSeconds(1));
        assertThat(closed(client)).containsExactlyInAnyOrderElementsOf(all);
        assertThat(closed(node)).hasSize(20);
    }

    @Test
    void channelClosedBeforeTheAssociationIsThereIsOpenedAndClosed() {
        DataChannel brief = client.channels.open(0, "brief", "", Reliability.RELIABLE);
        client.send(0, brief, "hello and goodbye");
        client.channels.close(0, brief);
        PeerPair pair = Endpoint.connected(client, node, "delay 20ms", 4);
        pair.runFor(Duration.ofSeconds(1));
        assertThat(node.texts()).containsExactly("hello and goodbye");
        assertThat(closed(node)).hasSize(1);
        assertThat(closed(client)).containsExactly(brief);
    }

    @Test
    void oneChannelTooManyIsClosedByTheOther() {
        PeerPair pair = Endpoint.connected(client, node, "delay 20ms", 5);
        for (int i = 0; i < 40; i++) {
            node.channels.open(0, "theirs", "", Reliability.RELIABLE);
            client.channels.open(0, "ours", "", Reliability.RELIABLE);
        }
        pair.runFor(Duration.ofSeconds(2));
        assertThat(closed(client)).hasSize(16);
        assertThat(closed(node)).hasSize(16);
        DataChannel more = client.channels.open(pair.nowNanos(), "one", "", Reliability.RELIABLE);
        assertThat(more.state()).isEqualTo(DataChannel.State.OPENING);
    }

    @Test
    void oneChannelTooManyOfOurOwnIsClosedFromTheStart() {
        for (int i = 0; i < DataChannelOptions.DEFAULT.maxChannels(); i++) {
            assertThat(client.channels.open(0, "c", "", Reliability.RELIABLE).streamId())
                    .isEqualTo(2 * i);
        }
        DataChannel none = client.channels.open(0, "c", "", Reliability.RELIABLE);
        assertThat(none.state()).isEqualTo(DataChannel.State.CLOSED);
        assertThat(client.send(0, none, "x")).isEqualTo(SendResult.CLOSED);
        client.poll(0);
        assertThat(closed(client)).containsExactly(none);
    }

    @Test
    void reliabilityAndNamesComeAcross() {
        PeerPair pair = Endpoint.connected(client, node, "delay 20ms", 6);
        List<Reliability> kinds = List.of(
                Reliability.RELIABLE,
                Reliability.RELIABLE_UNORDERED,
                new Reliability(true, 3, -1),
                Reliability.unordered(0),
                new Reliability(true, -1, 500),
                Reliability.lifetime(70_000));
        for (Reliability kind : kinds) {
            client.channels.open(0, "Größe " + kinds.indexOf(kind), "proto", kind);
        }
        pair.runFor(Duration.ofSeconds(1));
        for (Reliability kind : kinds) {
            DataChannel theirs = node.opened("Größe " + kinds.indexOf(kind));
            assertThat(theirs.reliability()).isEqualTo(kind);
            assertThat(theirs.protocol()).isEqualTo("proto");
            assertThat(theirs.openedByPeer()).isTrue();
        }
    }
}
