package live.strait.relay.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.media.Lines;
import live.strait.relay.media.Publication;
import live.strait.relay.media.ViewerMedia;
import live.strait.relay.peer.PeerSession;
import live.strait.relay.peer.SessionEnd;
import live.strait.relay.sim.SimHost;
import live.strait.relay.sim.SimNode;
import live.strait.relay.sim.SimRequests;
import live.strait.relay.sim.SimViewer;
import live.strait.signaling.control.MediaLine;
import live.strait.signaling.control.RelayRefusal;
import live.strait.signaling.control.RoomId;
import live.strait.signaling.control.RoomStatus.Phase;
import live.strait.signaling.control.SessionOpened.OutgoingStream;
import live.strait.signaling.control.SessionRequest;
import org.junit.jupiter.api.Test;

/// The life of one show, with hosts who come, go, return and are taken over, and viewers who stay.
class RoomTest {
    private static final long KEPT_NANOS = 60_000_000_000L;

    private final SimNode node = new SimNode(2);
    private final FakeLane lane = new FakeLane();
    private final Room room = new Room(new RoomId("show"), 3, lane);

    /// A connected host and its seat.
    private record Host(SimHost peer, Member member) {}

    @Test
    void roomWaitsForItsHostAndViewersWaitWithIt() {
        SimViewer viewer = viewer(1);
        run(1);
        assertThat(room.phase()).isEqualTo(Phase.WAITING);
        assertThat(room.status().layers()).isEmpty();
        Host host = host("anna", 2, 1);
        room.publisherConnected(host.member);
        run(4);
        assertThat(room.phase()).isEqualTo(Phase.LIVE);
        assertThat(viewer.video().decodableShare()).isEqualTo(1);
        assertThat(room.status().layers()).extracting(layer -> layer.rid()).containsExactly("q", "h", "f");
        assertThat(room.status().layers()).allMatch(layer -> layer.bitrateBps() > 10_000);
        assertThat(room.status().viewers()).isEqualTo(1);
    }

    @Test
    void hostThatLeavesInterruptsAndItsReturnGoesOnForTheSameViewers() {
        SimViewer viewer = viewer(1);
        Host first = host("anna", 2, 1);
        room.publisherConnected(first.member);
        run(4);
        leave(first);
        assertThat(room.phase()).isEqualTo(Phase.INTERRUPTED);
        assertThat(room.status().layers()).isEmpty();
        run(1);
        Host second = host("anna", 3, 2);
        assertThat(room.publisherConnected(second.member)).isNull();
        run(4);
        assertThat(room.phase()).isEqualTo(Phase.LIVE);
        assertThat(viewer.video().streamsShown()).contains(13, 23);
        viewer.video().assertContinuous();
    }

    @Test
    void sameSubjectTakesOverAtOnce() {
        SimViewer viewer = viewer(1);
        Host first = host("anna", 2, 1);
        room.publisherConnected(first.member);
        run(3);
        room.checkPublisher(SimRequests.host("show", "anna"));
        Host second = host("anna", 3, 2);
        assertThat(room.publisherConnected(second.member)).isSameAs(first.member);
        leave(first);
        assertThat(room.phase())
                .as("the one who was replaced leaves nothing open")
                .isEqualTo(Phase.LIVE);
        run(4);
        assertThat(viewer.video().streamsShown().getLast()).isEqualTo(23);
        viewer.video().assertContinuous();
    }

    @Test
    void anotherSubjectIsRefusedWhileTheHostIsThere() {
        Host host = host("anna", 2, 1);
        room.publisherConnected(host.member);
        assertThatThrownBy(() -> room.checkPublisher(SimRequests.host("show", "bert")))
                .isInstanceOfSatisfying(RelayRefusal.class, refusal -> assertThat(refusal.reason())
                        .isEqualTo(RelayRefusal.Reason.ROOM_TAKEN));
        leave(host);
        room.checkPublisher(SimRequests.host("show", "bert"));
    }

    @Test
    void secondOfTwoWhoConnectAtOnceIsSentAway() {
        Host anna = host("anna", 2, 1);
        Host bert = host("bert", 3, 2);
        assertThat(room.publisherConnected(bert.member)).isNull();
        assertThat(room.publisherConnected(anna.member)).isSameAs(anna.member);
    }

    @Test
    void cohostsSitBesideTheHostUpToTheLimit() {
        room.publisherConnected(host("anna", 2, 1).member);
        room.publisherConnected(publisher(SimRequests.cohost("show", "carl"), 3, 2).member);
        room.publisherConnected(publisher(SimRequests.cohost("show", "dora"), 4, 3).member);
        assertThatThrownBy(() -> room.checkPublisher(SimRequests.cohost("show", "emil")))
                .isInstanceOf(RelayRefusal.class);
        room.checkPublisher(SimRequests.cohost("show", "carl"));
    }

    @Test
    void studioThatTakesOnlyGuestsSeesThemAndIsNoViewer() {
        SimViewer studio = new SimViewer(1, true);
        admit(studio, studio.mediaOfGuestsAlone(node.loops().get(1)));
        room.publisherConnected(host("anna", 2, 1).member);
        run(2);
        assertThat(studio.video().streamsShown()).as("nothing of the host").isEmpty();
        room.publisherConnected(publisher(SimRequests.cohost("show", "carl"), 3, 2).member);
        run(4);
        assertThat(studio.video().streamsShown()).contains(23);
        assertThat(room.status().viewers()).isZero();
    }

