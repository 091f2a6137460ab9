package live.strait.relay.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import live.strait.signaling.control.LaneLink.Kind;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.ItemState;
import live.strait.signaling.message.LaneError;
import live.strait.signaling.message.LaneJson;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.RefusalCause;
import live.strait.signaling.message.Role;
import org.junit.jupiter.api.Test;

/// From a viewer's words to the board, and what hosts do with them.
class QuestionsTest {
    private final LaneRoom room = new LaneRoom();

    @Test
    void likeQuestionsAreOneEntryAndEachAskerSeesTheirOwn() {
        LanePage host = room.host("anna");
        LanePage one = room.viewer("one");
        LanePage two = room.viewer("two");
        String first = one.ask("How much is it?");
        String second = two.ask("how much is it");
        String third = two.ask("HOW MUCH   is it!!");
        NodeMessage.Question entry = host.last(NodeMessage.Question.class);
        assertThat(entry.count()).as("distinct askers").isEqualTo(2);
        assertThat(entry.text()).isEqualTo("How much is it?");
        host.say(new ClientMessage.Answer(entry.item(), "ten"));
        assertThat(one.state(first)).isEqualTo(ItemState.ANSWERED);
        assertThat(two.state(second)).isEqualTo(ItemState.ANSWERED);
        assertThat(two.state(third)).isEqualTo(ItemState.ANSWERED);
        assertThat(one.last(NodeMessage.Ack.class).text()).isEqualTo("ten");
        assertThat(host.last(NodeMessage.Gone.class).item()).isEqualTo(entry.item());
        one.ask("how much is it");
        assertThat(host.last(NodeMessage.Question.class).item())
                .as("asked anew after the answer")
                .isNotEqualTo(entry.item());
    }

    /// What hosts and the journal say of it later goes by that number.
    @Test
    void entryKeepsItsNumberInASnapshotWhenItsFirstAskerHasLeft() {
        LanePage host = room.host("anna");
        LanePage first = room.viewer("first");
        first.ask("How much is it?");
        long item = host.last(NodeMessage.Question.class).item();
        room.viewer("second").ask("how much is it");
        host.say(new ClientMessage.Ban(first.ready().viewer(), true));
        LaneRoom restored = new LaneRoom();
        room.lane().snapshot().forEach(entry -> restored.lane().restore(entry, 0));
        assertThat(restored.host("anna").ready().board())
                .extracting(NodeMessage.Question::item)
                .containsExactly(item);
    }

    /// An entry of like questions is one entry, but ever new devices can ask it.
    @Test
    void likeQuestionsHaveABoundAsWell() {
        LaneRoom small = new LaneRoom(1, SmallRoom.of(2, 1_000));
        LanePage host = small.host("anna");
        LanePage first = small.viewer("first");
        first.ask("How much is it?");
        for (int i = 1; i < 100; i++) {
            small.viewer("viewer " + i).ask("how much is it");
        }
        LanePage late = small.viewer("late");
        assertThat(late.state(late.ask("how much is it"))).isEqualTo(ItemState.REFUSED);
        assertThat(late.last(NodeMessage.Ack.class).cause()).isEqualTo(RefusalCause.BOARD_FULL);
        assertThat(late.state(late.ask("and this?"))).as("something new").isEqualTo(ItemState.ACCEPTED);
        LanePage later = small.viewer("later");
        host.say(new ClientMessage.Ban(first.ready().viewer(), true));
        assertThat(later.state(later.ask("how much is it")))
                .as("100 with the new one")
                .isEqualTo(ItemState.REFUSED);
        host.say(new ClientMessage.Ban(late.ready().viewer(), true));
        assertThat(later.state(later.ask("how much is it"))).isEqualTo(ItemState.ACCEPTED);
    }

    @Test
    void banOfSomebodyWhoAskedTwiceLeavesTheOthersQuestion() {
        LanePage host = room.host("anna");
        LanePage other = room.viewer("other");
        LanePage banned = room.viewer("banned");
        String stays = other.ask("How much is it?");
        banned.ask("how much is it");
        banned.ask("HOW MUCH is it");
        host.say(new ClientMessage.Ban(banned.ready().viewer(), true));
        assertThat(other.state(stays)).isEqualTo(ItemState.ACCEPTED);
        LanePage late = room.host("bert");
        assertThat(late.ready().board()).extracting(NodeMessage.Question::count).containsExactly(1);
    }

