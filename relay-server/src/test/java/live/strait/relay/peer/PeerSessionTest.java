package live.strait.relay.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import live.strait.protocol.datachannel.DataChannelOptions;
import live.strait.protocol.datachannel.DataChannels;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.rtcp.RtcpKind;
import live.strait.protocol.rtcp.RtcpPacket;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.media.Lines;
import live.strait.relay.media.ViewerMedia;
import live.strait.relay.observe.LoopCounters.Counter;
import live.strait.relay.sim.SimHost;
import live.strait.relay.sim.SimLane;
import live.strait.relay.sim.SimNode;
import live.strait.signaling.control.LanePeer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What becomes of a session when its media, its peer or its owner misbehaves: it ends, alone, once, with a cause.
class PeerSessionTest {
    private final SimNode node = new SimNode(1);
    private final MediaLoop loop = node.loops().getFirst();
    private final SimHost peer = new SimHost(1, 1, Lines.VP8);
    private final SimHost neighbour = new SimHost(2, 2, Lines.VP8);

    @Test
    void errorInOneSessionsMediaClosesThatSessionAlone() {
        BrokenMedia broken = new BrokenMedia("onRtp");
        BrokenMedia fine = new BrokenMedia("");
        node.connect(peer, loop, broken);
        node.connect(neighbour, loop, fine);
        node.run(Duration.ofSeconds(1));
        assertThat(node.ended()).containsOnlyKeys(peer.session());
        assertThat(node.ended()).containsEntry(peer.session(), SessionEnd.INTERNAL_ERROR);
        assertThat(broken.ends).containsExactly(SessionEnd.INTERNAL_ERROR);
        assertThat(node.total(Counter.SESSION_ERRORS)).isEqualTo(1);
        assertThat(fine.packets).isPositive();
        assertThat(fine.ends).isEmpty();
    }

    @Test
    void errorInATimerClosesTheSessionAndTheOthersGoOn() {
        node.connect(peer, loop, new BrokenMedia("onTimeout"));
        BrokenMedia fine = new BrokenMedia("");
        node.connect(neighbour, loop, fine);
        node.run(Duration.ofSeconds(1));
        assertThat(node.ended()).containsOnlyKeys(peer.session());
        assertThat(fine.timeouts).isGreaterThan(5);
    }

    @Test
    void errorWhileASessionBeginsClosesIt() {
        node.connect(peer, loop, new BrokenMedia("onReady"));
        node.run(Duration.ofMillis(100));
        assertThat(node.ended()).containsEntry(peer.session(), SessionEnd.INTERNAL_ERROR);
    }

    @Test
    void errorWhileASessionEndsDoesNotHideTheEnd() {
        node.connect(peer, loop, new BrokenMedia("onClosed"));
        loop.post(now -> peer.session().end(SessionEnd.PEER_LEFT, "the test's wish"));
        node.settle();
        assertThat(node.ended()).containsEntry(peer.session(), SessionEnd.PEER_LEFT);
    }

    @Test
    void keysGoWithTheSession() {
        node.connect(peer, loop, new BrokenMedia(""));
        int withSession = node.guard().open();
        loop.post(now -> {
            peer.session().end(SessionEnd.PEER_LEFT, "the test's wish");
            peer.session().end(SessionEnd.PEER_LEFT, "and again");
        });
        node.settle();
        assertThat(node.guard().open())
                .as("the peer's own")
                .isEqualTo(withSession / 2)
                .isPositive();
        node.run(Duration.ofSeconds(1));
        assertThat(node.total(Counter.SESSION_ERRORS)).as("used after that").isZero();
    }

    /// A studio beside OBS sends no media, and checks come so seldom that a weak link may lose three in a row.
    @Test
    void whatComesOnTheLaneIsASignOfLife() {
        SimLane page = new SimLane(3);
        node.connect(page, loop, new ViewerMedia(List.of(), List.of(), loop), lane());
        node.run(Duration.ofSeconds(1));
        assertThat(page.channels().isOpen()).isTrue();
        page.loseChecks();
        for (int i = 0; i < 30; i++) {
            page.channels().say(new byte[] {'!'});
            node.run(Duration.ofSeconds(1));
        }
        assertThat(node.ended()).isEmpty();
    }

    @Test
    void whoSendsNeitherChecksNorAnythingElseIsGone() {
        SimLane page = new SimLane(3);
        node.connect(page, loop, new ViewerMedia(List.of(), List.of(), loop), lane());
        node.run(Duration.ofSeconds(1));
        page.loseChecks();
        node.run(Duration.ofSeconds(10));
        assertThat(node.ended()).containsEntry(page.session(), SessionEnd.SILENCE);
    }

