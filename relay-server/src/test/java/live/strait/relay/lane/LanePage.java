package live.strait.relay.lane;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import live.strait.signaling.control.LaneLink;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.ClientMessage.Hello;
import live.strait.signaling.message.ItemState;
import live.strait.signaling.message.LaneError;
import live.strait.signaling.message.LaneException;
import live.strait.signaling.message.LaneJson;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.Role;
import org.jspecify.annotations.Nullable;

/// A page as a test plays it: sends what it is told, notes what it hears.
final class LanePage {
    private static int pages;

    private final LaneRoom room;
    private final @Nullable String subject;
    private final Role role;
    private final String client = "page-" + pages++;
    private final List<NodeMessage> heard = new ArrayList<>();
    private final Map<String, ItemState> states = new HashMap<>();
    private final List<FakeLink> wires = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private @Nullable String device;
    private @Nullable Role wish;
    private boolean open;
    private int items;

    LanePage(LaneRoom room, @Nullable String subject, Role role) {
        this.room = room;
        this.subject = subject;
        this.role = role;
    }

    LanePage device(@Nullable String token) {
        device = token;
        return this;
    }

    LanePage wishes(Role wished, boolean onOpenNode) {
        wish = wished;
        open = onOpenNode;
        return this;
    }

    /// Opens a link and says hello.
    LanePage connect(LaneLink.Kind kind) {
        attach(kind);
        hello(links.size() - 1);
        return this;
    }

    LanePage attach(LaneLink.Kind kind) {
        FakeLink wire = new FakeLink(kind, (json, urgent) -> hear(json));
        wires.add(wire);
        links.add(room.attach(subject, role, open, wire));
        return this;
    }

    void hello(int link) {
        say(link, new Hello(1, client, null, device, wish, null, "en"));
    }

    void say(ClientMessage message) {
        say(links.size() - 1, message);
    }

    void say(int link, ClientMessage message) {
        room.receive(links.get(link), message);
    }

    void sayText(String json) {
        room.lane().receive(links.getLast(), json, room.nowNanos());
    }

    String ask(String text) {
        String id = "q" + items++;
        say(new ClientMessage.Question(id, text, room.nowMillis()));
        return id;
    }

    String cutIn() {
        String id = "i" + items++;
        say(new ClientMessage.Interrupt(id, room.nowMillis(), null));
        return id;
    }

    /// The network says that it has carried this interrupt here.
    void delivered(long item) {
        room.lane().settled(links.getLast(), item, true, room.nowNanos());
    }

    void disconnect(int link) {
        room.lane().closed(links.get(link), room.nowNanos());
    }

    FakeLink wire(int link) {
        return wires.get(link);
    }

    @Nullable
    LaneError closedWith() {
        return wires.getLast().closedWith();
    }

    List<NodeMessage> heard() {
        return heard;
    }

    <T extends NodeMessage> List<T> heard(Class<T> kind) {
        return LaneRoom.of(kind, heard);
    }

    <T extends NodeMessage> T last(Class<T> kind) {
        return heard(kind).getLast();
    }

    void forgetWhatWasHeard() {
        heard.clear();
    }

    String subject() {
        return String.valueOf(subject);
    }

    boolean isQuestion(String id) {
        return id.startsWith("q");
    }

    /// How many ask each question that is on the board now, by normal form.
    Map<String, Integer> counts() {
        Map<Long, NodeMessage.Question> board = new HashMap<>();
        for (NodeMessage message : heard) {
            switch (message) {
                case NodeMessage.Ready ready -> {
                    board.clear();
                    Objects.requireNonNullElse(ready.board(), List.<NodeMessage.Question>of())
                            .forEach(question -> board.put(question.item(), question));
                }
                case NodeMessage.Question question -> board.put(question.item(), question);
                case NodeMessage.Gone gone -> board.remove(gone.item());
                default -> {}
            }
        }
        Map<String, Integer> counts = new HashMap<>();
        board.values()
                .forEach(question -> counts.merge(NormalForm.of(question.text()), question.count(), Integer::sum));
        return counts;
    }

    /// The last that was told of each item.
    Map<String, ItemState> states() {
        return states;
    }

    @Nullable
    ItemState state(String id) {
        return states.get(id);
    }

    NodeMessage.Ready ready() {
        return last(NodeMessage.Ready.class);
    }

    private void hear(String json) {
        try {
            NodeMessage message = LaneJson.readNode(json);
            heard.add(message);
            if (message instanceof NodeMessage.Ack ack) {
                states.put(ack.id(), ack.state());
            }
            if (message instanceof NodeMessage.Ready ready) {
                ready.mine().forEach(ack -> states.put(ack.id(), ack.state()));
            }
        } catch (LaneException e) {
            throw new AssertionError("the node says what cannot be read: " + json, e);
        }
    }
}
