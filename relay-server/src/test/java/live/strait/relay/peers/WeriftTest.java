package live.strait.relay.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import live.strait.relay.LossyProxy;
import live.strait.relay.TestNode;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.ItemState;
import live.strait.signaling.message.LaneError;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.Role;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The lane over the data channels of werift, which shares no code with libwebrtc nor usrsctp, with and without
/// loss.
@Tag("peer")
class WeriftTest {
    private static final String ROOM = "room";
    private static final Path WERIFT = Path.of("target", "werift").toAbsolutePath();

    @BeforeAll
    static void install() throws Exception {
        String missing = WeriftLane.install(WERIFT);
        assumeTrue(missing.isEmpty(), "werift needs Node.js, npm and a registry: " + missing);
    }

    /// A large message is refused as a whole, so each one that arrived has one answer.
    @ParameterizedTest
    @CsvSource({"0.0, 10, 200000", "0.15, 15, 30000"})
    void smallAndLargeMessagesAreAnsweredInTheirOrder(double loss, int large, int mostBytes) throws Exception {
        try (TestNode node = TestNode.start();
                LossyProxy link = new LossyProxy(node.node().mediaPort(), 21);
                WeriftLane viewer = through(link, node)) {
            viewer.send(hello("page", Role.VIEWER));
            viewer.await(NodeMessage.Ready.class);
            link.setLossOfRecords(loss);
            SplittableRandom sizes = new SplittableRandom(22);
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < large; i++) {
                viewer.send(new ClientMessage.Question("q" + i, "x".repeat(sizes.nextInt(5_000, mostBytes)), 0));
                viewer.send(new ClientMessage.Clock(i));
                viewer.send(new ClientMessage.Clock(i + 0.5));
                expected.addAll(List.of("TOO_LARGE", "" + (double) i, "" + (i + 0.5)));
            }
            List<String> answers = new ArrayList<>();
            while (answers.size() < expected.size()) {
                switch (viewer.next()) {
                    case NodeMessage.Error(LaneError code, String _, String _) -> answers.add(code.name());
                    case NodeMessage.Clock clock -> answers.add("" + clock.t0Millis());
                    default -> {} // of the room
                }
            }
            assertThat(answers).isEqualTo(expected);
        }
    }

    /// On another stream each time: werift takes one for free before its own reset of it is answered.
    @ParameterizedTest
    @ValueSource(doubles = {0, 0.15})
    void channelIsClosedAndOpenedAgainOnTheSameAssociation(double loss) throws Exception {
        try (TestNode node = TestNode.start();
                LossyProxy link = new LossyProxy(node.node().mediaPort(), 23);
                WeriftLane viewer = through(link, node)) {
            link.setLossOfRecords(loss);
            for (int streamId = 11; streamId < 15; streamId += 2) {
                viewer.send(hello("page", Role.VIEWER));
                viewer.await(NodeMessage.Ready.class);
                viewer.reopen(streamId);
            }
        }
    }

    @Test
    void interruptGoesFromOneToAnother() throws Exception {
        try (TestNode node = TestNode.start();
                WeriftLane host = new WeriftLane(WERIFT, node.http(), ROOM, UnaryOperator.identity());
                WeriftLane viewer = new WeriftLane(WERIFT, node.http(), ROOM, UnaryOperator.identity())) {
            host.send(hello("host-page", Role.HOST));
            host.await(NodeMessage.Ready.class);
            viewer.send(hello("viewer-page", Role.VIEWER));
            double at = viewer.await(NodeMessage.Ready.class).nowMillis();
            viewer.send(new ClientMessage.Interrupt("i1", at, null));
            long item = host.await(NodeMessage.Interrupt.class).item();
            host.send(new ClientMessage.Seen(item, at + 40, false));
            ItemState state = viewer.await(NodeMessage.Ack.class).state();
            while (state != ItemState.SEEN) {
                state = viewer.await(NodeMessage.Ack.class).state();
            }
        }
    }

    private static WeriftLane through(LossyProxy link, TestNode node) throws Exception {
        String front = " %d typ host".formatted(link.port());
        String back = " %d typ host".formatted(node.node().mediaPort());
        return new WeriftLane(WERIFT, node.http(), ROOM, answer -> answer.replace(back, front));
    }

    private static ClientMessage hello(String client, Role role) {
        return new ClientMessage.Hello(1, client, null, null, role, null, "en");
    }
}
