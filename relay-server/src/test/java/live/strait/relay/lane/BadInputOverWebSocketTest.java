package live.strait.relay.lane;

import live.strait.relay.LaneSocketClient;
import live.strait.relay.TestNode;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/// Over the WebSocket of a whole node. Tokens that are bad or too old: `LaneSocketTest`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadInputOverWebSocketTest extends BadInputContract {
    @SuppressWarnings("NullAway.Init")
    private TestNode node;

    private int rooms;

    @BeforeAll
    void start() throws Exception {
        node = TestNode.start();
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @BeforeEach
    void newRoom() {
        rooms++;
    }

    @Override
    Talker comes(String subject, Role role) throws Exception {
        String room = "room" + rooms;
        LaneSocketClient socket = new LaneSocketClient(node, room, node.token(room, role, subject));
        return new Talker() {
            @Override
            public void say(String json) throws Exception {
                socket.say(json);
            }

            @Override
            public NodeMessage next() throws Exception {
                return socket.next();
            }

            @Override
            public boolean isOver() {
                return socket.isOver();
            }

            @Override
            public String end() throws Exception {
                return socket.end().replaceFirst("^1008 ", "");
            }
        };
    }
}