    @Test
    void rankGrowsWithAskersAndWithWaiting() {
        LanePage host = room.host("anna");
        room.viewer("a").ask("first");
        room.run(60_000);
        room.viewer("b").ask("second");
        room.run(60_000);
        room.viewer("c").ask("popular");
        room.viewer("d").ask("popular");
        LanePage late = room.host("bert");
        assertThat(late.ready().board())
                .extracting(NodeMessage.Question::text)
                .containsExactly("popular", "first", "second");
        assertThat(host.heard(NodeMessage.Question.class)).hasSize(4);
    }

    @Test
    void hostPinsHandsOnAndDismisses() {
        LanePage host = room.host("anna");
        LanePage moderator = room.page("carl", Role.COHOST).connect(Kind.DATA_CHANNEL);
        LanePage viewer = room.viewer("vera");
        String id = viewer.ask("how much?");
        long item = host.last(NodeMessage.Question.class).item();
        host.say(new ClientMessage.Pin(item, true));
        assertThat(viewer.state(id)).isEqualTo(ItemState.PINNED);
        assertThat(viewer.last(NodeMessage.Room.class).pins())
                .extracting(pin -> pin.text())
                .containsExactly("how much?");
        host.say(new ClientMessage.Pin(item, false));
        assertThat(viewer.state(id)).isEqualTo(ItemState.ACCEPTED);
        assertThat(viewer.last(NodeMessage.Room.class).pins()).isEmpty();
        host.say(new ClientMessage.HandOn(item, moderator.ready().viewer()));
        assertThat(viewer.state(id)).isEqualTo(ItemState.HANDED_ON);
        assertThat(moderator.last(NodeMessage.Question.class).handedTo())
                .isEqualTo(moderator.ready().viewer());
        host.say(new ClientMessage.HandOn(item, viewer.ready().viewer()));
        assertThat(host.last(NodeMessage.Error.class).code())
                .as("only to hosts")
                .isEqualTo(LaneError.UNKNOWN_ITEM);
        moderator.say(new ClientMessage.Dismiss(item, "asked before"));
        assertThat(viewer.state(id)).isEqualTo(ItemState.DISMISSED);
        assertThat(viewer.last(NodeMessage.Ack.class).text()).isEqualTo("asked before");
        moderator.say(new ClientMessage.Dismiss(item, null));
        assertThat(moderator.last(NodeMessage.Error.class).code()).isEqualTo(LaneError.UNKNOWN_ITEM);
    }

    @Test
    void pinStaysWithItsAnswerUntilItIsTakenAway() {
        LanePage host = room.host("anna");
        room.viewer("vera").ask("how much?");
        long item = host.last(NodeMessage.Question.class).item();
        host.say(new ClientMessage.Pin(item, true));
        host.say(new ClientMessage.Answer(item, "ten"));
        assertThat(host.last(NodeMessage.Room.class).pins())
                .extracting(pin -> pin.answer())
                .containsExactly("ten");
        host.say(new ClientMessage.Pin(item, false));
        assertThat(host.last(NodeMessage.Room.class).pins()).isEmpty();
    }

    @Test
    void pinnedQuestionThatIsHandedOnStaysPinned() {
        LanePage host = room.host("anna");
        LanePage viewer = room.viewer("vera");
        String id = viewer.ask("how much?");
        long item = host.last(NodeMessage.Question.class).item();
        host.say(new ClientMessage.Pin(item, true));
        host.say(new ClientMessage.HandOn(item, host.ready().viewer()));
        assertThat(viewer.state(id)).isEqualTo(ItemState.PINNED);
        assertThat(host.last(NodeMessage.Question.class).handedTo())
                .isEqualTo(host.ready().viewer());
        host.say(new ClientMessage.Pin(item, false));
        assertThat(viewer.last(NodeMessage.Room.class).pins()).isEmpty();
        assertThat(viewer.state(id)).isEqualTo(ItemState.HANDED_ON);
    }

