package live.strait.relay.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import live.strait.signaling.control.LaneLink.Kind;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.ItemState;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.RefusalCause;
import live.strait.signaling.message.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The way of an interrupt through its states, and whose turn it is.
class InterruptsTest {
    private final LaneRoom room = new LaneRoom();

    @Test
    void interruptIsRelayedSeenAndAccepted() {
        LanePage host = room.host("anna");
        LanePage other = room.host("bert");
        LanePage viewer = room.viewer("vera");
        String id = viewer.cutIn();
        assertThat(viewer.state(id)).isEqualTo(ItemState.RELAYED);
        NodeMessage.Interrupt shown = host.last(NodeMessage.Interrupt.class);
        assertThat(shown.viewer()).isEqualTo(viewer.ready().viewer());
        host.say(seen(shown, room.nowMillis(), false));
        assertThat(viewer.state(id)).isEqualTo(ItemState.SEEN);
        host.say(new ClientMessage.Answer(shown.item(), "come"));
        assertThat(viewer.state(id)).isEqualTo(ItemState.ACCEPTED);
        assertThat(viewer.last(NodeMessage.Ack.class).text()).isEqualTo("come");
        assertThat(other.last(NodeMessage.Interrupt.class).state()).isEqualTo(ItemState.ACCEPTED);
        assertThat(host.heard(NodeMessage.Interrupt.class)).as("it knows").hasSize(1);
    }

    @Test
    void hiddenPageDeliversAndTheFirstPaintCounts() {
        LanePage hidden = room.host("anna");
        LanePage visible = room.host("bert");
        LanePage viewer = room.viewer("vera");
        String id = viewer.cutIn();
        long item = visible.last(NodeMessage.Interrupt.class).item();
        hidden.say(new ClientMessage.Seen(item, room.nowMillis(), true));
        assertThat(viewer.state(id)).isEqualTo(ItemState.DELIVERED);
        visible.say(new ClientMessage.Seen(item, room.nowMillis(), false));
        assertThat(viewer.state(id)).isEqualTo(ItemState.SEEN);
        hidden.say(new ClientMessage.Seen(item, room.nowMillis(), true));
        assertThat(viewer.state(id)).isEqualTo(ItemState.SEEN);
        assertThat(hidden.last(NodeMessage.Interrupt.class).state())
                .as("all hosts see the state")
                .isEqualTo(ItemState.SEEN);
    }

    @Test
    void copiesGoOutUntilTheHostHasIt() {
        LanePage host = room.host("anna");
        LanePage viewer = room.viewer("vera");
        viewer.cutIn();
        room.run(200);
        int copies = host.heard(NodeMessage.Interrupt.class).size();
        assertThat(copies)
                .as("at once, and after 20, 40, 60, 100, 140 and 180 ms")
                .isEqualTo(7);
        host.delivered(host.last(NodeMessage.Interrupt.class).item());
        room.run(2_000);
        assertThat(host.heard(NodeMessage.Interrupt.class)).hasSize(copies);
    }

    @Test
    void copiesGetRareAndEnd() {
        LanePage host = room.host("anna");
        room.viewer("vera").cutIn();
        room.run(10_000);
        int copies = host.heard(NodeMessage.Interrupt.class).size();
        assertThat(copies).isBetween(17, 21);
        room.run(30_000);
        assertThat(host.heard(NodeMessage.Interrupt.class)).hasSize(copies);
    }

    /// Far more than the copies' budget; a link whose budget has shrunk to nothing is no other case.
    @Test
    void eachGoesReliablyHoweverManyThereAre() {
        LanePage host = room.host("anna");
        host.say(new ClientMessage.Rules(null, 0, null, null, null));
        IntStream.range(0, 400).forEach(i -> room.viewer("viewer" + i).cutIn());
        host.forgetWhatWasHeard();
        room.run(410);
        assertThat(host.heard(NodeMessage.Interrupt.class).stream()
                        .map(NodeMessage.Interrupt::item)
                        .distinct())
                .hasSize(400);
    }

    @Test
    void webSocketGetsItOnceAndAtOnceBesideTheChannel() {
        LanePage host = room.page("anna", Role.HOST).connect(Kind.WEB_SOCKET).connect(Kind.DATA_CHANNEL);
        room.viewer("vera").cutIn();
        room.run(1_000);
        assertThat(interrupts(host.wire(0))).hasSize(1);
        assertThat(interrupts(host.wire(1))).hasSizeGreaterThan(10);
    }

