package live.strait.relay.lane;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import live.strait.signaling.control.LaneLink.Kind;
import live.strait.signaling.control.RoomStatus.Phase;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.ClientMessage.Hello;
import live.strait.signaling.message.ItemState;
import live.strait.signaling.message.LaneError;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.Product;
import live.strait.signaling.message.Role;
import live.strait.signaling.message.RoomRules;
import org.junit.jupiter.api.Test;

/// Links, hello, who somebody is, and what everybody sees of the room.
class LaneTest {
    private final LaneRoom room = new LaneRoom();

    @Test
    void twoLinksOfOnePageAreOneParticipantAndTheChannelIsTheMainOne() {
        LanePage host = room.host("anna");
        LanePage viewer =
                room.page("vera", Role.VIEWER).connect(Kind.WEB_SOCKET).connect(Kind.DATA_CHANNEL);
        assertThat(viewer.heard(NodeMessage.Ready.class)).hasSize(2);
        int before = viewer.wire(0).log().size();
        host.say(new ClientMessage.ProductShow(new Product("p", "Shoe", null, null, null)));
        assertThat(viewer.wire(0).log()).as("the WebSocket is quiet").hasSize(before);
        assertThat(viewer.last(NodeMessage.Room.class).product()).isNotNull();
    }

    @Test
    void lossOfTheMainLinkBringsASnapshotOverTheOther() {
        LanePage host = room.host("anna");
        LanePage viewer =
                room.page("vera", Role.VIEWER).connect(Kind.WEB_SOCKET).connect(Kind.DATA_CHANNEL);
        String id = viewer.ask("how much?");
        host.say(new ClientMessage.Answer(host.last(NodeMessage.Question.class).item(), "ten"));
        int before = viewer.wire(0).log().size();
        viewer.disconnect(1);
        assertThat(viewer.wire(0).log()).hasSize(before + 1);
        assertThat(viewer.ready().mine())
                .extracting(NodeMessage.Ack::id, NodeMessage.Ack::state)
                .containsExactly(tuple(id, ItemState.ANSWERED));
    }

    @Test
    void deviceIdIsIssuedOnceForBothLinksAndKnownAgain() {
        LanePage first = room.page(null, Role.VIEWER).connect(Kind.WEB_SOCKET).connect(Kind.DATA_CHANNEL);
        assertThat(first.heard(NodeMessage.Ready.class))
                .extracting(NodeMessage.Ready::device)
                .containsOnly("signed-1");
        LanePage again =
                room.page(null, Role.VIEWER).device(first.ready().device()).connect(Kind.DATA_CHANNEL);
        assertThat(again.ready().viewer()).isEqualTo(first.ready().viewer());
        assertThat(again.ready().device()).as("it has one").isNull();
        LanePage forged = room.page(null, Role.VIEWER).device("forged-1").connect(Kind.DATA_CHANNEL);
        assertThat(forged.ready().viewer()).isNotEqualTo(first.ready().viewer());
        assertThat(forged.ready().device()).isEqualTo("signed-2");
    }

    @Test
    void sharedLinkIsManyViewers() {
        LanePage one = room.page(null, Role.VIEWER).connect(Kind.DATA_CHANNEL);
        LanePage other = room.page(null, Role.VIEWER).connect(Kind.DATA_CHANNEL);
        assertThat(one.ready().viewer()).isNotEqualTo(other.ready().viewer());
    }

    @Test
    void publicNameSaysNothingOfTheSubject() {
        assertThat(room.viewer("vera@example.org").ready().viewer())
                .matches("[a-z2-9]{8}")
                .doesNotContain("vera");
    }

