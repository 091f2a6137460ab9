package live.strait.relay.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import live.strait.signaling.control.LaneLink.Kind;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.ItemState;
import live.strait.signaling.message.LaneError;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.OnStage;
import live.strait.signaling.message.Role;
import live.strait.signaling.message.StageEnd;
import org.junit.jupiter.api.Test;

/// From the host's yes to an interrupt until the guest's part is over.
class StageTest {
    private final LaneRoom room = new LaneRoom();
    private final LanePage host = room.host("anna");

    @Test
    void acceptedViewerIsInvitedComesAndIsSeenByAll() {
        LanePage viewer = room.viewer("vera");
        LanePage other = room.viewer("otto");
        NodeMessage.StageInvite invite = invited(viewer);
        assertThat(invite.place()).isEqualTo(1);
        assertThat(invite.token()).isEqualTo("guest vera");
        assertThat(room.lane().stage().placeOf("vera")).isEqualTo(1);
        assertThat(room.lane().stage().isReserved(1)).isTrue();
        viewer.say(new ClientMessage.StageAccept(invite.invite(), false));
        assertThat(stage(other)).containsExactly(new OnStage(viewer.ready().viewer(), null, 1, false));
        room.lane().stage().live("vera", 1);
        assertThat(stage(other)).containsExactly(new OnStage(viewer.ready().viewer(), null, 1, true));
        room.run(120_000);
        assertThat(viewer.heard(NodeMessage.StageLeave.class)).isEmpty();
    }

    @Test
    void hostEndsThePartAtAnyTime() {
        LanePage viewer = room.viewer("vera");
        invited(viewer);
        room.lane().stage().live("vera", 1);
        host.say(new ClientMessage.StageLeave(viewer.ready().viewer()));
        assertThat(viewer.last(NodeMessage.StageLeave.class).reason()).isEqualTo(StageEnd.HOST);
        assertThat(room.endedGuests()).containsExactly("vera");
        room.lane().stage().left("vera", 1);
        assertThat(stage(host)).isEmpty();
        assertThat(viewer.heard(NodeMessage.StageLeave.class)).as("once").hasSize(1);
        host.say(new ClientMessage.StageLeave(viewer.ready().viewer()));
        assertThat(host.last(NodeMessage.Error.class).code()).isEqualTo(LaneError.UNKNOWN_ITEM);
    }

    @Test
    void guestLeavesOrIsLost() {
        LanePage viewer = room.viewer("vera");
        invited(viewer);
        room.lane().stage().live("vera", 1);
        viewer.say(new ClientMessage.StageLeave(null));
        assertThat(viewer.last(NodeMessage.StageLeave.class).reason()).isEqualTo(StageEnd.LEFT);
        room.lane().stage().left("vera", 1);
        LanePage second = room.viewer("wim");
        invited(second);
        room.lane().stage().live("wim", 1);
        room.lane().stage().left("wim", 1);
        assertThat(second.last(NodeMessage.StageLeave.class).reason()).isEqualTo(StageEnd.LOST);
        assertThat(stage(host)).isEmpty();
        assertThat(room.lane().stage().placeOf("wim")).isEqualTo(-1);
    }

    @Test
    void invitationIsOverAfterHalfAMinute() {
        LanePage viewer = room.viewer("vera");
        NodeMessage.StageInvite invite = invited(viewer);
        room.run(29_000);
        assertThat(viewer.heard(NodeMessage.StageLeave.class)).isEmpty();
        room.run(1_001);
        assertThat(viewer.last(NodeMessage.StageLeave.class).reason()).isEqualTo(StageEnd.EXPIRED);
        assertThat(room.lane().stage().placeOf("vera")).isEqualTo(-1);
        viewer.say(new ClientMessage.StageAccept(invite.invite(), true));
        assertThat(viewer.last(NodeMessage.Error.class).code()).isEqualTo(LaneError.UNKNOWN_ITEM);
    }

    @Test
    void fullStageKeepsTheInterruptOpenAndTellsTheHost() {
        host.say(new ClientMessage.Rules(null, null, null, null, 2));
        room.lane().stage().live("carl", 1);
        invited(room.viewer("vera"));
        LanePage late = room.viewer("late");
        String id = late.cutIn();
        host.say(new ClientMessage.StageInvite(
                host.last(NodeMessage.Interrupt.class).item()));
        assertThat(host.last(NodeMessage.Notice.class).text()).contains("full");
        assertThat(late.state(id)).isEqualTo(ItemState.RELAYED);
        assertThat(late.heard(NodeMessage.StageInvite.class)).isEmpty();
        assertThat(host.last(NodeMessage.Interrupt.class).state()).isEqualTo(ItemState.RELAYED);
        room.lane().stage().left("carl", 1);
        host.say(new ClientMessage.StageInvite(
                host.last(NodeMessage.Interrupt.class).item()));
        assertThat(late.last(NodeMessage.StageInvite.class).place()).isEqualTo(1);
        assertThat(host.last(NodeMessage.Interrupt.class).state())
                .as("who accepts is told that it is so")
                .isEqualTo(ItemState.ACCEPTED);
    }

    @Test
    void askerOfAQuestionMayBeInvitedTooAndWhoIsGoneIsNot() {
        LanePage viewer = room.viewer("vera");
        viewer.ask("may I say something?");
        long item = host.last(NodeMessage.Question.class).item();
        host.say(new ClientMessage.StageInvite(item));
        assertThat(viewer.heard(NodeMessage.StageInvite.class)).isNotEmpty();
        viewer.say(new ClientMessage.StageLeave(null));
        viewer.disconnect(0);
        host.say(new ClientMessage.StageInvite(item));
        assertThat(host.last(NodeMessage.Notice.class).text()).contains("not here");
        host.say(new ClientMessage.StageInvite(999));
        assertThat(host.last(NodeMessage.Error.class).code()).isEqualTo(LaneError.UNKNOWN_ITEM);
    }

    @Test
    void newLinkIsTold() {
        LanePage viewer = room.viewer("vera");
        NodeMessage.StageInvite invite = invited(viewer);
        viewer.disconnect(0);
        LanePage again = room.page("vera", Role.VIEWER).connect(Kind.WEB_SOCKET);
        assertThat(again.last(NodeMessage.StageInvite.class).invite()).isEqualTo(invite.invite());
    }

    @Test
    void hostAndCohostsStandOnTheStageToo() {
        LanePage viewer = room.viewer("vera");
        room.lane().stage().live("anna", 0);
        room.lane().stage().live("obs", 1);
        assertThat(stage(viewer)).extracting(OnStage::place).containsExactly(0, 1);
        assertThat(stage(viewer).getFirst().viewer()).isEqualTo(host.ready().viewer());
        room.lane().stage().left("anna", 0);
        assertThat(stage(viewer)).extracting(OnStage::place).containsExactly(1);
    }

    private NodeMessage.StageInvite invited(LanePage viewer) {
        viewer.cutIn();
        host.say(new ClientMessage.StageInvite(
                host.last(NodeMessage.Interrupt.class).item()));
        assertThat(viewer.last(NodeMessage.Ack.class).state()).isEqualTo(ItemState.ACCEPTED);
        return viewer.last(NodeMessage.StageInvite.class);
    }

    private static List<OnStage> stage(LanePage page) {
        return Objects.requireNonNull(page.heard(NodeMessage.Room.class).stream()
                .map(NodeMessage.Room::stage)
                .filter(Objects::nonNull)
                .toList()
                .getLast());
    }
}