    @Test
    void guestSitsWhereItWasInvitedToAndOnlyWhileItIs() {
        room.publisherConnected(host("anna", 2, 1).member);
        assertThatThrownBy(() -> room.checkPublisher(SimRequests.guest("show", "vera")))
                .isInstanceOf(RelayRefusal.class)
                .hasMessageContaining("invitation");
        lane.invite("vera", 2);
        lane.invite("emil", 1);
        assertThatThrownBy(() -> room.checkPublisher(SimRequests.cohost("show", "carl")))
                .as("both places are kept")
                .isInstanceOf(RelayRefusal.class);
        Host guest = publisher(SimRequests.guest("show", "vera"), 3, 2);
        room.publisherConnected(guest.member);
        assertThat(lane.told()).containsExactly("anna live at 0", "vera live at 2");
        leave(guest);
        assertThat(lane.told()).endsWith("vera left 2");
    }

    @Test
    void viewerWhoDecodesNothingOfItIsRefusedOnceTheCodecIsKnown() {
        ViewerMedia h264Only = new ViewerMedia(
                SimRequests.viewer("show", "a", Lines.H264).media().subList(1, 2),
                List.of(new OutgoingStream("1", 5, 6, "c", "m")),
                node.loops().getFirst());
        room.checkViewer(h264Only);
        room.publisherConnected(host("anna", 2, 1).member);
        run(2);
        assertThatThrownBy(() -> room.checkViewer(h264Only))
                .isInstanceOf(RelayRefusal.class)
                .hasMessageContaining("VP8");
    }

    @Test
    void whoWantsNothingOfTheHostIsLetInWhateverItSends() {
        room.publisherConnected(host("anna", 2, 1).member);
        run(2);
        ViewerMedia laneAlone =
                new ViewerMedia(List.of(), List.of(), node.loops().getFirst());
        List<MediaLine> lines = SimRequests.viewer("show", "a", Lines.H264).media();
        MediaLine rejectedVideo =
                new MediaLine("0", MediaLine.Kind.VIDEO, false, List.of(), Map.of(), List.of(), List.of());
        ViewerMedia guestsAlone = new ViewerMedia(
                List.of(rejectedVideo, lines.get(1)),
                List.of(new OutgoingStream("1", 5, 6, "c", "m")),
                node.loops().getFirst());
        assertThatCode(() -> room.checkViewer(laneAlone)).doesNotThrowAnyException();
        assertThatCode(() -> room.checkViewer(guestsAlone)).doesNotThrowAnyException();
    }

    @Test
    void endedRoomEndsEverybodyAlsoWhoIsStillConnecting() {
        SimViewer viewer = viewer(1);
        Host host = host("anna", 2, 1);
        room.publisherConnected(host.member);
        Host late = host("anna", 3, 2);
        room.end(node.nowNanos());
        node.settle();
        assertThat(node.ended())
                .containsEntry(viewer.session(), SessionEnd.ROOM_ENDED)
                .containsEntry(host.peer.session(), SessionEnd.ROOM_ENDED)
                .containsEntry(late.peer.session(), SessionEnd.ROOM_ENDED);
        assertThat(room.publisherConnected(late.member))
                .as("an ended room stays so")
                .isSameAs(late.member);
        assertThat(room.phase()).isEqualTo(Phase.ENDED);
    }

    @Test
    void roomIsOverWhenItsTimeHasCome() {
        assertThat(room.isOver(node.nowNanos(), KEPT_NANOS)).isTrue();
        Host host = host("anna", 2, 1);
        assertThat(room.isOver(node.nowNanos(), KEPT_NANOS))
                .as("somebody connects")
                .isFalse();
        room.publisherConnected(host.member);
        assertThat(room.isOver(Long.MAX_VALUE / 2, KEPT_NANOS)).as("live").isFalse();
        leave(host);
        long left = node.nowNanos();
        assertThat(room.isOver(left + KEPT_NANOS, KEPT_NANOS))
                .as("the host may return")
                .isFalse();
        assertThat(room.isOver(left + KEPT_NANOS + 1, KEPT_NANOS)).isTrue();
    }

    @Test
    void interruptedRoomLastsWhileSomebodyWaitsInIt() {
        Host host = host("anna", 2, 1);
        viewer(1);
        room.publisherConnected(host.member);
        leave(host);
        assertThat(room.isOver(node.nowNanos() + 2 * KEPT_NANOS, KEPT_NANOS)).isFalse();
    }

    private SimViewer viewer(long seed) {
        SimViewer viewer = new SimViewer(seed, true);
        admit(viewer, viewer.media(node.loops().get(1)));
        return viewer;
    }

    private void admit(SimViewer viewer, ViewerMedia media) {
        node.connect(viewer, node.loops().get(1), media);
        Member member = new Member(room, SimRequests.viewer("show", "a", Lines.VP8), viewer.session());
        room.admitted(member);
        room.connected(member);
    }

    private Host host(String subject, long seed, int turn) {
        return publisher(SimRequests.host("show", subject), seed, turn);
    }

    private Host publisher(SessionRequest request, long seed, int turn) {
        SimHost peer = new SimHost(seed, turn, Lines.VP8);
        MediaLoop loop = node.loops().getFirst();
        node.connect(peer, loop, new Publication(request.media(), loop, node.loops(), node.clock()));
        Member member = new Member(room, request, peer.session());
        room.admitted(member);
        return new Host(peer, member);
    }

    private void leave(Host host) {
        host.peer.fallSilent();
        PeerSession session = host.peer.session();
        session.loop().post(now -> session.end(SessionEnd.PEER_LEFT, "the test's wish"));
        node.settle();
        room.left(host.member, node.nowNanos());
    }

    private void run(double seconds) {
        node.run(Duration.ofMillis((long) (seconds * 1000)));
    }
}
