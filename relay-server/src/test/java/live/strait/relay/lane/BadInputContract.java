package live.strait.relay.lane;

import static org.assertj.core.api.Assertions.assertThat;

import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.ItemState;
import live.strait.signaling.message.LaneError;
import live.strait.signaling.message.LaneJson;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a client is told of what it should not have sent, whichever way it came: each with its reason, and the link
/// goes on wherever that can do no harm.
abstract class BadInputContract {
    /// More than any limit lets pass.
    private static final int FLOOD = 3_000;

    /// Somebody whose token says so, in the room of this test; the link is open, and hello not said.
    abstract Talker comes(String subject, Role role) throws Exception;

    /// A client's end of one link.
    interface Talker {
        void say(String json) throws Exception;

        /// The next message of the node.
        NodeMessage next() throws Exception;

        boolean isOver();

        /// The code with which the node has ended the link.
        String end() throws Exception;
    }

    @Test
    void whatIsTooLongIsTold() throws Exception {
        Talker viewer = arrived("vera", Role.VIEWER);
        viewer.say("{\"type\":\"question\"," + " ".repeat(LaneJson.MOST_CLIENT_BYTES));
        assertThat(error(viewer).code()).isEqualTo(LaneError.TOO_LARGE);
        viewer.say(question("long", "x".repeat(281)));
        assertThat(error(viewer)).extracting("code", "id").containsExactly(LaneError.TOO_LARGE, "long");
        assertStillTaken(viewer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "hello", "{\"type\":\"question\",\"id\":7}", "{\"type\":null}"})
    void whatIsNoMessageIsTold(String text) throws Exception {
        Talker viewer = arrived("vera", Role.VIEWER);
        viewer.say(text);
        assertThat(error(viewer).code()).isEqualTo(LaneError.MALFORMED);
        assertStillTaken(viewer);
    }

    @Test
    void unknownTypeIsTold() throws Exception {
        Talker viewer = arrived("vera", Role.VIEWER);
        viewer.say("{\"type\":\"poll\"}");
        assertThat(error(viewer).code()).isEqualTo(LaneError.UNKNOWN_TYPE);
        assertStillTaken(viewer);
    }

    @Test
    void whatIsNotForARoleIsTold() throws Exception {
        Talker viewer = arrived("vera", Role.VIEWER);
        viewer.say(LaneJson.write(new ClientMessage.Pin(1, true)));
        assertThat(error(viewer).code()).isEqualTo(LaneError.ROLE);
        assertStillTaken(viewer);
        Talker host = arrived("anna", Role.HOST);
        host.say(question("q", "May I?"));
        assertThat(error(host)).extracting("code", "id").containsExactly(LaneError.ROLE, "q");
    }

    @Test
    void whoWantsMoreThanItsTokenSaysIsSentAway() throws Exception {
        Talker viewer = comes("vera", Role.VIEWER);
        viewer.say(hello(Role.HOST));
        assertThat(error(viewer).code()).isEqualTo(LaneError.TOKEN_ROLE);
        assertThat(viewer.end()).isEqualTo("token-role");
    }

    @Test
    void whoTalksBeforeHelloIsSentAway() throws Exception {
        Talker viewer = comes("vera", Role.VIEWER);
        viewer.say(question("q", "Hello?"));
        assertThat(error(viewer).code()).isEqualTo(LaneError.HELLO_FIRST);
        assertThat(viewer.end()).isEqualTo("hello-first");
    }

    @Test
    void repeatedIdIsTheSameQuestionWhateverItSaysNow() throws Exception {
        Talker host = arrived("anna", Role.HOST);
        Talker viewer = arrived("vera", Role.VIEWER);
        for (String text : new String[] {"Does it whistle?", "Does it sing?", "Does it whistle?"}) {
            viewer.say(question("q1", text));
            assertThat(hear(viewer, NodeMessage.Ack.class))
                    .extracting("id", "state")
                    .containsExactly("q1", ItemState.ACCEPTED);
        }
        assertStillTaken(viewer);
        assertThat(hear(host, NodeMessage.Question.class).text()).isEqualTo("Does it whistle?");
        assertThat(hear(host, NodeMessage.Question.class).text()).isEqualTo("Still there?");
    }

    @Test
    void floodIsToldAndInTheEndSentAway() throws Exception {
        Talker viewer = arrived("vera", Role.VIEWER);
        String click = LaneJson.write(new ClientMessage.ProductClick("teapot"));
        int said = 0;
        while (!viewer.isOver() && said < FLOOD) {
            viewer.say(click);
            said++;
        }
        assertThat(error(viewer).code()).isEqualTo(LaneError.RATE);
        assertThat(viewer.end()).isEqualTo("rate");
        assertThat(said).isLessThan(FLOOD);
    }

    /// Somebody who has said hello and is welcome.
    final Talker arrived(String subject, Role role) throws Exception {
        Talker talker = comes(subject, role);
        talker.say(hello(null));
        hear(talker, NodeMessage.Ready.class);
        return talker;
    }

    static void assertStillTaken(Talker viewer) throws Exception {
        viewer.say(question("still", "Still there?"));
        assertThat(hear(viewer, NodeMessage.Ack.class))
                .extracting("id", "state")
                .containsExactly("still", ItemState.ACCEPTED);
    }

    static NodeMessage.Error error(Talker talker) throws Exception {
        NodeMessage.Error error = hear(talker, NodeMessage.Error.class);
        assertThat(error.reason()).endsWith(".");
        return error;
    }

    /// The next message of this type; others are passed over.
    static <M extends NodeMessage> M hear(Talker talker, Class<M> type) throws Exception {
        while (true) {
            NodeMessage message = talker.next();
            if (type.isInstance(message)) {
                return type.cast(message);
            }
        }
    }

    static String hello(@Nullable Role wish) {
        return LaneJson.write(new ClientMessage.Hello(LaneJson.VERSION, "page", null, null, wish, null, "en"));
    }

    static String question(String id, String text) {
        return LaneJson.write(new ClientMessage.Question(id, text, 1));
    }
}
