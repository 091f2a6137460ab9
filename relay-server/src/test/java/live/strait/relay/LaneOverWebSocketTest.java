package live.strait.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import live.strait.protocol.dtls.DtlsCertificate;
import live.strait.protocol.ice.IceCredentials;
import live.strait.signaling.control.MediaLine.SsrcPair;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.ItemState;
import live.strait.signaling.message.LaneJson;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.Role;
import live.strait.signaling.session.ClientOffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A whole node seen by pages that have nothing but the WebSocket, as where UDP is blocked.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LaneOverWebSocketTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init")
    private TestNode node;

    @BeforeAll
    void start() throws Exception {
        node = TestNode.start();
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @Test
    void viewerCutsInAndLearnsThatTheHostSeesIt() throws Exception {
        Page host = new Page(node, "cut-in", node.token("cut-in", Role.HOST, "ann"), null);
        Page viewer = new Page(node, "cut-in", node.token("cut-in", Role.VIEWER, "bo"), null);

        viewer.say(new ClientMessage.Interrupt("i1", System.currentTimeMillis(), "Wait!"));
        assertThat(viewer.stateOf("i1")).isEqualTo(ItemState.RELAYED);
        NodeMessage.Interrupt interrupt = host.hear(NodeMessage.Interrupt.class, _ -> true);
        assertThat(interrupt.text()).isEqualTo("Wait!");
        host.say(new ClientMessage.Seen(interrupt.item(), System.currentTimeMillis(), false));
        assertThat(viewer.stateOf("i1")).isEqualTo(ItemState.SEEN);
        host.say(new ClientMessage.Dismiss(interrupt.item(), "Not now."));
        assertThat(viewer.stateOf("i1")).isEqualTo(ItemState.DECLINED);
    }

    @Test
    void invitedViewerMayPublishToThatRoomAlone() throws Exception {
        Page host = new Page(node, "stage", node.token("stage", Role.HOST, "ann"), null);
        Page viewer = new Page(node, "stage", node.token("stage", Role.VIEWER, null), null);
        viewer.say(new ClientMessage.Interrupt("i1", System.currentTimeMillis(), null));
        host.say(new ClientMessage.StageInvite(
                host.hear(NodeMessage.Interrupt.class, _ -> true).item()));

        NodeMessage.StageInvite invite = viewer.hear(NodeMessage.StageInvite.class, _ -> true);
        assertThat(invite.place()).isEqualTo(1);
        viewer.say(new ClientMessage.StageAccept(invite.invite(), false));
        assertThat(post("/whip/stage", invite.token())).isEqualTo(201);
        assertThat(post("/whip/other", invite.token())).isEqualTo(403);
        assertThat(post("/whep/stage", invite.token())).isEqualTo(403);
    }

    @Test
    void nodeThatStopsSendsThePagesOfAllItsRoomsAway() throws Exception {
        List<Page> pages = new ArrayList<>();
        try (TestNode stopping = TestNode.start()) {
            for (String room : List.of("one", "two", "three")) {
                pages.add(new Page(stopping, room, stopping.token(room, Role.HOST, "ann"), null));
            }
        }
        for (Page page : pages) {
            assertThat(page.end()).isEqualTo("1012 node-stopping");
        }
    }

    @Test
    void oneSharedLinkIsManyViewersAndEachIsKnownAgain() throws Exception {
        Page host = new Page(node, "shared", node.token("shared", Role.HOST, "ann"), null);
        String link = node.token("shared", Role.VIEWER, null);
        Page first = new Page(node, "shared", link, null);
        Page second = new Page(node, "shared", link, null);
        assertThat(first.ready.viewer()).isNotEqualTo(second.ready.viewer());

        first.say(new ClientMessage.Question("q1", "Does it whistle?", 1));
        assertThat(first.stateOf("q1")).isEqualTo(ItemState.ACCEPTED);
        second.say(new ClientMessage.Question("q1", "does it whistle", 2));
        assertThat(second.stateOf("q1")).isEqualTo(ItemState.ACCEPTED);
        assertThat(host.hear(NodeMessage.Question.class, question -> question.count() == 2)
                        .text())
                .isEqualTo("Does it whistle?");
        first.leave();

        Page again = new Page(node, "shared", link, first.ready.device());
        assertThat(again.ready.viewer()).isEqualTo(first.ready.viewer());
        assertThat(again.ready.mine()).extracting(NodeMessage.Ack::id).containsExactly("q1");
    }

    /// Offers to publish; the status of the answer.
    private int post(String path, String token) throws Exception {
        ClientOffer offer = ClientOffer.publishSingle(
                IceCredentials.random(new Random(1)),
                DtlsCertificate.selfSigned().fingerprint(),
                "guest",
                ClientOffer.VP8,
                new SsrcPair(1, 2),
                3);
        HttpRequest request = HttpRequest.newBuilder(node.http().resolve(path))
                .header("Content-Type", "application/sdp")
                .header("Authorization", "Bearer " + token)
                .POST(HttpRequest.BodyPublishers.ofString(offer.text()))
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    /// Somebody with a browser.
    private static final class Page {
        private static final AtomicInteger PAGES = new AtomicInteger();

        final NodeMessage.Ready ready;
        private final LaneSocketClient socket;
        private final Queue<NodeMessage> passedOver = new ArrayDeque<>();

        Page(TestNode node, String room, String token, @Nullable String device) throws Exception {
            socket = new LaneSocketClient(node, room, token);
            say(new ClientMessage.Hello(
                    LaneJson.VERSION, "page-" + PAGES.incrementAndGet(), null, device, null, null, "en"));
            ready = hear(NodeMessage.Ready.class, _ -> true);
        }

        void say(ClientMessage message) throws Exception {
            socket.say(LaneJson.write(message));
        }

        /// The next message of a type that is as wanted; others wait to be heard later.
        <M extends NodeMessage> M hear(Class<M> type, Predicate<M> wanted) throws Exception {
            for (NodeMessage message : passedOver) {
                if (type.isInstance(message) && wanted.test(type.cast(message))) {
                    passedOver.remove(message);
                    return type.cast(message);
                }
            }
            while (true) {
                NodeMessage message = socket.next();
                if (type.isInstance(message) && wanted.test(type.cast(message))) {
                    return type.cast(message);
                }
                passedOver.add(message);
            }
        }

        ItemState stateOf(String id) throws Exception {
            return hear(NodeMessage.Ack.class, ack -> ack.id().equals(id)).state();
        }

        String end() throws Exception {
            return socket.end();
        }

        void leave() throws Exception {
            socket.leave();
        }
    }
}
