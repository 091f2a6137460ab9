package live.strait.relay.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import live.strait.relay.journal.ForgetfulFiles;
import live.strait.relay.journal.JournalEntry;
import live.strait.relay.journal.JournalOptions;
import live.strait.relay.journal.SteppedJournal;
import live.strait.signaling.control.LaneLink.Kind;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.ItemKind;
import live.strait.signaling.message.ItemState;
import live.strait.signaling.message.LaneError;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.Role;
import live.strait.signaling.message.RoomRules;
import live.strait.signaling.message.RoomSnapshot;
import org.junit.jupiter.api.Test;

/// A node that dies at every point of its journal, on a disk that forgets what was not forced, and comes back.
class CrashTest {
    private static final JournalOptions SMALL_FILES = new JournalOptions(100, 3_000, 1_000);
    private static final int VIEWERS = 6;
    private static final int ACTIONS = 60;

    @Test
    void everyAcknowledgedQuestionSurvivesWhereverTheNodeDies() throws IOException {
        for (int seed = 0; seed < 5; seed++) {
            Life whole = new Life(seed, new ForgetfulFiles(), 0);
            whole.live();
            long operations = whole.files.operations();
            assertThat(operations).isGreaterThan(30);
            for (long killAt = 6; killAt < operations; killAt += 1 + seed % 3) {
                dieAndComeBack(seed, killAt);
            }
        }
    }

    @Test
    void lifeAfterRestartIsTheSameAsWithout() throws IOException {
        for (int seed = 100; seed < 130; seed++) {
            Life life = new Life(seed, new ForgetfulFiles(), 0);
            life.live();
            life.journal.turn(life.room.nowNanos());
            Life next = new Life(seed, life.files, life.room.nowNanos());
            LanePage before = life.room.host("someone");
            LanePage after = next.room.host("someone");
            assertThat(after.ready()).as("seed %d", seed).isEqualTo(withoutCounts(before.ready(), after.ready()));
            assertThat(next.content()).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(life.content());
            for (LanePage viewer : life.viewers) {
                LanePage again = next.room.viewer(viewer.subject());
                viewer.states().forEach((id, state) -> {
                    if (state != ItemState.REFUSED) {
                        assertThat(again.state(id))
                                .as("%s of seed %d", id, next.seed)
                                .isEqualTo(state);
                    }
                });
            }
        }
    }

    @Test
    void rulesMutesAndBansAreThereAgainAndCanBeTakenBack() throws IOException {
        Life life = new Life(1, new ForgetfulFiles(), 0);
        LanePage host = life.room.host("anna");
        String muted = life.room.viewer("mo").ready().viewer();
        String banned = life.room.viewer("bo").ready().viewer();
        host.say(new ClientMessage.Rules(30, 7, null, List.of("spam"), 2));
        host.say(new ClientMessage.Mute(muted, true));
        host.say(new ClientMessage.Ban(banned, true));
        life.journal.turn(0);

        Life next = new Life(1, life.files.crash(random(1)), life.room.nowNanos());
        LanePage again = next.room.host("anna");
        assertThat(again.ready().room().rules()).isEqualTo(new RoomRules(30, 7, false, List.of("spam"), 2));
        LanePage mo = next.room.viewer("mo");
        assertThat(mo.state(mo.cutIn())).isEqualTo(ItemState.REFUSED);
        assertThat(next.room.viewer("bo").closedWith()).isEqualTo(LaneError.BANNED);
        again.say(new ClientMessage.Mute(muted, false));
        again.say(new ClientMessage.Ban(banned, false));
        assertThat(mo.state(mo.cutIn())).isEqualTo(ItemState.RELAYED);
        assertThat(next.room.viewer("bo").closedWith()).isNull();
    }