    @Test
    void lateComerGetsAllOfTheRoomAndThenChangesThatFollow() {
        LanePage host = room.host("anna");
        room.viewer("vera").ask("how much?");
        host.say(new ClientMessage.Pin(host.last(NodeMessage.Question.class).item(), true));
        host.say(new ClientMessage.ProductShow(new Product("p", "Shoe", "10 EUR", null, null)));
        host.say(new ClientMessage.Rules(30, null, null, List.of("bad"), null));
        room.lane().roomChanged(7, Phase.LIVE, room.nowNanos());
        room.run(1_000);
        LanePage late = room.viewer("late");
        NodeMessage.Ready ready = late.ready();
        assertThat(ready.room().viewers()).isEqualTo(7);
        assertThat(ready.room().pins()).extracting(pin -> pin.text()).containsExactly("how much?");
        assertThat(ready.room().product()).isNotNull();
        assertThat(ready.room().rules().slowModeSeconds()).isEqualTo(30);
        assertThat(ready.room().rules().blockedWords()).as("not for viewers").isNull();
        assertThat(ready.board()).as("not for viewers").isNull();
        assertThat(room.host("bert").ready().room().rules().blockedWords()).containsExactly("bad");
        host.say(new ClientMessage.ProductShow(null));
        assertThat(late.last(NodeMessage.Room.class).version())
                .isEqualTo(ready.room().version() + 1);
        host.say(new ClientMessage.Rules(0, null, null, null, null));
        assertThat(late.last(NodeMessage.Room.class).version())
                .isEqualTo(ready.room().version() + 2);
        assertThat(late.last(NodeMessage.Room.class).rules())
                .extracting(RoomRules::blockedWords)
                .isNull();
        assertThat(host.last(NodeMessage.Room.class).rules())
                .extracting(RoomRules::blockedWords)
                .isEqualTo(List.of("bad"));
    }

    @Test
    void helloAgainIsAnsweredWithEverything() {
        LanePage viewer = room.viewer("vera");
        viewer.hello(0);
        assertThat(viewer.heard(NodeMessage.Ready.class)).hasSize(2);
    }

    @Test
    void nothingIsTakenBeforeHello() {
        LanePage viewer = room.page("vera", Role.VIEWER).attach(Kind.DATA_CHANNEL);
        viewer.ask("how much?");
        assertThat(viewer.closedWith()).isEqualTo(LaneError.HELLO_FIRST);
        LanePage silent = room.page("sven", Role.VIEWER).attach(Kind.WEB_SOCKET);
        room.run(11_000);
        assertThat(silent.closedWith()).isEqualTo(LaneError.HELLO_FIRST);
    }

    @Test
    void otherVersionIsSentAway() {
        LanePage viewer = room.page("vera", Role.VIEWER).attach(Kind.DATA_CHANNEL);
        viewer.say(new Hello(2, "c", null, null, null, null, null));
        assertThat(viewer.closedWith()).isEqualTo(LaneError.VERSION);
    }

    @Test
    void wishStaysWithinTheToken() {
        LanePage cheat = room.page("vera", Role.VIEWER).wishes(Role.HOST, false).connect(Kind.DATA_CHANNEL);
        assertThat(cheat.closedWith()).isEqualTo(LaneError.TOKEN_ROLE);
        LanePage modest =
                room.page("anna", Role.HOST).wishes(Role.VIEWER, false).connect(Kind.DATA_CHANNEL);
        assertThat(modest.ready().role()).isEqualTo(Role.VIEWER);
        LanePage cohost =
                room.page("carl", Role.COHOST).wishes(Role.HOST, false).connect(Kind.DATA_CHANNEL);
        assertThat(cohost.ready().role()).isEqualTo(Role.COHOST);
        assertThat(cohost.ready().board()).isNotNull();
        LanePage open = room.page(null, Role.HOST).wishes(Role.HOST, true).connect(Kind.DATA_CHANNEL);
        assertThat(open.ready().role()).isEqualTo(Role.HOST);
    }

    @Test
    void whatIsNotForARoleIsSaidSo() {
        LanePage host = room.host("anna");
        LanePage viewer = room.viewer("vera");
        LanePage monitor = room.page("mo", Role.MONITOR).connect(Kind.DATA_CHANNEL);
        viewer.say(new ClientMessage.Answer(1, null));
        assertThat(viewer.last(NodeMessage.Error.class).code()).isEqualTo(LaneError.ROLE);
        host.ask("may I?");
        assertThat(host.last(NodeMessage.Error.class).code()).isEqualTo(LaneError.ROLE);
        String id = monitor.ask("may I?");
        assertThat(monitor.last(NodeMessage.Error.class).code()).isEqualTo(LaneError.ROLE);
        assertThat(monitor.last(NodeMessage.Error.class).id()).isEqualTo(id);
        assertThat(viewer.closedWith()).isNull();
    }

    @Test
    void nonsenseIsAnsweredAndTheLinkStays() {
        LanePage viewer = room.viewer("vera");
        viewer.sayText("{");
        assertThat(viewer.last(NodeMessage.Error.class).code()).isEqualTo(LaneError.MALFORMED);
        viewer.sayText("{\"type\":\"sing\"}");
        assertThat(viewer.last(NodeMessage.Error.class).code()).isEqualTo(LaneError.UNKNOWN_TYPE);
        viewer.sayText("{\"type\":\"question\",\"id\":\"a\",\"atMs\":1,\"text\":\"" + "x".repeat(300) + "\"}");
        assertThat(viewer.last(NodeMessage.Error.class).code()).isEqualTo(LaneError.TOO_LARGE);
        assertThat(viewer.closedWith()).isNull();
        assertThat(viewer.state(viewer.ask("still here?"))).isEqualTo(ItemState.ACCEPTED);
    }

