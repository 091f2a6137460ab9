package live.strait.protocol.datachannel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.random.RandomGenerator;
import live.strait.protocol.link.LinkProfile;
import live.strait.protocol.link.PeerPair;
import org.junit.jupiter.api.Test;

/// TSNs pass 2^32 and stream sequence numbers 2^16, with losses all along.
class NumberWrapTest {
    private static final int MESSAGES = 70_000;

    @Test
    void numbersWrapUnnoticed() {
        RandomGenerator nearTheEnd = () -> 0xffffff00L << 32;
        Counter left = new Counter(new DataChannels(DataChannelOptions.DEFAULT.withDtlsClient(true), nearTheEnd, 0));
        Counter right = new Counter(new DataChannels(DataChannelOptions.DEFAULT, nearTheEnd, 0));
        left.channels.connect(0);
        right.channels.connect(0);
        PeerPair pair = new PeerPair(left, right, LinkProfile.parse("link", "delay 5ms loss 0.5%"), 1);
        DataChannel lane = left.channels.open(0, "lane", "", Reliability.RELIABLE);
        DataChannel brief = left.channels.open(0, "brief", "", new Reliability(true, 0, -1));
        ByteBuffer message = ByteBuffer.allocate(8);
        for (int i = 0; i < MESSAGES; i++) {
            while (left.send(pair.nowNanos(), lane, message.putInt(0, i).putInt(4, 0)) != SendResult.ACCEPTED) {
                pair.runFor(Duration.ofMillis(50));
            }
            left.send(pair.nowNanos(), brief, message.putInt(0, i).putInt(4, 1));
            if (i % 100 == 99) {
                pair.runFor(Duration.ofMillis(10));
            }
        }
        pair.runUntil(() -> right.reliable == MESSAGES, Duration.ofSeconds(60));
        pair.check(() -> assertThat(right.unreliable).isGreaterThan(MESSAGES * 9 / 10));
    }

    /// Expects whole numbers one after the other on the reliable channel, and growing ones on the other.
    private static final class Counter extends Endpoint {
        private int reliable;
        private int unreliable;
        private int last = -1;

        private Counter(DataChannels channels) {
            super(channels);
        }

        private SendResult send(long nowNanos, DataChannel channel, ByteBuffer message) {
            return channels.send(nowNanos, channel, message, false, SendOptions.NORMAL);
        }

        @Override
        void poll(long nowNanos) {
            super.poll(nowNanos);
            events.clear();
        }

        @Override
        void onEvent(long nowNanos, DataChannelEvent event) {
            if (event instanceof DataChannelEvent.Message(var channel, ByteBuffer bytes, var text)) {
                assertThat(text).isFalse();
                if (channel.label().equals("lane")) {
                    assertThat(bytes.getInt(0)).isEqualTo(reliable++);
                } else {
                    assertThat(bytes.getInt(0)).isGreaterThan(last);
                    last = bytes.getInt(0);
                    unreliable++;
                }
            }
        }
    }
}