    @Test
    void diskThatFailsRefusesQuestionsAndTheRoomGoesOn() throws IOException {
        Life life = new Life(1, new ForgetfulFiles(), 0);
        LanePage host = life.room.host("anna");
        LanePage viewer = life.room.viewer("vera");
        life.files.full(true);
        String lost = viewer.ask("will it be kept?");
        assertThat(viewer.state(lost)).as("not before the disk has it").isNull();
        assertThat(host.heard(NodeMessage.Question.class)).isEmpty();
        life.journal.turn(0);
        assertThat(viewer.state(lost)).isEqualTo(ItemState.REFUSED);
        assertThat(viewer.last(NodeMessage.Ack.class).retryAfterMillis()).isPositive();
        assertThat(viewer.last(NodeMessage.Ack.class).text()).contains("cannot keep");
        assertThat(viewer.state(viewer.ask("and now?"))).as("at once").isEqualTo(ItemState.REFUSED);
        assertThat(viewer.state(viewer.cutIn())).as("needs no disk").isEqualTo(ItemState.RELAYED);
        life.files.full(false);
        life.journal.turn(0);
        life.journal.turn(0);
        String kept = viewer.ask("and at last?");
        life.journal.turn(0);
        assertThat(viewer.state(kept)).isEqualTo(ItemState.ACCEPTED);
        assertThat(host.heard(NodeMessage.Question.class))
                .extracting(NodeMessage.Question::text)
                .containsExactly("and at last?");
    }

    @Test
    void hostMayBeFasterThanTheDisk() throws IOException {
        Life life = new Life(1, new ForgetfulFiles(), 0);
        LanePage host = life.room.host("anna");
        LanePage first = life.room.viewer("one");
        LanePage second = life.room.viewer("two");
        first.ask("how much?");
        life.journal.turn(0);
        String late = second.ask("how much?");
        host.say(new ClientMessage.Answer(host.last(NodeMessage.Question.class).item(), "ten"));
        assertThat(second.state(late)).as("not on disk yet").isNull();
        life.journal.turn(0);
        assertThat(second.state(late)).isEqualTo(ItemState.ANSWERED);
        assertThat(second.last(NodeMessage.Ack.class).text()).isEqualTo("ten");
        assertThat(host.heard(NodeMessage.Question.class)).hasSize(1);
    }

    private static void dieAndComeBack(int seed, long killAt) throws IOException {
        ForgetfulFiles files = new ForgetfulFiles();
        Life life = new Life(seed, files, 0);
        files.killAfter(killAt - files.operations());
        try {
            life.live();
        } catch (ForgetfulFiles.Killed _) {
            // as wished
        }
        RandomGenerator random = random(seed * 1_000L + killAt);
        Life next = new Life(seed, files.crash(random), life.room.nowNanos());
        String point = "seed %d, killed after %d operations".formatted(seed, killAt);
        Map<String, Set<String>> formsAsked = new HashMap<>();
        for (LanePage viewer : life.viewers) {
            LanePage again = next.room.viewer(viewer.subject());
            viewer.states().forEach((id, told) -> {
                if (told != ItemState.REFUSED && viewer.isQuestion(id)) {
                    assertThat(again.state(id))
                            .as("%s: %s, told %s", point, id, told)
                            .isNotNull();
                }
            });
            life.asked.getOrDefault(viewer, Map.of()).forEach((id, text) -> {
                ItemState told = viewer.state(id);
                if (told == null || !told.isTerminal(ItemKind.QUESTION)) {
                    again.say(new ClientMessage.Question(id, text, 0));
                    again.say(new ClientMessage.Question(id, text, 0));
                }
            });
        }
        next.journal.turn(next.room.nowNanos());
        LanePage host = next.room.host("anna");
        next.room.run(500);
        for (LanePage viewer : life.viewers) {
            life.asked.getOrDefault(viewer, Map.of()).values().forEach(text -> formsAsked
                    .computeIfAbsent(NormalForm.of(text), form -> new HashSet<>())
                    .add(viewer.subject()));
        }
        Map<String, Integer> counts = host.counts();
        assertThat(counts.keySet()).as(point).isSubsetOf(formsAsked.keySet());
        counts.forEach((form, count) -> assertThat(count)
                .as("%s: nobody counts twice for %s", point, form)
                .isLessThanOrEqualTo(formsAsked.getOrDefault(form, Set.of()).size()));
    }