    @Test
    void oldestPinMakesRoom() {
        LanePage host = room.host("anna");
        LanePage first = room.viewer("v0");
        String id = first.ask("question 0");
        for (int i = 1; i < 6; i++) {
            room.viewer("v" + i).ask("question " + i);
        }
        host.heard(NodeMessage.Question.class).stream()
                .map(NodeMessage.Question::item)
                .distinct()
                .toList()
                .forEach(item -> host.say(new ClientMessage.Pin(item, true)));
        assertThat(host.last(NodeMessage.Room.class).pins()).hasSize(5);
        assertThat(first.state(id)).isEqualTo(ItemState.ACCEPTED);
    }

    @Test
    void slowModeBlockedWordsAndRateAreRefusedWithASentence() {
        LanePage host = room.host("anna");
        LanePage viewer = room.viewer("vera");
        host.say(new ClientMessage.Rules(null, null, null, List.of("Bad Word", "便宜"), null));
        assertRefused(viewer, "what a bad, WORD!", RefusalCause.BLOCKED_WORD, 0);
        assertRefused(viewer, "可以便宜点吗", RefusalCause.BLOCKED_WORD, 0);
        assertThat(viewer.state(viewer.ask("a badword is another"))).isEqualTo(ItemState.ACCEPTED);
        host.say(new ClientMessage.Rules(30, null, null, List.of(), null));
        assertThat(viewer.state(viewer.ask("now it is slow"))).isEqualTo(ItemState.ACCEPTED);
        room.run(10_000);
        assertRefused(viewer, "again", RefusalCause.SLOW_MODE, 20_000);
        room.run(20_000);
        assertThat(viewer.state(viewer.ask("again"))).isEqualTo(ItemState.ACCEPTED);
        host.say(new ClientMessage.Rules(0, null, null, null, null));
        room.run(30_000);
        for (int i = 0; i < 5; i++) {
            viewer.ask("quick " + i);
        }
        assertRefused(viewer, "too quick", RefusalCause.PERSON_RATE, 3_000);
    }

    @Test
    void roomTakesSoManyQuestionsASecondAndNoMore() {
        LanePage[] crowd =
                IntStream.range(0, 250).mapToObj(i -> room.viewer("v" + i)).toArray(LanePage[]::new);
        for (int round = 0; round < 5; round++) {
            for (LanePage viewer : crowd) {
                viewer.ask("question " + round);
            }
        }
        assertThat(room.counters().refusals(RefusalCause.ROOM_RATE)).isEqualTo(250);
        assertThat(crowd[249].last(NodeMessage.Ack.class).retryAfterMillis()).isEqualTo(1_000);
    }

    @Test
    void refusedIdStaysRefused() {
        LanePage host = room.host("anna");
        host.say(new ClientMessage.Rules(null, null, null, List.of("bad"), null));
        LanePage viewer = room.viewer("vera");
        viewer.say(new ClientMessage.Question("q", "bad", room.nowMillis()));
        host.say(new ClientMessage.Rules(null, null, null, List.of(), null));
        viewer.say(new ClientMessage.Question("q", "bad", room.nowMillis()));
        assertThat(viewer.state("q")).as("a copy of it").isEqualTo(ItemState.REFUSED);
        assertThat(host.heard(NodeMessage.Question.class)).isEmpty();
    }

    @Test
    void fullBoardLetsTheOldestLeastAskedGoWithAWord() {
        LaneOptions few = SmallRoom.of(3, LaneOptions.DEFAULTS.people());
        LaneRoom small = new LaneRoom(1, few);
        LanePage host = small.host("anna");
        LanePage popular = small.viewer("p1");
        String kept = popular.ask("popular");
        small.viewer("p2").ask("popular");
        LanePage lonely = small.viewer("lonely");
        String lost = lonely.ask("lonely");
        small.viewer("a").ask("a");
        small.viewer("b").ask("b");
        assertThat(lonely.state(lost)).isEqualTo(ItemState.DISMISSED);
        assertThat(lonely.last(NodeMessage.Ack.class).text()).isNotBlank();
        assertThat(lonely.last(NodeMessage.Ack.class).cause()).isEqualTo(RefusalCause.BOARD_FULL);
        assertThat(popular.state(kept)).isEqualTo(ItemState.ACCEPTED);
        assertThat(host.heard(NodeMessage.Gone.class)).hasSize(1);
    }

