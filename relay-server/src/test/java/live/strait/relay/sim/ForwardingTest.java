package live.strait.relay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import live.strait.protocol.demux.DropReason;
import live.strait.relay.observe.LoopCounters.Counter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// From a host's three layers to what viewers see: one continuous stream, whatever happens on the way.
class ForwardingTest {
    private final SimRoom room = new SimRoom();
    private final SimNode node = room.node;

    @AfterEach
    void noIndexWasSealedTwiceAndNothingFailed() {
        assertThat(node.guard().violations()).isEmpty();
        assertThat(node.guard().sealed()).isPositive();
        assertThat(node.total(Counter.SESSION_ERRORS)).isZero();
        assertThat(node.total(DropReason.CACHE_OVERRUN)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void viewerOnAnyLoopSeesTheBestLayerFromAKeyFrameOn(int loop) {
        room.host(1, 1);
        SimViewer viewer = room.viewer(2, loop, true);
        room.run(6);
        ReceivedVideo video = viewer.video();
        assertThat(video.streamsShown().getLast()).isEqualTo(13);
        assertThat(video.decodableShare()).isEqualTo(1);
        assertThat(video.holes()).isZero();
        video.assertContinuous();
        video.assertTimestampsFollowCapture(1, 400);
        assertThat(viewer.audioPacketCount()).isBetween(280, 305);
        assertThat(viewer.drops()).doesNotContainKeys(DropReason.SRTP_UNAUTHENTICATED, DropReason.SRTP_REPLAYED);
    }

    @Test
    void layerSwitchesAreInvisibleInTheNumbers() {
        room.host(3, 1);
        SimViewer viewer = room.viewer(4, 1, true);
        room.run(3);
        for (String rid : List.of("q", "f", "h", "q", "h", "f", "q", "f")) {
            room.select(viewer, rid);
            room.run(3);
        }
        ReceivedVideo video = viewer.video();
        assertThat(video.streamsShown()).containsSubsequence(11, 13, 12, 11, 12, 13, 11, 13);
        assertThat(video.decodableShare()).isGreaterThan(0.99);
        assertThat(video.holes()).isZero();
        video.assertContinuous();
        video.assertTimestampsFollowCapture(1, 400);
    }

    @Test
    void switchLeavesNoPauseLongerThanTheKeyFrameTakes() {
        room.host(5, 1);
        SimViewer viewer = room.viewer(6, 1, true);
        room.run(3);
        long longestNanos = 0;
        long newest = viewer.video().newestCaptureNanos();
        room.select(viewer, "q");
        for (int step = 0; step < 300; step++) {
            room.run(0.01);
            if (step == 150) {
                room.select(viewer, "f");
            }
            newest = Math.max(newest, viewer.video().newestCaptureNanos());
            longestNanos = Math.max(longestNanos, node.nowNanos() - newest);
        }
        assertThat(longestNanos / 1_000_000).as("age of the newest picture, ms").isLessThan(120);
    }

    /// A key frame that has begun when the wish changes is old when it changes back.
    @Test
    void wishThatIsTakenBackLeavesNothingToSendLater() {
        room.host(23, 1);
        SimViewer viewer = room.viewer(24, 1, true);
        room.run(2);
        room.select(viewer, "q");
        room.run(2);
        for (int millis = 20; millis < 90; millis += 4) {
            room.select(viewer, "f");
            room.run(millis / 1000.0);
            room.select(viewer, "q");
            room.run(0.8);
        }
        room.select(viewer, "f");
        room.run(2);
        assertThat(viewer.video().oldestMillis())
                .as("age of the oldest packet on arrival")
                .isLessThan(200);
        assertThat(viewer.video().holes()).isZero();
        viewer.video().assertContinuous();
    }

    @Test
    void layerThatIsOffIsNotAskedForAgainAndAgain() {
        SimHost host = room.host(25, 1);
        SimViewer viewer = room.viewer(26, 1, true);
        room.run(2);
        room.select(viewer, "q");
        room.run(3);
        int asked = host.keyFrameRequests();
        host.switchOff(3);
        room.select(viewer, "f");
        room.run(8);
        assertThat(viewer.video().streamsShown().getLast()).isEqualTo(12);
        assertThat(host.keyFrameRequests() - asked).isBetween(1, 5);
    }

    @Test
    void pausedViewerGetsAudioAloneAndGoesOnAtAKeyFrame() {
        room.host(7, 1);
        SimViewer viewer = room.viewer(8, 1, true);
        room.run(3);
        room.pause(viewer);
        room.run(0.1);
        int packets = viewer.video().packetCount();
        int audio = viewer.audioPacketCount();
        room.run(2);
        assertThat(viewer.video().packetCount()).isEqualTo(packets);
        assertThat(viewer.audioPacketCount()).isBetween(audio + 95, audio + 105);
        room.select(viewer, null);
        room.run(2);
        ReceivedVideo video = viewer.video();
        assertThat(video.packetCount()).isGreaterThan(packets + 100);
        assertThat(video.decodableShare()).isEqualTo(1);
        video.assertContinuous();
        video.assertTimestampsFollowCapture(1, 400);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fivePercentLossTowardsTheViewerIsRepaired(boolean rtx) {
        SimHost host = room.host(9, 1);
        SimViewer viewer = room.viewer(10, 1, rtx);
        viewer.useLink("both delay 20ms jitter 4ms loss 5%", 77);
        room.run(15);
        viewer.useLink("both delay 20ms", 77);
        room.run(1);
        ReceivedVideo video = viewer.video();
        assertThat(video.decodableShare()).isGreaterThan(0.99);
        assertThat(viewer.rtxPackets() > 50).isEqualTo(rtx);
        video.assertContinuous();
        assertThat(node.total(Counter.RTP_RESENT)).isGreaterThan(50);
        assertThat(host.nacked()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void fivePercentLossFromTheHostIsRepaired(long seed) {
        SimHost host = room.host(11 + seed, 1);
        SimViewer viewer = room.viewer(12, 1, true);
        host.useLink("both delay 20ms jitter 4ms reorder on loss 5%", seed);
        room.run(15);
        host.useLink("both delay 20ms", 77);
        room.run(1);
        ReceivedVideo video = viewer.video();
        assertThat(video.decodableShare()).isGreaterThan(0.99);
        assertThat(host.nacked()).isGreaterThan(100);
        assertThat(node.total(Counter.RTP_RECOVERED)).isGreaterThan(100);
    }

    /// The rest of the frame has come when its first packet does.
    @Test
    void keyFrameWhoseFirstPacketIsRepairedIsShownWhole() {
        SimHost host = room.host(15, 1);
        host.loseStartsOfKeyFrames();
        host.useLink("both delay 40ms", 1);
        SimViewer viewer = room.viewer(16, 1, true);
        viewer.neverAskForKeyFrames();
        room.run(3);
        room.select(viewer, "q");
        room.run(3);
        room.select(viewer, "f");
        room.run(3);
        assertThat(viewer.video().streamsShown()).containsSubsequence(13, 11, 13);
        assertThat(viewer.video().holes()).isZero();
        assertThat(viewer.video().decodableShare()).isGreaterThan(0.99);
        viewer.video().assertContinuous();
    }

    @Test
    void lossOnBothLinksAndSwitchesAreSurvived() {
        SimHost host = room.host(20, 1);
        SimViewer first = room.viewer(21, 1, true);
        SimViewer second = room.viewer(22, 0, false);
        room.run(1);
        host.useLink("both delay 30ms jitter 6ms reorder on loss 4%", 5);
        first.useLink("both delay 40ms jitter 10ms reorder on loss 5% dup 1%", 6);
        second.useLink("both delay 10ms loss 3%", 7);
        for (String rid : List.of("f", "q", "h", "f", "q", "f")) {
            room.select(first, rid);
            room.select(second, rid.equals("q") ? "f" : "q");
            room.run(4);
        }
        assertThat(first.video().decodableShare()).isGreaterThan(0.97);
        assertThat(second.video().decodableShare()).isGreaterThan(0.97);
    }

    @Test
    void hostThatComesBackGoesOnInTheSameStream() {
        SimHost first = room.host(30, 1);
        SimViewer viewer = room.viewer(31, 1, true);
        room.run(4);
        room.lose(first);
        room.run(1.5);
        room.host(32, 2);
        room.run(4);
        ReceivedVideo video = viewer.video();
        assertThat(video.streamsShown()).contains(13, 23);
        assertThat(video.decodableShare()).isEqualTo(1);
        assertThat(video.holes()).isZero();
        video.assertContinuous();
        video.assertTimestampsFollowCapture(5, 400);
    }

    /// Another random generator would be luck: the same seed gives the same SSRCs with other timestamps.
    @Test
    void hostThatComesBackWithTheSameSsrcsIsNotTakenForTheOld() {
        SimHost first = room.host(33, 1);
        SimViewer viewer = room.viewer(34, 1, true);
        room.run(4);
        room.lose(first);
        room.run(1.5);
        SimHost again = room.host(33, 2);
        again.jumpTimestamps();
        room.run(4);
        viewer.video().assertContinuous();
        viewer.video().assertTimestampsFollowCapture(5, 400);
    }

    @Test
    void layerThatTheHostSwitchesOffGivesWayToTheNext() {
        SimHost host = room.host(40, 1);
        SimViewer viewer = room.viewer(41, 1, true);
        room.run(4);
        assertThat(viewer.video().streamsShown().getLast()).isEqualTo(13);
        host.switchOff(3);
        room.run(4);
        assertThat(viewer.video().streamsShown().getLast()).isEqualTo(12);
        int asked = host.keyFrameRequests();
        room.run(5);
        assertThat(host.keyFrameRequests())
                .as("a layer that is off is not asked")
                .isEqualTo(asked);
        host.switchOn(3);
        room.run(4);
        assertThat(viewer.video().streamsShown().getLast()).isEqualTo(13);
        viewer.video().assertContinuous();
    }

    @Test
    void keyFrameRequestsDoNotGrowWithTheNumberOfViewers() {
        SimHost host = room.host(50, 1);
        room.run(3);
        int before = host.keyFrameRequests();
        for (int i = 0; i < 20; i++) {
            room.viewer(51 + i, i % 2, true);
        }
        room.run(2);
        assertThat(host.keyFrameRequests() - before).isLessThanOrEqualTo(6);
        assertThat(host.shortestRequestIntervalNanos()).isGreaterThanOrEqualTo(395_000_000);
    }

    @Test
    void paddingOfAHostWithoutRtxLeavesNoHole() {
        SimHost host = room.host(60, 1);
        host.padOnMedia();
        SimViewer viewer = room.viewer(61, 1, true);
        room.run(8);
        assertThat(viewer.video().holes()).isZero();
        assertThat(viewer.paddingPackets()).isZero();
        assertThat(node.total(Counter.NACK_RECEIVED)).isZero();
        viewer.video().assertContinuous();
    }

    @Test
    void sequenceNumbersOfBothSidesMayWrap() {
        room.host(70, 1);
        SimViewer viewer = room.viewer(71, 1, true);
        viewer.useLink("both delay 5ms loss 1%", 3);
        // f has 4 packets a frame, 30 frames a second: 65536 numbers take 9 minutes; start near the end instead.
        room.run(30);
        assertThat(viewer.video().decodableShare()).isGreaterThan(0.99);
    }

    @Test
    void hostHearsOfItsPacketsEveryFiftyMillis() {
        SimHost host = room.host(80, 1);
        room.run(5);
        assertThat(host.feedbackPackets()).isBetween(85, 105);
    }

    @Test
    void nothingIsSentToAHostThatSendsNothing() {
        SimHost host = room.host(81, 1);
        room.viewer(82, 1, true);
        host.useLink("both delay 10ms loss 10%", 4);
        room.run(5);
        host.stopMedia();
        room.run(10);
        host.useLink("both delay 10ms", 4);
        int before = host.rtcpPackets();
        room.run(10);
        // Receiver report, SDES and reference time once a second; no feedback, no NACK, no PLI.
        assertThat(host.rtcpPackets() - before).isBetween(27, 33);
    }

    @Test
    void senderReportsRelateTheStreamToTheHostsClock() {
        room.host(90, 1);
        SimViewer viewer = room.viewer(91, 1, true);
        room.run(6);
        assertThat(viewer.reports()).hasSizeGreaterThan(8);
        viewer.video().assertReportsFollowCapture(viewer.reports(), node.clock(), 2);
    }

    @Test
    void viewerThatRoamsGoesOnWithinASecond() {
        room.host(95, 1);
        SimViewer viewer = room.viewer(96, 1, true);
        room.run(3);
        viewer.roam();
        room.run(1);
        int packets = viewer.video().packetCount();
        room.run(2);
        assertThat(viewer.video().packetCount()).isGreaterThan(packets + 150);
        assertThat(viewer.video().decodableShare()).isGreaterThan(0.98);
    }

    @Test
    void viewerWhoComesWhileThePublishersLoopIsFullGetsItsPictureLater() {
        room.host(92, 1);
        room.run(2);
        while (node.loops().getFirst().post(now -> {})) {}
        SimViewer viewer = room.viewer(93, 1, true);
        room.run(4);
        assertThat(viewer.video().packetCount()).isGreaterThan(100);
        assertThat(viewer.audioPacketCount()).isGreaterThan(50);
    }

    @Test
    void peerThatRoamsForEverLeavesABoundedTable() {
        room.host(97, 1);
        SimViewer viewer = room.viewer(98, 1, true);
        for (int i = 0; i < 100; i++) {
            viewer.roam();
            room.run(0.2);
        }
        assertThat(node.table()).hasSizeLessThan(20);
        assertThat(node.table()).containsEntry(viewer.address(), viewer.session());
    }

    @Test
    void silentPeersAreGivenUp() {
        SimHost host = room.host(99, 1);
        SimViewer viewer = room.viewer(100, 1, true);
        room.run(2);
        viewer.fallSilent();
        room.run(10);
        assertThat(node.ended()).containsOnlyKeys(viewer.session());
        assertThat(node.table()).hasSize(1);
        assertThat(Map.copyOf(node.ended())).doesNotContainKey(host.session());
    }
}
