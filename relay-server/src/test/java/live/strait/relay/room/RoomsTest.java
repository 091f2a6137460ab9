package live.strait.relay.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import live.strait.protocol.crypto.JdkCryptoEngine;
import live.strait.protocol.dtls.DtlsCertificate;
import live.strait.protocol.ice.IceCredentials;
import live.strait.protocol.rtcp.NtpClock;
import live.strait.relay.edge.EdgeOptions;
import live.strait.relay.edge.MediaEdge;
import live.strait.relay.edge.UdpWay;
import live.strait.relay.loop.RoomLoop;
import live.strait.relay.media.Lines;
import live.strait.relay.observe.PrometheusText;
import live.strait.relay.sim.SimRequests;
import live.strait.signaling.control.LayerWish;
import live.strait.signaling.control.RelayRefusal;
import live.strait.signaling.control.RelayRefusal.Reason;
import live.strait.signaling.control.RoomId;
import live.strait.signaling.control.RoomStatus.Phase;
import live.strait.signaling.control.SessionId;
import live.strait.signaling.control.SessionOpened;
import live.strait.signaling.control.SessionRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// What a node takes on and what it refuses, and that places are free again. Sessions never connect here.
class RoomsTest {
    private final RoomLoop loop = new RoomLoop();
    private final MediaEdge edge;
    private final Rooms rooms;

    RoomsTest() throws Exception {
        edge = new MediaEdge(new EdgeOptions(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2, true, 65_536, UdpWay.AUTO));
        SessionFactory factory = new SessionFactory(
                edge,
                DtlsCertificate.selfSigned(),
                new JdkCryptoEngine(),
                List.of(),
                new NtpClock(0),
                (visitor, link) -> {
                    throw new AssertionError("sessions never connect here");
                });
        // 6 sessions, 2 rooms, 2 publications in each, 3 half open, ended rooms are kept for an hour.
        rooms = new Rooms(loop, factory, new RoomLimits(6, 2, 2, 3, 3600), new FakeLane());
    }

    @AfterEach
    void stop() {
        loop.close();
        edge.close();
    }

    @Test
    void sessionsLandOnDifferentLoopsAndGetSsrcsOfTheirOwn() {
        SessionOpened first = open(viewer("a", "1"));
        SessionOpened second = open(viewer("a", "2"));
        assertThat(first.streams()).hasSize(2);
        assertThat(first.id()).isNotEqualTo(second.id());
        assertThat(first.streams().getLast().rtxSsrc()).isNotNegative();
        assertThat(first.streams()).doesNotContainAnyElementsOf(second.streams());
        assertThat(edge.loops()).allMatch(each -> each.sessions() == 1);
    }

