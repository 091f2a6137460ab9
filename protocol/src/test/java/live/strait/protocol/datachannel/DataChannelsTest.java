package live.strait.protocol.datachannel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import live.strait.protocol.link.PeerPair;
import org.junit.jupiter.api.Test;

class DataChannelsTest {
    @Test
    void bothSidesConnectAndTalkBeforeAnythingIsAcknowledged() {
        Endpoint client = new Endpoint(true, 1);
        Endpoint node = new Endpoint(false, 2);
        DataChannel lane = client.channels.open(0, "lane", "v1", Reliability.RELIABLE);
        client.send(0, lane, "hello");
        PeerPair pair = Endpoint.connected(client, node, "delay 20ms", 1);
        pair.runUntil(() -> !node.texts().isEmpty(), Duration.ofSeconds(1));
        assertThat(node.texts()).containsExactly("hello");
        assertThat(node.opened("lane").protocol()).isEqualTo("v1");
        assertThat(lane.streamId()).isZero();
        node.send(pair.nowNanos(), node.opened("lane"), "welcome");
        pair.runUntil(() -> !client.texts().isEmpty(), Duration.ofSeconds(1));
        assertThat(client.texts()).containsExactly("welcome");
        assertThat(lane.state()).isEqualTo(DataChannel.State.OPEN);
        assertThat(client.drops).isEmpty();
        assertThat(node.drops).isEmpty();
    }

    @Test
    void reliableMessagesArriveOnceAndInOrderOverALossyLink() {
        Endpoint client = new Endpoint(true, 3);
        Endpoint node = new Endpoint(false, 4);
        DataChannel lane = client.channels.open(0, "lane", "", Reliability.RELIABLE);
        PeerPair pair = Endpoint.connected(client, node, "delay 50ms jitter 20ms loss 20%", 7);
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            sent.add("message " + i);
            assertThat(client.send(pair.nowNanos(), lane, "message " + i)).isEqualTo(SendResult.ACCEPTED);
            pair.runFor(Duration.ofMillis(50));
        }
        pair.runUntil(() -> node.texts().size() >= 200, Duration.ofSeconds(10));
        pair.runFor(Duration.ofSeconds(5));
        pair.check(() -> assertThat(node.texts()).isEqualTo(sent));
        assertThat(client.channels.bufferedBytes()).isZero();
    }
}
