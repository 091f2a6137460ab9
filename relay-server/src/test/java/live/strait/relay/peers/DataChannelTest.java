package live.strait.relay.peers;

import static org.assertj.core.api.Assertions.assertThat;

import live.strait.relay.TestNode;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.ItemState;
import live.strait.signaling.message.LaneError;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.Role;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The lane over the data channels of libwebrtc, whose SCTP is dcSCTP.
@Tag("peer")
class DataChannelTest {
    private static final String ROOM = "room";

    @Test
    void questionAndInterruptGoFromOneLibwebrtcToAnother() throws Exception {
        try (TestNode node = TestNode.start();
                LibwebrtcLane host = new LibwebrtcLane(node.http(), ROOM);
                LibwebrtcLane viewer = new LibwebrtcLane(node.http(), ROOM)) {
            host.send(hello("host-page", Role.HOST));
            assertThat(host.await(NodeMessage.Ready.class).role()).isEqualTo(Role.HOST);
            viewer.send(hello("viewer-page", Role.VIEWER));
            NodeMessage.Ready ready = viewer.await(NodeMessage.Ready.class);

            viewer.send(new ClientMessage.Question("q1", "Is it there in green?", ready.nowMillis()));
            assertThat(host.await(NodeMessage.Question.class).text()).isEqualTo("Is it there in green?");
            assertThat(viewer.await(NodeMessage.Ack.class).state()).isEqualTo(ItemState.ACCEPTED);

            viewer.sendFast(new ClientMessage.Interrupt("i1", ready.nowMillis(), null));
            long item = host.await(NodeMessage.Interrupt.class).item();
            host.sendFast(new ClientMessage.Seen(item, ready.nowMillis() + 40, false));
            assertThat(stateOf(viewer, "i1", ItemState.SEEN)).isEqualTo(ItemState.SEEN);
        }
    }

    @Test
    void channelIsClosedAndOpenedAgainOnTheSameAssociation() throws Exception {
        try (TestNode node = TestNode.start();
                LibwebrtcLane viewer = new LibwebrtcLane(node.http(), ROOM)) {
            for (int round = 0; round < 3; round++) {
                viewer.send(hello("page", Role.VIEWER));
                viewer.await(NodeMessage.Ready.class);
                viewer.reopen();
            }
        }
    }

    @Test
    void messageThatIsTooLongIsRefusedAndTheChannelStays() throws Exception {
        try (TestNode node = TestNode.start();
                LibwebrtcLane viewer = new LibwebrtcLane(node.http(), ROOM)) {
            viewer.send(hello("page", Role.VIEWER));
            viewer.await(NodeMessage.Ready.class);
            viewer.send(new ClientMessage.Question("long", "much ".repeat(40_000), 0));
            assertThat(viewer.await(NodeMessage.Error.class).code()).isEqualTo(LaneError.TOO_LARGE);
            viewer.send(new ClientMessage.Clock(1));
            assertThat(viewer.await(NodeMessage.Clock.class).t0Millis()).isEqualTo(1);
        }
    }

    private static ClientMessage hello(String client, Role role) {
        return new ClientMessage.Hello(1, client, null, null, role, null, "en");
    }

    /// Acknowledgements come more than once; this waits for the one of that state.
    private static ItemState stateOf(LibwebrtcLane viewer, String id, ItemState wanted) throws Exception {
        while (true) {
            NodeMessage.Ack ack = viewer.await(NodeMessage.Ack.class);
            if (ack.id().equals(id) && ack.state() == wanted) {
                return ack.state();
            }
        }
    }
}