    @Test
    void halfOpenSessionsOfOneAddressAreLimitedAndOthersAreNot() {
        List<SessionOpened> open = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            open.add(open(viewer("a", "203.0.113.9")));
        }
        refused(Reason.TOO_MANY_HALF_OPEN, () -> rooms.open(viewer("a", "203.0.113.9")));
        open(viewer("a", "203.0.113.10"));
        answer(rooms.close(open.getFirst().id()));
        untilGranted(viewer("a", "203.0.113.9"));
    }

    @Test
    void nodeThatIsFullSaysSoUntilSomebodyLeaves() {
        List<SessionOpened> open = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            open.add(open(viewer("a", "address" + i)));
        }
        refused(Reason.NODE_FULL, () -> rooms.open(viewer("a", "another")));
        answer(rooms.close(open.getLast().id()));
        untilGranted(viewer("a", "another"));
    }

    @Test
    void roomsAreLimitedAndARoomThatNobodyEverShowedInFreesItsPlace() {
        SessionOpened a = open(viewer("a", "1"));
        open(viewer("b", "2"));
        refused(Reason.NODE_FULL, () -> rooms.open(viewer("c", "3")));
        answer(rooms.close(a.id()));
        untilGranted(viewer("c", "3"));
    }

    @Test
    void viewerWhoLeavesDoesNotTakeTheRoomOfAHostWhoConnects() {
        open(SimRequests.host("a", "anna"));
        SessionOpened viewer = open(viewer("a", "1"));
        answer(rooms.close(viewer.id()));
        // The host has not connected: its room must still be there, as must the limit that it counts for.
        open(viewer("b", "2"));
        refused(Reason.NODE_FULL, () -> rooms.open(viewer("c", "3")));
    }

    @Test
    void endedRoomSaysSoAndItsNameIsFree() {
        SessionOpened host = open(SimRequests.host("a", "anna"));
        answer(rooms.endRoom(new RoomId("a")));
        assertThat(answer(rooms.status(new RoomId("a"))).phase()).isEqualTo(Phase.ENDED);
        untilUnknown(host.id());
        open(SimRequests.host("a", "bert"));
        assertThat(answer(rooms.status(new RoomId("a"))).phase()).isEqualTo(Phase.WAITING);
    }

    @Test
    void unknownRoomIsWaitingAndUnknownSessionIsRefused() {
        assertThat(answer(rooms.status(new RoomId("nobody"))).phase()).isEqualTo(Phase.WAITING);
        SessionId nobody = new SessionId("nobody");
        refused(Reason.UNKNOWN_SESSION, () -> rooms.close(nobody));
        refused(Reason.UNKNOWN_SESSION, () -> rooms.select(nobody, LayerWish.BEST));
        refused(Reason.UNKNOWN_SESSION, () -> rooms.restartIce(nobody, IceCredentials.random(new Random(1))));
        answer(rooms.endRoom(new RoomId("nobody")));
    }

    @Test
    void publisherChoosesNoLayer() {
        SessionOpened host = open(SimRequests.host("a", "anna"));
        refused(Reason.UNKNOWN_SESSION, () -> rooms.select(host.id(), LayerWish.BEST));
    }

    @Test
    void figuresFollowTheSessions() {
        PrometheusText metrics = new PrometheusText(
                edge.loops().stream().map(each -> each.counters()).toList());
        rooms.exportTo(metrics);
        SessionOpened host = open(SimRequests.host("a", "anna"));
        open(viewer("a", "1"));
        assertThat(metrics.scrape()).contains("strait_rooms 1.0", "strait_publishers 1.0", "strait_viewers 1.0");
        answer(rooms.close(host.id()));
        untilUnknown(host.id());
        assertThat(metrics.scrape()).contains("strait_publishers 0.0", "strait_viewers 1.0");
    }

    @Test
    void nodeThatStopsEndsAll() {
        SessionOpened host = open(SimRequests.host("a", "anna"));
        SessionOpened viewer = open(viewer("a", "1"));
        answer(rooms.endAll());
        untilUnknown(host.id());
        untilUnknown(viewer.id());
        assertThat(edge.loops()).allMatch(each -> each.sessions() == 0);
    }

    private static SessionRequest viewer(String room, String address) {
        return SimRequests.viewer(room, address, Lines.renumbered(Lines.VP8, 120, 121));
    }

    private SessionOpened open(SessionRequest request) {
        return answer(rooms.open(request));
    }

    /// Sessions end on their media loops: the room hears of it a little later.
    private void untilGranted(SessionRequest request) {
        long patienceEnds = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (true) {
            try {
                open(request);
                return;
            } catch (CompletionException refusal) {
                assertThat(System.nanoTime()).as("still refused: %s", refusal).isLessThan(patienceEnds);
            }
        }
    }

    private void untilUnknown(SessionId id) {
        long patienceEnds = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
        while (true) {
            try {
                answer(rooms.close(id));
            } catch (CompletionException gone) {
                return;
            }
            assertThat(System.nanoTime()).as("still there").isLessThan(patienceEnds);
        }
    }

    private static <T> T answer(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
    }

    private static void refused(Reason reason, Supplier<CompletionStage<?>> request) {
        assertThatThrownBy(() -> answer(request.get()))
                .cause()
                .isInstanceOfSatisfying(RelayRefusal.class, refusal -> assertThat(refusal.reason())
                        .isEqualTo(reason));
    }
}
