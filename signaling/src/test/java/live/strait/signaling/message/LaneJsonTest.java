package live.strait.signaling.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class LaneJsonTest {
    @ParameterizedTest
    @FieldSource("live.strait.signaling.message.LaneSamples#OF_CLIENTS")
    void clientsMessagesComeBackAsTheyWere(ClientMessage message) throws LaneException {
        assertThat(LaneJson.read(LaneJson.write(message))).isEqualTo(message);
    }

    @ParameterizedTest
    @FieldSource("live.strait.signaling.message.LaneSamples#OF_NODES")
    void nodesMessagesComeBackAsTheyWere(NodeMessage message) throws LaneException {
        assertThat(LaneJson.readNode(LaneJson.write(message))).isEqualTo(message);
    }

    @Test
    void samplesHoldEveryType() {
        assertThat(LaneSamples.OF_CLIENTS).hasOnlyElementsOfTypes(ClientMessage.class.getPermittedSubclasses());
        assertThat(LaneSamples.OF_CLIENTS.stream().map(Object::getClass).distinct())
                .hasSameSizeAs(ClientMessage.class.getPermittedSubclasses());
        assertThat(LaneSamples.OF_NODES.stream().map(Object::getClass).distinct())
                .hasSameSizeAs(NodeMessage.class.getPermittedSubclasses());
    }

    @Test
    void jsonIsWhatTheTableSays() {
        assertThat(Stream.of(
                                new ClientMessage.Seen(8, 2.5, true),
                                new ClientMessage.StageAccept("inv-1", false),
                                new ClientMessage.Reaction(ClientMessage.Reaction.Kind.HEART))
                        .map(LaneJson::write))
                .containsExactly(
                        "{\"type\":\"seen\",\"item\":8,\"atMs\":2.5,\"hidden\":true}",
                        "{\"type\":\"stage-accept\",\"invite\":\"inv-1\",\"camera\":false}",
                        "{\"type\":\"reaction\",\"kind\":\"heart\"}");
        assertThat(LaneJson.write(new NodeMessage.Ack("q1", ItemKind.QUESTION, ItemState.HANDED_ON, "To Bo.", null, 0)))
                .isEqualTo("{\"type\":\"ack\",\"id\":\"q1\",\"kind\":\"question\",\"state\":\"handed-on\","
                        + "\"text\":\"To Bo.\"}");
    }

    @Test
    void noProductIsNotTheSameAsNoChangeOfIt() {
        assertThat(LaneJson.write(new NodeMessage.Room(6, null, ShownProduct.NONE, null, null, null)))
                .isEqualTo("{\"type\":\"room\",\"version\":6,\"product\":null}");
        assertThat(LaneJson.write(new NodeMessage.Room(6, null, null, null, null, null)))
                .isEqualTo("{\"type\":\"room\",\"version\":6}");
    }
}