    @Test
    void floodIsIgnoredWithAWordAndInTheEndClosed() {
        LanePage viewer = room.viewer("vera");
        for (int i = 0; i < 400; i++) {
            viewer.say(new ClientMessage.Clock(i));
        }
        assertThat(viewer.heard(NodeMessage.Clock.class)).hasSizeBetween(198, 200);
        assertThat(viewer.heard(NodeMessage.Error.class))
                .as("told once a second")
                .hasSize(1);
        assertThat(viewer.last(NodeMessage.Error.class).code()).isEqualTo(LaneError.RATE);
        for (int i = 0; i < 1_000; i++) {
            viewer.say(new ClientMessage.Clock(i));
        }
        assertThat(viewer.closedWith()).isEqualTo(LaneError.RATE);
    }

    @Test
    void clockIsAnsweredOnTheNodesTime() {
        LanePage viewer = room.viewer("vera");
        room.run(1_234);
        viewer.say(new ClientMessage.Clock(5.5));
        NodeMessage.Clock clock = viewer.last(NodeMessage.Clock.class);
        assertThat(clock.t0Millis()).isEqualTo(5.5);
        assertThat(clock.t1Millis()).isCloseTo(room.nowMillis(), within(0.001));
    }

    @Test
    void bannedPersonIsShutOutUntilForgiven() {
        LanePage host = room.host("anna");
        LanePage troll =
                room.page("troll", Role.VIEWER).connect(Kind.WEB_SOCKET).connect(Kind.DATA_CHANNEL);
        String question = troll.ask("spam");
        String viewer = troll.ready().viewer();
        host.say(new ClientMessage.Ban(viewer, true));
        assertThat(troll.wire(0).closedWith()).isEqualTo(LaneError.BANNED);
        assertThat(troll.wire(1).closedWith()).isEqualTo(LaneError.BANNED);
        assertThat(troll.state(question)).isEqualTo(ItemState.DISMISSED);
        assertThat(host.heard(NodeMessage.Gone.class)).hasSize(1);
        assertThat(room.viewer("troll").closedWith()).isEqualTo(LaneError.BANNED);
        host.say(new ClientMessage.Ban(viewer, false));
        assertThat(room.viewer("troll").closedWith()).isNull();
        host.say(new ClientMessage.Ban("nobody", true));
        assertThat(host.last(NodeMessage.Error.class).code()).isEqualTo(LaneError.UNKNOWN_ITEM);
    }

    @Test
    void endOfTheRoomTakesLeaveOfEverybody() {
        LanePage viewer = room.viewer("vera");
        room.lane().roomChanged(0, Phase.ENDED, room.nowNanos());
        assertThat(viewer.closedWith()).isEqualTo(LaneError.ROOM_ENDED);
        assertThat(room.lane().nextDeadlineNanos(room.nowNanos())).isEqualTo(Long.MAX_VALUE);
        assertThat(room.lane().isForgettable()).isTrue();
    }

    @Test
    void linkThatDoesNotReadIsClosed() {
        LanePage viewer = room.viewer("vera");
        viewer.wire(0).backlogBytes(300_000);
        room.run(14_000);
        assertThat(viewer.closedWith()).isNull();
        room.run(2_000);
        assertThat(viewer.closedWith()).isEqualTo(LaneError.SLOW_READER);
    }

    @Test
    void reactionsAndCommentsAreThinned() {
        LanePage viewer = room.viewer("vera");
        for (int i = 0; i < 20; i++) {
            room.viewer("v" + i).ask("question " + i);
            viewer.say(new ClientMessage.Reaction(ClientMessage.Reaction.Kind.HEART));
        }
        room.run(3_000);
        assertThat(viewer.heard(NodeMessage.Comments.class)).hasSize(1);
        assertThat(viewer.last(NodeMessage.Comments.class).list()).hasSize(6);
        assertThat(viewer.heard(NodeMessage.Reactions.class)).hasSize(1);
        assertThat(viewer.last(NodeMessage.Reactions.class).counts())
                .containsEntry(ClientMessage.Reaction.Kind.HEART, 20);
    }
}