    private static NodeMessage.Ready withoutCounts(NodeMessage.Ready ready, NodeMessage.Ready like) {
        return new NodeMessage.Ready(
                ready.v(),
                ready.viewer(),
                ready.role(),
                ready.device(),
                like.nowMillis(),
                new RoomSnapshot(
                        like.room().version(),
                        like.room().viewers(),
                        ready.room().product(),
                        ready.room().pins(),
                        ready.room().stage(),
                        ready.room().rules()),
                ready.mine(),
                ready.board(),
                ready.interrupts());
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("Xoroshiro128PlusPlus").create(seed);
    }

    /// One life of a node with one room, and what people do in it.
    private static final class Life {
        private final long seed;
        private final ForgetfulFiles files;
        private final SteppedJournal journal;
        private final LaneRoom room;
        private final List<LanePage> viewers = new ArrayList<>();
        private final Map<LanePage, Map<String, String>> asked = new LinkedHashMap<>();

        Life(long seed, ForgetfulFiles files, long startNanos) throws IOException {
            this.seed = seed;
            this.files = files;
            this.journal = new SteppedJournal(files, SMALL_FILES);
            this.room = new LaneRoom(seed, LaneOptions.DEFAULTS, journal.journal(), startNanos);
            journal.start(this::restore, () -> room.lane().snapshot());
        }

        private List<JournalEntry> restore(List<JournalEntry> entries) {
            entries.forEach(entry -> room.lane().restore(entry, room.nowNanos()));
            return room.lane().snapshot();
        }

        /// Without the time of the last message, which is rounded on its way.
        List<JournalEntry> content() {
            return room.lane().snapshot().stream()
                    .filter(entry -> !(entry instanceof JournalEntry.Room))
                    .toList();
        }

        /// Dies with [ForgetfulFiles.Killed] where the disk says so.
        void live() {
            RandomGenerator random = random(seed);
            LanePage host = room.host("anna");
            LanePage moderator = room.page("carl", Role.COHOST).connect(Kind.DATA_CHANNEL);
            for (int i = 0; i < VIEWERS; i++) {
                viewers.add(room.viewer("v" + i));
            }
            for (int i = 0; i < ACTIONS; i++) {
                act(random, host, moderator);
                if (random.nextInt(3) == 0) {
                    journal.turn(room.nowNanos());
                }
                room.run(random.nextInt(4_000));
            }
            journal.turn(room.nowNanos());
        }

        private void act(RandomGenerator random, LanePage host, LanePage moderator) {
            LanePage viewer = viewers.get(random.nextInt(VIEWERS));
            List<NodeMessage.Question> board = host.heard(NodeMessage.Question.class);
            long item = board.isEmpty()
                    ? 0
                    : board.get(random.nextInt(board.size())).item();
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3, 4 -> {
                    String text = "question " + random.nextInt(10);
                    asked.computeIfAbsent(viewer, key -> new LinkedHashMap<>()).put(viewer.ask(text), text);
                }
                case 5 -> host.say(new ClientMessage.Answer(item, random.nextBoolean() ? "so it is" : null));
                case 6 -> host.say(new ClientMessage.Pin(item, random.nextInt(3) > 0));
                case 7 -> moderator.say(new ClientMessage.Dismiss(item, null));
                case 8 ->
                    host.say(new ClientMessage.HandOn(item, moderator.ready().viewer()));
                case 9, 10 -> viewer.cutIn();
                default ->
                    host.say(new ClientMessage.Rules(null, random.nextInt(100), null, List.of("w" + item), null));
            }
        }
    }
}
