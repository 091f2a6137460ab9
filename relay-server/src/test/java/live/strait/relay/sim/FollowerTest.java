package live.strait.relay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.rtcp.SenderReport;
import live.strait.relay.media.Lines;
import live.strait.relay.observe.LoopCounters.Counter;
import live.strait.relay.peer.SessionEnd;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Viewers who stay with a layer for a while take the short way; what they get is no other than on the long one.
class FollowerTest {
    private final SimRoom room = new SimRoom();
    private final SimNode node = room.node;

    @AfterEach
    void noIndexWasSealedTwiceAndNothingFailed() {
        assertThat(node.guard().violations()).isEmpty();
        assertThat(node.total(Counter.SESSION_ERRORS)).isZero();
    }

    @Test
    void whoStaysTakesTheShortWay() {
        room.host(1, 1);
        List<SimViewer> viewers = List.of(room.viewer(2, 0, true), room.viewer(3, 1, true));
        room.run(10);
        for (SimViewer viewer : viewers) {
            assertThat(viewer.video().decodableShare()).isEqualTo(1);
            assertThat(viewer.video().holes()).isZero();
            viewer.video().assertContinuous();
            viewer.video().assertTimestampsFollowCapture(1, 400);
        }
        assertThat(node.total(Counter.RTP_FOLLOWED)).isGreaterThan(node.total(Counter.RTP_FORWARDED) / 2);
    }

    /// Its own reports say how much was sent, by whichever way.
    @Test
    void reportsCountWhatTookTheShortWay() {
        room.host(1, 1);
        SimViewer viewer = room.viewer(2, 1, true);
        room.run(10);
        SenderReport last = viewer.reports().stream()
                .filter(report -> report.senderSsrc() == ReceivedVideo.SSRC)
                .reduce((_, later) -> later)
                .orElseThrow();
        assertThat(last.packetCount()).isBetween(viewer.video().packetCount() - 300L, (long)
                viewer.video().packetCount());
        assertThat(last.octetCount() / last.packetCount()).isBetween(100L, 180L);
    }

    /// With and without RTX; who has none has every number of every packet noted, and takes the long way.
    @ParameterizedTest
    @CsvSource({"21,true", "22,true", "23,true", "24,false"})
    void lossesOfTheHostAndOfViewersAreRepairedInBetween(long seed, boolean rtx) {
        SimHost host = room.host(seed, 1, Lines.VP8);
        SimViewer viewer = room.viewer(seed + 100, 1, rtx);
        room.run(3);
        host.useLink("both delay 10ms jitter 5ms reorder on loss 2% dup 1%", seed);
        viewer.useLink("both delay 20ms jitter 5ms reorder on loss 3% dup 1%", seed + 1);
        for (String rid : new String[] {null, "q", "h", "f"}) {
            room.select(viewer, rid);
            room.run(6);
        }
        assertThat(viewer.video().decodableShare()).isGreaterThan(0.97);
        assertThat(node.total(Counter.RTP_RESENT)).isGreaterThan(50);
        assertThat(node.total(Counter.NACK_UNANSWERED)).isLessThan(node.total(Counter.NACK_RECEIVED) / 10);
        assertThat(node.total(DropReason.CACHE_OVERRUN)).isZero();
        long followed = node.total(Counter.RTP_FOLLOWED);
        if (rtx) {
            assertThat(followed).isGreaterThan(node.total(Counter.RTP_FORWARDED) / 8);
        } else {
            assertThat(followed).isZero();
        }
    }

    /// Places are given to others as viewers go.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void othersGoOnWhenOneLeaves(int leaving) {
        room.host(5, 1);
        List<SimViewer> viewers = List.of(
                room.viewer(6, 1, true), room.viewer(7, 1, true), room.viewer(8, 1, true), room.viewer(9, 1, true));
        room.run(4);
        room.select(viewers.get(leaving), "q");
        room.run(2);
        room.pause(viewers.get(leaving));
        SimViewer gone = viewers.get(leaving);
        gone.session().loop().post(now -> gone.session().end(SessionEnd.PEER_LEFT, "the test's wish"));
        room.run(4);
        for (SimViewer viewer : viewers) {
            if (viewer != viewers.get(leaving)) {
                assertThat(viewer.video().decodableShare()).isEqualTo(1);
                assertThat(viewer.video().holes()).isZero();
                viewer.video().assertContinuous();
                assertThat(node.nowNanos() - viewer.video().newestCaptureNanos())
                        .isLessThan(200_000_000L);
            }
        }
    }
}
