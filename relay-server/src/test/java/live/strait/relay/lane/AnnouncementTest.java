package live.strait.relay.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import live.strait.signaling.control.RoomStatus.Phase;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.NodeMessage;
import org.junit.jupiter.api.Test;

class AnnouncementTest {
    private static final int VIEWERS = 300;
    /// Of one step.
    private static final int MOST_AT_ONCE = 10;
    private static final long TICK_MILLIS = 500;

    private final LaneRoom room = new LaneRoom();
    private final LanePage host = room.host("hana");
    private final List<LanePage> viewers = new ArrayList<>();

    AnnouncementTest() {
        for (int i = 0; i < VIEWERS; i++) {
            viewers.add(room.viewer("viewer " + i));
        }
        room.run(2 * TICK_MILLIS);
        viewers.forEach(LanePage::forgetWhatWasHeard);
    }

    /// 300 messages at once took the media loops 20 ms, in which no interrupt got through.
    @Test
    void pagesHearItAFewAtATimeAndAllBeforeTheNextOne() {
        viewers.getFirst().ask("what is it?");
        room.lane().roomChanged(VIEWERS, Phase.LIVE, room.nowNanos());
        Map<Long, Integer> steps = new HashMap<>();
        int heard = 0;
        for (int millis = 0; millis < 2 * TICK_MILLIS && heard < VIEWERS; millis++) {
            room.run(1);
            int now = (int) viewers.stream()
                    .filter(viewer -> !viewer.heard(NodeMessage.Comments.class).isEmpty())
                    .count();
            steps.put(room.nowNanos(), now - heard);
            heard = now;
        }
        assertThat(heard).isEqualTo(VIEWERS);
        assertThat(steps.values()).allMatch(each -> each <= MOST_AT_ONCE);
        assertThat(steps.values().stream().filter(each -> each > 0).count()).isLessThan(TICK_MILLIS / 10);
        assertThat(viewers).allSatisfy(viewer -> {
            assertThat(viewer.heard(NodeMessage.Comments.class)).hasSize(1);
            assertThat(viewer.last(NodeMessage.Room.class).viewers()).isEqualTo(VIEWERS);
        });
    }

    /// A version that does not follow would have a page ask for everything.
    @Test
    void changeOfTheRoomStaysBehindWhatIsBeingAnnounced() {
        room.lane().roomChanged(VIEWERS, Phase.LIVE, room.nowNanos());
        while (viewers.getFirst().heard(NodeMessage.Room.class).isEmpty()) {
            room.run(1);
        }
        assertThat(viewers.getLast().heard(NodeMessage.Room.class)).isEmpty();
        host.say(new ClientMessage.ProductShow(null));
        assertThat(viewers).allSatisfy(viewer -> {
            List<Long> versions = viewer.heard(NodeMessage.Room.class).stream()
                    .map(NodeMessage.Room::version)
                    .toList();
            assertThat(versions).hasSize(2);
            assertThat(versions.getLast()).isEqualTo(versions.getFirst() + 1);
        });
    }

    @Test
    void pageThatLeavesMeanwhileHoldsNothingUp() {
        room.lane().roomChanged(VIEWERS, Phase.LIVE, room.nowNanos());
        while (viewers.getFirst().heard(NodeMessage.Room.class).isEmpty()) {
            room.run(1);
        }
        viewers.get(VIEWERS / 2).disconnect(0);
        room.run(TICK_MILLIS);
        assertThat(viewers.get(VIEWERS / 2).heard(NodeMessage.Room.class)).isEmpty();
        assertThat(viewers.getLast().heard(NodeMessage.Room.class)).hasSize(1);
    }
}