    @Test
    void linkWithoutRoomGetsDigestsInsteadOfQuestionsAndCatchesUpFromTheTop() {
        LanePage host = room.host("anna");
        host.wire(0).backlogBytes(HostFeed.BACKLOG_BOUND_BYTES);
        for (int i = 0; i < 10; i++) {
            room.viewer("v" + i).ask("question " + i);
            room.viewer("w" + i).ask("question 7");
            room.run(100);
        }
        room.viewer("x").cutIn();
        assertThat(host.heard(NodeMessage.Question.class)).isEmpty();
        assertThat(host.heard(NodeMessage.Interrupt.class)).as("never thinned").isNotEmpty();
        host.wire(0).backlogBytes(0);
        room.run(100);
        NodeMessage.Digest digest = host.last(NodeMessage.Digest.class);
        assertThat(digest.questions()).isEqualTo(20);
        assertThat(digest.merged()).isEqualTo(10);
        assertThat(digest.spanMillis()).isBetween(900.0, 1_200.0);
        assertThat(digest.languages().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(20);
        List<NodeMessage.Question> shown = host.heard(NodeMessage.Question.class);
        assertThat(shown).hasSize(10);
        assertThat(shown.getFirst().text()).isEqualTo("question 7");
        assertThat(shown.getFirst().count()).isEqualTo(11);
    }

    @Test
    void whatIsOverIsToldWhereItWasShownAndWhenThereIsRoom() {
        LanePage other = room.host("ben");
        LanePage host = room.host("anna");
        room.viewer("v").ask("shown to both");
        host.wire(0).backlogBytes(HostFeed.BACKLOG_BOUND_BYTES);
        room.viewer("w").ask("shown to one");
        List<NodeMessage.Question> board = other.heard(NodeMessage.Question.class);
        board.forEach(question -> other.say(new ClientMessage.Dismiss(question.item(), null)));
        assertThat(other.heard(NodeMessage.Gone.class)).hasSize(2);
        assertThat(host.heard(NodeMessage.Gone.class)).isEmpty();
        host.wire(0).backlogBytes(0);
        room.run(100);
        assertThat(host.heard(NodeMessage.Gone.class))
                .containsExactly(new NodeMessage.Gone(board.getFirst().item()));
    }

    @Test
    void hostsReadyIsSmallAndTheRestOfTheBoardFollows() {
        for (int i = 0; i < 40; i++) {
            room.viewer("v" + i).ask("a question that is long enough to fill a packet soon, number " + i);
        }
        LanePage host = room.host("anna");
        assertThat(host.wire(0).log()).allSatisfy(json -> assertThat(json.getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(LaneJson.MOST_HOST_BYTES));
        int inReady = Objects.requireNonNull(host.ready().board()).size();
        assertThat(inReady).isBetween(3, 20);
        room.run(200);
        assertThat(host.heard(NodeMessage.Question.class)).hasSize(40 - inReady);
    }

    private void assertRefused(LanePage viewer, String text, RefusalCause cause, long retryAfterMillis) {
        long before = room.counters().refusals(cause);
        String id = viewer.ask(text);
        NodeMessage.Ack ack = viewer.last(NodeMessage.Ack.class);
        assertThat(ack.id()).isEqualTo(id);
        assertThat(ack.state()).isEqualTo(ItemState.REFUSED);
        assertThat(ack.text()).isNotBlank();
        assertThat(ack.cause()).isEqualTo(cause);
        assertThat(ack.retryAfterMillis()).isEqualTo(retryAfterMillis);
        assertThat(room.counters().refusals(cause)).isEqualTo(before + 1);
    }
}
