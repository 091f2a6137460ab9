package live.strait.relay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import live.strait.protocol.demux.DropReason;
import live.strait.relay.observe.LoopCounters.Counter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Who comes while others watch sees a picture at once, and the host is not asked for one for each of them.
class NewcomerTest {
    private static final int LOW = 11;
    private static final int MIDDLE = 12;
    private static final int HIGH = 13;

    private final SimRoom room = new SimRoom();
    private final SimNode node = room.node;

    @AfterEach
    void noIndexWasSealedTwiceAndNothingFailed() {
        assertThat(node.guard().violations()).isEmpty();
        assertThat(node.total(Counter.SESSION_ERRORS)).isZero();
        assertThat(node.total(DropReason.CACHE_OVERRUN)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void newcomerBeginsWithTheLastKeyFrameAndAllSince(int loop) {
        SimHost host = room.host(1, 1);
        keyFrameOfSecondsAgo(1.8);
        int asked = host.keyFrameRequests();
        SimViewer newcomer = room.viewer(3, loop, true);
        assertThat(millisToPicture(newcomer)).isLessThan(150);
        assertThat(host.keyFrameRequests()).isEqualTo(asked);
        ReceivedVideo video = newcomer.video();
        assertThat(video.streamsShown()).containsExactly(LOW);
        assertThat(video.oldestMillis()).as("the key frame's age").isGreaterThan(1_000);
        assertThat(node.nowNanos() - video.newestCaptureNanos())
                .as("the present is behind it")
                .isLessThan(100_000_000);

        room.run(4);
        assertThat(video.streamsShown()).containsExactly(LOW, HIGH);
        assertThat(host.keyFrameRequests() - asked).as("for the better layer").isEqualTo(1);
        assertThat(video.decodableShare()).isEqualTo(1);
        assertThat(video.holes()).isZero();
        video.assertContinuous();
        video.assertReportsFollowCapture(newcomer.reports(), node.clock(), 2);
    }

    @Test
    void crowdThatComesBitByBitSharesItsKeyFrames() {
        SimHost host = room.host(4, 1);
        room.viewer(5, 0, true);
        room.run(3);
        int asked = host.keyFrameRequests();
        List<SimViewer> crowd = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            crowd.add(room.viewer(10 + i, i % 2, true));
            room.run(0.25);
            assertThat(crowd.getLast().video().packetCount())
                    .as("packets of newcomer %d", i)
                    .isPositive();
        }
        assertThat(host.keyFrameRequests() - asked).as("in 10 s").isBetween(4, 6);
        room.run(3);
        for (SimViewer each : crowd) {
            assertThat(each.video().streamsShown().getLast()).isEqualTo(HIGH);
            assertThat(each.video().decodableShare()).isEqualTo(1);
            each.video().assertContinuous();
        }
    }

    /// Seeds with which the first packet comes: nobody asks for what was before the first that it sees.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 7})
    void lossyLinkGetsThePastRepaired(long seed) {
        room.host(60, 1);
        keyFrameOfSecondsAgo(1.8);
        SimViewer newcomer = room.viewer(62, 1, true);
        newcomer.useLink("both delay 30ms loss 10%", seed);
        room.run(6);
        newcomer.useLink("both delay 30ms", seed);
        room.run(1);
        assertThat(newcomer.video().holes()).isZero();
        assertThat(newcomer.video().decodableShare()).isGreaterThan(0.99);
        newcomer.video().assertContinuous();
    }

    @Test
    void whoComesLongAfterTheLastKeyFrameAsksForOne() {
        SimHost host = room.host(70, 1);
        room.viewer(71, 0, true);
        room.run(8);
        int asked = host.keyFrameRequests();
        SimViewer newcomer = room.viewer(72, 1, true);
        assertThat(millisToPicture(newcomer)).isLessThan(400);
        assertThat(host.keyFrameRequests() - asked).isEqualTo(1);
        assertThat(newcomer.video().streamsShown()).containsExactly(HIGH);
        assertThat(newcomer.video().oldestMillis()).isLessThan(200);
    }

    /// Its layer ends just after a key frame: what it sees is the last picture, and the next best is urgent.
    @Test
    void whoseLayerEndsDoesNotWaitForTheNextOfAll() {
        SimHost host = room.host(80, 1);
        SimViewer viewer = room.viewer(81, 1, true);
        room.run(3);
        viewer.requestKeyFrame();
        room.run(0.2);
        host.switchOff(3);
        room.run(1.5);
        assertThat(viewer.video().streamsShown()).endsWith(HIGH, MIDDLE);
    }

    /// Somebody watches, and has asked for a key frame that long ago.
    private void keyFrameOfSecondsAgo(double seconds) {
        SimViewer first = room.viewer(100, 0, true);
        room.run(2);
        first.requestKeyFrame();
        room.run(seconds);
    }

    private long millisToPicture(SimViewer viewer) {
        long began = node.nowNanos();
        while (viewer.video().packetCount() == 0) {
            room.run(0.005);
            assertThat(node.nowNanos() - began).as("nothing comes").isLessThan(3_000_000_000L);
        }
        room.run(0.03);
        return (node.nowNanos() - began) / 1_000_000;
    }
}
