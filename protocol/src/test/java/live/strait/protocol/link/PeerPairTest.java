package live.strait.protocol.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PeerPairTest {
    @Test
    void pingComesBackAfterTheRoundTrip() {
        Ping ping = new Ping();
        PeerPair pair = new PeerPair(ping, new Echo(), LinkProfile.parse("test", "delay 40ms"), 1);
        pair.runUntil(() -> ping.answeredAt >= 0, Duration.ofSeconds(1));
        assertThat(ping.answeredAt).isEqualTo(80_000_000);
        assertThat(pair.advance()).isFalse();
    }

    @Test
    void whatIsNotReachedTellsTheSeed() {
        PeerPair pair = new PeerPair(new Ping(), new Echo(), LinkProfile.parse("test", "loss 100%"), 42);
        assertThatThrownBy(() -> pair.runUntil(() -> false, Duration.ofSeconds(1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("seed 42")
                .hasMessageContaining("lost=1");
        assertThatThrownBy(() -> pair.check(() -> assertThat(1).isEqualTo(2))).hasMessageContaining("seed 42");
    }

    @Test
    void clockStandsAtTheEndOfARun() {
        PeerPair pair = new PeerPair(new Ping(), new Echo(), LinkProfile.named("perfect"), 1);
        pair.runFor(Duration.ofMinutes(10));
        assertThat(pair.nowNanos()).isEqualTo(Duration.ofMinutes(10).toNanos());
    }

    @Test
    void peerThatIsAlwaysDueIsFound() {
        Ping busy = new Ping() {
            @Override
            public long nextDeadlineNanos() {
                return 0;
            }
        };
        PeerPair pair = new PeerPair(busy, new Echo(), LinkProfile.named("perfect"), 1);
        assertThatThrownBy(() -> pair.runFor(Duration.ofSeconds(1))).hasMessageContaining("time stands still");
    }

    private static class Ping implements SimulatedPeer {
        private boolean sent;
        private long answeredAt = -1;

        @Override
        public void receive(long nowNanos, ByteBuffer datagram) {
            assertThat(datagram.getInt(0)).isEqualTo(7);
            answeredAt = nowNanos;
        }

        @Override
        public void onTimeout(long nowNanos) {}

        @Override
        public boolean pollTransmit(long nowNanos, ByteBuffer out) {
            boolean first = !sent;
            sent = true;
            out.putInt(7).flip();
            return first;
        }

        @Override
        public long nextDeadlineNanos() {
            return Long.MAX_VALUE;
        }
    }

    private static final class Echo extends Ping {
        private boolean pending;

        @Override
        public void receive(long nowNanos, ByteBuffer datagram) {
            pending = true;
        }

        @Override
        public boolean pollTransmit(long nowNanos, ByteBuffer out) {
            boolean answer = pending;
            pending = false;
            out.putInt(7).flip();
            return answer;
        }
    }
}
