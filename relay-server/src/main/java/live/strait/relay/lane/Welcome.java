package live.strait.relay.lane;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import live.strait.signaling.message.LaneJson;
import live.strait.signaling.message.NodeMessage;
import org.jspecify.annotations.Nullable;

/// What somebody is told who has said `hello`, or whose main link has changed: all of the room in one `ready`.
///
/// A host's is held to [LaneJson#MOST_HOST_BYTES], as everything to hosts: interrupts first, then the top of the
/// board; the rest follows as messages.
final class Welcome {
    /// The newest of somebody's items that `ready` holds.
    private static final int MOST_MINE = 50;

    private final LaneContext context;
    private final RoomPicture picture;
    private final Questions questions;
    private final Interrupts interrupts;
    private final Stage stage;

    Welcome(LaneContext context, RoomPicture picture, Questions questions, Interrupts interrupts, Stage stage) {
        this.context = context;
        this.picture = picture;
        this.questions = questions;
        this.interrupts = interrupts;
        this.stage = stage;
    }

    /// The whole state of the room on one link; hosts get the rest of the board as messages.
    void say(Participant page, Link link, long nowNanos) {
        List<NodeMessage.Ack> mine = mine(page.person());
        if (!(page instanceof HostPage host)) {
            link.send(ready(page, mine, null, null, nowNanos));
            stage.remind(page.person());
            return;
        }
        List<NodeMessage.Interrupt> open = new ArrayList<>();
        List<NodeMessage.Question> board = new ArrayList<>();
        List<BoardEntry> shown = new ArrayList<>();
        int room = LaneJson.MOST_HOST_BYTES - sizeOf(ready(page, mine, board, open, nowNanos));
        for (NodeMessage.Interrupt interrupt : interrupts.open()) {
            room -= sizeOf(interrupt) + 1;
            if (room >= 0) {
                open.add(interrupt);
            }
        }
        for (BoardEntry entry : questions.ranked()) {
            NodeMessage.Question question = entry.toHost(context.region());
            room -= sizeOf(question) + 1;
            if (room < 0) {
                break;
            }
            board.add(question);
            shown.add(entry);
        }
        link.send(ready(page, mine, board, open, nowNanos));
        if (link == page.mainLink()) {
            questions.showAll(host, shown, nowNanos);
            interrupts.deliverAll(host, nowNanos);
        }
        NodeMessage.Figures figures = interrupts.figures();
        if (figures != null) {
            link.send(figures);
        }
    }

    private NodeMessage.Ready ready(
            Participant page,
            List<NodeMessage.Ack> mine,
            @Nullable List<NodeMessage.Question> board,
            @Nullable List<NodeMessage.Interrupt> open,
            long nowNanos) {
        return new NodeMessage.Ready(
                LaneJson.VERSION,
                page.person().viewer(),
                page.role(),
                page.issuedToken(),
                context.ports().epochMillis(nowNanos),
                picture.snapshot(page.isHost()),
                mine,
                board,
                open);
    }

    private static List<NodeMessage.Ack> mine(Person person) {
        List<NodeMessage.Ack> acks = new ArrayList<>();
        for (Item item : person.items()) {
            NodeMessage.Ack ack = item.ack();
            if (ack != null) {
                acks.add(ack);
            }
        }
        return acks.subList(Math.max(0, acks.size() - MOST_MINE), acks.size());
    }

    private static int sizeOf(NodeMessage message) {
        return LaneJson.write(message).getBytes(StandardCharsets.UTF_8).length;
    }
}