    @Test
    void firstCauseOfAnEndStaysTheOnlyOne() {
        BrokenMedia media = new BrokenMedia("");
        node.connect(peer, loop, media);
        loop.post(now -> {
            peer.session().end(SessionEnd.TAKEN_OVER, "first");
            peer.session().end(SessionEnd.PEER_LEFT, "second");
            peer.session().fail(new IllegalStateException("third"));
        });
        node.run(Duration.ofSeconds(1));
        assertThat(media.ends).containsExactly(SessionEnd.TAKEN_OVER);
        assertThat(node.total(Counter.SESSION_ERRORS)).isZero();
    }

    @Test
    void endedSessionTakesAndSendsNothingMore() {
        BrokenMedia media = new BrokenMedia("");
        node.connect(peer, loop, media);
        node.run(Duration.ofMillis(200));
        loop.post(now -> peer.session().end(SessionEnd.ROOM_ENDED, "the test's wish"));
        node.settle();
        int packets = media.packets;
        int timeouts = media.timeouts;
        node.run(Duration.ofSeconds(2));
        assertThat(media.packets).isEqualTo(packets);
        assertThat(media.timeouts).isEqualTo(timeouts);
        assertThat(peer.session().nextDeadlineNanos()).isEqualTo(Long.MAX_VALUE);
    }

    /// The wake-up of a handshake may well come behind the end of its session; handshakes run on the wall clock, so a
    /// fast one may also be done before.
    @Test
    void sessionThatEndsDuringItsHandshakeStaysEnded() {
        BrokenMedia media = new BrokenMedia("");
        node.begin(peer, loop, media);
        node.run(Duration.ofMillis(1));
        loop.post(now -> peer.session().end(SessionEnd.TAKEN_OVER, "the test's wish"));
        node.settle();
        node.awaitHandshakes(1);
        node.run(Duration.ofSeconds(1));
        assertThat(media.readiesAfterTheEnd).isZero();
        assertThat(media.ends).containsExactly(SessionEnd.TAKEN_OVER);
        assertThat(node.ended()).containsEntry(peer.session(), SessionEnd.TAKEN_OVER);
    }

    @Test
    void pathsAreForgottenWithTheSession() {
        node.connect(peer, loop, new BrokenMedia(""));
        peer.roam();
        node.run(Duration.ofSeconds(1));
        assertThat(node.table()).hasSize(2);
        loop.post(now -> peer.session().end(SessionEnd.PEER_LEFT, "the test's wish"));
        node.settle();
        assertThat(node.table()).isEmpty();
    }

    private LaneChannels lane() {
        return new LaneChannels(
                new DataChannels(DataChannelOptions.DEFAULT, new Random(1), node.nowNanos()), _ -> new NobodysLane());
    }

    /// The room's end of a lane in which nobody listens.
    private static final class NobodysLane implements LanePeer {
        @Override
        public void receive(String json) {}

        @Override
        public void settled(long receipt, boolean delivered) {}

        @Override
        public void closed() {}
    }

    /// Media that counts, and throws where it is told to.
    private static final class BrokenMedia implements PeerMedia {
        private final String where;
        private final List<SessionEnd> ends = new ArrayList<>();
        private long deadline = Long.MAX_VALUE;
        private int readiesAfterTheEnd;
        private int packets;
        private int timeouts;

        private BrokenMedia(String where) {
            this.where = where;
        }

        @Override
        public void onReady(PeerSession session, long nowNanos) {
            readiesAfterTheEnd += ends.isEmpty() ? 0 : 1;
            deadline = nowNanos + 50_000_000;
            failAt("onReady");
        }

        @Override
        public @Nullable DropReason onRtp(ByteBuffer packet, long arrivalNanos, long nowNanos) {
            packets++;
            failAt("onRtp");
            return null;
        }

        @Override
        public Set<RtcpKind> wantedRtcp() {
            return EnumSet.allOf(RtcpKind.class);
        }

        @Override
        public void onRtcp(RtcpPacket packet, long nowNanos) {
            failAt("onRtcp");
        }

        @Override
        public void onPathChanged(long nowNanos) {
            failAt("onPathChanged");
        }

        @Override
        public long nextDeadlineNanos() {
            return deadline;
        }

        @Override
        public void onTimeout(long nowNanos) {
            timeouts++;
            deadline = nowNanos + 50_000_000;
            failAt("onTimeout");
        }

        @Override
        public void onClosed(SessionEnd end) {
            ends.add(end);
            failAt("onClosed");
        }

        private void failAt(String here) {
            if (where.equals(here)) {
                throw new IllegalStateException("a bug in " + here + ", as wanted");
            }
        }
    }
}
