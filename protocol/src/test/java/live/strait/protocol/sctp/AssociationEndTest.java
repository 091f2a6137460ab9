package live.strait.protocol.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import live.strait.protocol.link.LinkProfile;
import live.strait.protocol.link.PeerPair;
import live.strait.protocol.sctp.chunk.ChunkType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssociationEndTest {
    private final Peerling left = new Peerling(1);
    private final Peerling right = new Peerling(2);

    private PeerPair connected(String link, long seed) {
        left.association.connect(0);
        right.association.connect(0);
        PeerPair pair = new PeerPair(left, right, LinkProfile.parse("link", link), seed);
        pair.runUntil(() -> left.isEstablished() && right.isEstablished(), Duration.ofSeconds(20));
        return pair;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void shutdownDeliversEverythingFirst(long seed) {
        PeerPair pair = connected("delay 40ms loss 20%", seed);
        for (int i = 0; i < 20; i++) {
            left.say(pair.nowNanos(), "left " + i);
            right.say(pair.nowNanos(), "right " + i);
        }
        left.association.shutdown();
        assertThat(left.say(pair.nowNanos(), "too late")).isFalse();
        pair.runUntil(() -> left.endCause() != null && right.endCause() != null, Duration.ofSeconds(40));
        pair.check(() -> {
            assertThat(left.texts).hasSize(20);
            assertThat(right.texts).hasSize(20);
            assertThat(left.endCause()).isEqualTo("shut down");
            assertThat(right.endCause()).startsWith("shut down");
        });
    }

    @Test
    void bothMayShutDownAtOnce() {
        PeerPair pair = connected("delay 40ms", 1);
        left.association.shutdown();
        right.association.shutdown();
        pair.runFor(Duration.ofSeconds(1));
        assertThat(left.endCause()).startsWith("shut down");
        assertThat(right.endCause()).startsWith("shut down");
    }

    @Test
    void lostShutdownCompleteIsSentAgain() {
        Peerling.establish(left, right);
        left.association.shutdown();
        left.transmit(1).forEach(packet -> right.feed(1, packet));
        List<byte[]> ack = right.transmit(1);
        assertThat(Peerling.types(ack.getFirst())).containsExactly(ChunkType.SHUTDOWN_ACK);
        left.feed(1, ack.getFirst());
        assertThat(Peerling.types(left.transmit(1).getFirst())).containsExactly(ChunkType.SHUTDOWN_COMPLETE);
        left.feed(2, ack.getFirst());
        left.transmit(2).forEach(packet -> right.feed(2, packet));
        assertThat(right.endCause()).isEqualTo("shut down by the peer");
    }

    @Test
    void abortTellsThePeerWhy() {
        Peerling.establish(left, right);
        left.say(1, "lost");
        left.association.abort("too many questions");
        Peerling.exchange(1, left, right);
        assertThat(right.endCause()).isEqualTo("aborted by the peer: too many questions");
        assertThat(right.texts).isEmpty();
        assertThat(left.say(2, "x")).isFalse();
        assertThat(left.transmit(2)).isEmpty();
    }

    @Test
    void silentPeerEndsTheAssociationOnlyAfterThirtySeconds() {
        PeerPair pair = connected("delay 40ms", 1);
        left.say(pair.nowNanos(), "anybody there?");
        pair.toRight().apply(pair.nowNanos(), "down");
        pair.toLeft().apply(pair.nowNanos(), "down");
        pair.runFor(Duration.ofSeconds(29));
        assertThat(left.endCause()).isNull();
        pair.runFor(Duration.ofSeconds(2));
        assertThat(left.endCause()).isEqualTo("nothing heard from the SCTP peer");
    }

    @Test
    void idleAssociationLivesOnALossyLink() {
        PeerPair pair = connected("delay 40ms loss 40%", 1);
        pair.runFor(Duration.ofMinutes(30));
        pair.check(() -> assertThat(left.endCause()).isNull());
        pair.check(() -> assertThat(right.endCause()).isNull());
        assertThat(left.sent.size())
                .as("heartbeats and answers in half an hour")
                .isBetween(120, 1200);
    }

    @Test
    void idlePeerThatIsGoneIsNoticed() {
        PeerPair pair = connected("delay 40ms", 1);
        pair.runFor(Duration.ofSeconds(20));
        pair.toLeft().apply(pair.nowNanos(), "down");
        pair.runFor(Duration.ofSeconds(50));
        assertThat(left.endCause()).isEqualTo("nothing heard from the SCTP peer");
    }
}