    @Test
    void sameIdIsTheSameInterrupt() {
        LanePage host = room.host("anna");
        LanePage viewer =
                room.page("vera", Role.VIEWER).connect(Kind.WEB_SOCKET).connect(Kind.DATA_CHANNEL);
        ClientMessage.Interrupt message = new ClientMessage.Interrupt("x", room.nowMillis(), null);
        viewer.say(0, message);
        viewer.say(1, message);
        viewer.say(1, message);
        assertThat(host.heard(NodeMessage.Interrupt.class)).hasSize(1);
        assertThat(viewer.heard(NodeMessage.Ack.class)).allMatch(ack -> ack.state() == ItemState.RELAYED);
        assertThat(viewer.heard(NodeMessage.Ack.class)).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void repeatedIdAfterTheEndIsAnsweredWithTheEnd() {
        LanePage host = room.host("anna");
        LanePage viewer = room.viewer("vera");
        String id = viewer.cutIn();
        host.say(
                new ClientMessage.Dismiss(host.last(NodeMessage.Interrupt.class).item(), "later"));
        assertThat(viewer.state(id)).isEqualTo(ItemState.DECLINED);
        host.forgetWhatWasHeard();
        viewer.forgetWhatWasHeard();
        viewer.say(new ClientMessage.Interrupt(id, room.nowMillis(), null));
        assertThat(viewer.last(NodeMessage.Ack.class).state()).isEqualTo(ItemState.DECLINED);
        assertThat(host.heard()).isEmpty();
    }

    @Test
    void waitsForAHostUntilItExpires() {
        LanePage early = room.viewer("vera");
        String kept = early.cutIn();
        room.run(30_000);
        assertThat(early.state(kept)).isEqualTo(ItemState.RELAYED);
        LanePage host = room.host("anna");
        assertThat(host.ready().interrupts()).hasSize(1);
        room.run(29_999);
        assertThat(early.state(kept)).isEqualTo(ItemState.RELAYED);
        room.run(2);
        assertThat(early.state(kept)).isEqualTo(ItemState.EXPIRED);
        assertThat(host.last(NodeMessage.Interrupt.class).state()).isEqualTo(ItemState.EXPIRED);
    }

    @Test
    void oneIsOpenPerPersonHoweverManyPages() {
        room.host("anna");
        LanePage first = room.viewer("vera");
        LanePage second = room.viewer("vera");
        first.cutIn();
        String refused = second.cutIn() + "b";
        second.say(new ClientMessage.Interrupt(refused, room.nowMillis(), null));
        assertThat(second.state(refused)).isEqualTo(ItemState.REFUSED);
        assertThat(room.counters().refusals(RefusalCause.ONE_IS_OPEN)).isEqualTo(1);
    }

    @Test
    void roomLimitLetsOthersFirstOneGoBeforeASecond() {
        LanePage host = room.host("anna");
        host.say(rules(1, null));
        LanePage greedy = room.viewer("greta");
        String first = greedy.cutIn();
        host.say(
                new ClientMessage.Dismiss(host.last(NodeMessage.Interrupt.class).item(), null));
        assertThat(greedy.state(first)).isEqualTo(ItemState.DECLINED);
        String second = greedy.cutIn();
        room.run(5_000);
        LanePage modest = room.viewer("mona");
        String other = modest.cutIn();
        assertThat(greedy.state(second)).as("no turn is left for it").isEqualTo(ItemState.REFUSED);
        assertThat(greedy.last(NodeMessage.Ack.class).retryAfterMillis()).isEqualTo(55_000);
        assertThat(modest.state(other)).isEqualTo(ItemState.RELAYED);
        host.forgetWhatWasHeard();
        room.run(54_999);
        assertThat(host.heard(NodeMessage.Interrupt.class)).isEmpty();
        room.run(1);
        assertThat(host.heard(NodeMessage.Interrupt.class))
                .extracting(NodeMessage.Interrupt::viewer)
                .containsOnly(modest.ready().viewer());
    }

    @Test
    void limitPerMinuteHoldsWhateverTheCrowd() {
        LanePage host = room.host("anna");
        host.say(rules(5, null));
        List<LanePage> crowd =
                IntStream.range(0, 40).mapToObj(i -> room.viewer("v" + i)).toList();
        List<String> ids = crowd.stream().map(LanePage::cutIn).toList();
        for (int second = 0; second < 59; second++) {
            room.run(1_000);
            host.heard(NodeMessage.Interrupt.class).forEach(each -> host.delivered(each.item()));
        }
        assertThat(distinct(host)).isEqualTo(5);
        long refused = IntStream.range(0, 40)
                .filter(i -> crowd.get(i).state(ids.get(i)) == ItemState.REFUSED)
                .count();
        assertThat(refused).as("five went, five wait for the next minute").isEqualTo(30);
        assertThat(ids).allSatisfy(id -> assertThat(id).isNotNull());
    }

    @Test
    void notNowForAllMuteAndRateAreRefusedWithASentence() {
        LanePage host = room.host("anna");
        LanePage viewer = room.viewer("vera");
        host.say(rules(null, true));
        assertRefused(viewer, RefusalCause.INTERRUPTS_OFF, false);
        host.say(rules(null, false));
        host.say(new ClientMessage.Mute(viewer.ready().viewer(), true));
        assertRefused(viewer, RefusalCause.MUTED, false);
        host.say(new ClientMessage.Mute(viewer.ready().viewer(), false));
        for (int i = 0; i < 3; i++) {
            viewer.cutIn();
            host.say(new ClientMessage.Dismiss(
                    host.last(NodeMessage.Interrupt.class).item(), null));
        }
        assertRefused(viewer, RefusalCause.PERSON_RATE, true);
        room.run(2_000);
        assertThat(viewer.state(viewer.cutIn())).isEqualTo(ItemState.RELAYED);
    }

    @Test
    void muteDeclinesWhatIsOpen() {
        LanePage host = room.host("anna");
        LanePage viewer = room.viewer("vera");
        String id = viewer.cutIn();
        host.say(new ClientMessage.Mute(viewer.ready().viewer(), true));
        assertThat(viewer.state(id)).isEqualTo(ItemState.DECLINED);
        assertThat(viewer.last(NodeMessage.Ack.class).cause()).isEqualTo(RefusalCause.MUTED);
    }

    @Test
    void figuresTellTheTimeFromClickToPaintAndLeaveOutNonsense() {
        LanePage host = room.host("anna");
        host.say(rules(0, null));
        for (double millis : List.of(40.0, -3.0, 700_000.0, -80.0, 60.0)) {
            room.viewer("v" + millis).cutIn();
            NodeMessage.Interrupt shown = host.last(NodeMessage.Interrupt.class);
            host.say(seen(shown, shown.atMillis() + millis, false));
        }
        room.run(2_000);
        NodeMessage.Figures.InterruptFigures figures =
                host.last(NodeMessage.Figures.class).interrupts();
        assertThat(figures.count()).isEqualTo(3);
        assertThat(figures.p50Millis()).isBetween(39.9, 40.1);
        assertThat(figures.p99Millis()).isBetween(59.9, 60.1);
        StringBuilder exported = new StringBuilder();
        room.lane().clickToSeen().exportTo(exported, "room=\"show\"");
        assertThat(exported.toString())
                .contains("_bucket{room=\"show\",le=\"0.005\"} 1\n")
                .contains("_bucket{room=\"show\",le=\"0.05\"} 2\n")
                .contains("_bucket{room=\"show\",le=\"+Inf\"} 3\n")
                .contains("_count{room=\"show\"} 3\n");
        host.forgetWhatWasHeard();
        room.run(10_000);
        assertThat(host.heard(NodeMessage.Figures.class))
                .as("nothing has changed")
                .isEmpty();
    }

    private void assertRefused(LanePage viewer, RefusalCause cause, boolean waitingHelps) {
        String id = viewer.cutIn();
        NodeMessage.Ack ack = viewer.last(NodeMessage.Ack.class);
        assertThat(ack.id()).isEqualTo(id);
        assertThat(ack.state()).isEqualTo(ItemState.REFUSED);
        assertThat(ack.text()).isNotBlank();
        assertThat(ack.cause()).isEqualTo(cause);
        assertThat(ack.retryAfterMillis() > 0).isEqualTo(waitingHelps);
        assertThat(room.counters().refusals(cause)).isEqualTo(1);
    }

    private static long distinct(LanePage host) {
        return host.heard(NodeMessage.Interrupt.class).stream()
                .map(NodeMessage.Interrupt::item)
                .distinct()
                .count();
    }

    private static List<String> interrupts(FakeLink wire) {
        return wire.log().stream()
                .filter(json -> json.contains("\"interrupt\""))
                .toList();
    }

    private static ClientMessage.Seen seen(NodeMessage.Interrupt shown, double atMillis, boolean hidden) {
        return new ClientMessage.Seen(shown.item(), atMillis, hidden);
    }

    private static ClientMessage.Rules rules(@Nullable Integer perMinute, @Nullable Boolean off) {
        return new ClientMessage.Rules(null, perMinute, off, null, null);
    }
}
