package live.strait.signaling.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import live.strait.signaling.control.LaneLink;
import live.strait.signaling.control.LaneVisitor;
import live.strait.signaling.control.RoomId;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.LaneError;
import live.strait.signaling.message.LaneJson;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The lane by WebSocket, as a page meets it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LaneSocketTest {
    private static final String HELLO = hello(null);
    private static final ClientMessage QUESTION = new ClientMessage.Question("q1", "Does it whistle?", 1);

    @SuppressWarnings("NullAway.Init")
    private RunningFront front;

    @BeforeAll
    void start() throws Exception {
        front = RunningFront.closed();
    }

    @AfterAll
    void stop() {
        front.close();
    }

    @Test
    void messagesGoBothWays() throws Exception {
        LaneClient client = client("/rooms/talk/lane?token=" + viewer("talk", "v"));
        client.send(HELLO);
        client.send(QUESTION);
        InMemoryLane.Attached peer = front.lane.next();

        assertThat(client.socket.getSubprotocol()).isEqualTo("strait.lane.1");
        assertThat(peer.visitor).isEqualTo(new LaneVisitor(new RoomId("talk"), "v", Role.VIEWER, false, "127.0.0.1"));
        assertThat(peer.link.kind()).isEqualTo(LaneLink.Kind.WEB_SOCKET);
        assertThat(peer.next()).isEqualTo(HELLO);
        assertThat(peer.next()).isEqualTo(LaneJson.write(QUESTION));

        List<NodeMessage> sent = new ArrayList<>();
        for (int item = 0; item < 100; item++) {
            NodeMessage message = new NodeMessage.Gone(item);
            sent.add(message);
            if (item % 2 == 0) {
                peer.link.send(LaneJson.write(message));
            } else {
                peer.link.sendUrgent(LaneJson.write(message), 0);
            }
        }
        for (NodeMessage message : sent) {
            assertThat(client.next()).isEqualTo(message);
        }
        client.socket.sendClose(1000, "").get(10, TimeUnit.SECONDS);
        assertThat(peer.isClosed()).isTrue();
        assertThat(peer.link.backlogBytes()).isZero();
    }

    @Test
    void tokenMayComeInHello() throws Exception {
        LaneClient client = client("/rooms/later/lane");
        client.send(hello(viewer("later", null)));

        assertThat(front.lane.next().visitor)
                .isEqualTo(new LaneVisitor(new RoomId("later"), null, Role.VIEWER, false, "127.0.0.1"));
        client.socket.abort();
    }

    @Test
    void laneWithoutAGoodTokenEndsWithTheSameCodesAsHttp() throws Exception {
        assertThat(refused("/rooms/shut/lane", HELLO)).isEqualTo(LaneError.TOKEN_MISSING);
        assertThat(refused("/rooms/shut/lane?token=x", HELLO)).isEqualTo(LaneError.TOKEN_MALFORMED);
        assertThat(refused("/rooms/shut/lane", hello("a.b.c"))).isEqualTo(LaneError.TOKEN_MALFORMED);
        assertThat(refused("/rooms/shut/lane?token=" + RunningFront.expiredToken("shut"), HELLO))
                .isEqualTo(LaneError.TOKEN_EXPIRED);
        assertThat(refused("/rooms/shut/lane?token=" + viewer("other", "v"), HELLO))
                .isEqualTo(LaneError.TOKEN_ROOM);
        assertThat(refused("/rooms/shut/lane", hello(RunningFront.token("shut", Role.GUEST, "device:x"))))
                .isEqualTo(LaneError.TOKEN_ROLE);
        assertThat(front.lane.isEmpty()).isTrue();
    }

    @Test
    void everyOtherRefusalOfATokenHasItsCode() {
        for (String slug : List.of("token-not-yet-valid", "token-signature", "token-key", "token-algorithm")) {
            assertThat(new HttpProblem(401, slug, "").laneError().code()).isEqualTo(slug);
        }
    }

    @Test
    void nothingIsTakenBeforeHello() throws Exception {
        assertThat(refused("/rooms/first/lane", LaneJson.write(QUESTION))).isEqualTo(LaneError.HELLO_FIRST);
    }

    @Test
    void versionThatIsNotSpokenIsTold() throws Exception {
        assertThat(refused("/rooms/v2/lane", HELLO.replace("\"v\":1", "\"v\":2")))
                .isEqualTo(LaneError.VERSION);
    }

    @Test
    void whatIsNoMessageIsToldAndForgiven() throws Exception {
        LaneClient client = client("/rooms/sloppy/lane?token=" + viewer("sloppy", "v"));
        client.send("{");
        assertThat(error(client).code()).isEqualTo(LaneError.MALFORMED);
        client.send("{\"type\":\"hello\",\"v\":1}");
        assertThat(error(client).reason()).isEqualTo("The field 'client' is missing or of the wrong kind.");
        client.send(HELLO + " ".repeat(4096 - HELLO.length() + 1));
        assertThat(error(client).code()).isEqualTo(LaneError.TOO_LARGE);
        client.send(HELLO);
        InMemoryLane.Attached peer = front.lane.next();
        client.send("x".repeat(4097));
        assertThat(error(client).code()).isEqualTo(LaneError.TOO_LARGE);
        client.send(QUESTION);

        assertThat(peer.next()).isEqualTo(HELLO);
        assertThat(peer.next()).isEqualTo(LaneJson.write(QUESTION));
        client.socket.abort();
    }

    @Test
    void giantMessagesAndBinaryOnesCloseTheLink() throws Exception {
        LaneClient giant = client("/rooms/giant/lane");
        giant.send("x".repeat(20_000));
        assertThat(giant.ended()).isEqualTo("1009 too-large");
        LaneClient binary = client("/rooms/giant/lane");
        binary.socket.sendBinary(ByteBuffer.allocate(8), true).get(10, TimeUnit.SECONDS);
        assertThat(binary.ended()).isEqualTo("1003 text-only");
    }

    @Test
    void roomEndsALinkWithACodeAndASentence() throws Exception {
        LaneClient client = client("/rooms/over/lane?token=" + viewer("over", "v"));
        client.send(HELLO);
        InMemoryLane.Attached peer = front.lane.next();
        peer.link.send(LaneJson.write(new NodeMessage.Gone(1)));
        peer.link.close(LaneError.ROOM_ENDED, "The show is over.");
        peer.link.send(LaneJson.write(new NodeMessage.Gone(2)));

        assertThat(client.next()).isEqualTo(new NodeMessage.Gone(1));
        assertThat(client.next()).isEqualTo(new NodeMessage.Error(LaneError.ROOM_ENDED, "The show is over.", null));
        assertThat(client.ended()).isEqualTo("1008 room-ended");
        assertThat(peer.next()).isEqualTo(HELLO);
        assertThat(peer.isClosed()).isTrue();
        assertThat(peer.link.backlogBytes()).isZero();
    }

    @Test
    void nodeThatStopsAsksPagesToComeAgain() throws Exception {
        LaneClient client;
        try (RunningFront stopping = RunningFront.open()) {
            client = new LaneClient(stopping.client, stopping.laneUri("/rooms/stop/lane"));
            client.send(HELLO);
            stopping.lane.next();
        }
        assertThat(client.ended()).isEqualTo("1012 node-stopping");
    }

    @Test
    void openNodeTakesWhoHasNoToken() throws Exception {
        try (RunningFront open = RunningFront.open()) {
            LaneClient client = new LaneClient(open.client, open.laneUri("/rooms/open/lane"));
            client.send(HELLO);

            assertThat(open.lane.next().visitor)
                    .isEqualTo(new LaneVisitor(new RoomId("open"), null, Role.HOST, true, "127.0.0.1"));
            client.socket.abort();
        }
    }

    @Test
    void mistakeOfTheRoomEndsTheLinkAndIsNotShown() throws Exception {
        LaneClient client = client("/rooms/broken/lane?token=" + viewer("broken", "v"));
        client.send(HELLO);

        assertThat(client.ended()).isEqualTo("1011 internal");
    }

    @Test
    void addressIsForWebSocketsOnly() throws Exception {
        HttpResponse<String> plain = front.send("GET", "/rooms/plain/lane", "");

        assertThat(plain.statusCode()).isEqualTo(426);
        assertThat(plain.body()).contains("urn:strait:problem:upgrade-required");
        assertThat(front.send("OPTIONS", "/rooms/plain/lane", "").headers().firstValue("Allow"))
                .hasValue("GET, OPTIONS");
        assertThatThrownBy(() -> client("/rooms/no%20room/lane")).hasCauseInstanceOf(WebSocketHandshakeException.class);
        assertThat(front.raw(
                        "GET /rooms/plain/lane HTTP/1.1\r\nHost: x\r\nConnection: close\r\nUpgrade: websocket\r\n\r\n"))
                .startsWith("HTTP/1.1 426");
    }

    private LaneClient client(String path) throws Exception {
        return new LaneClient(front.client, front.laneUri(path));
    }

    private LaneError refused(String path, String first) throws Exception {
        LaneClient client = client(path);
        client.send(first);
        NodeMessage.Error error = error(client);
        assertThat(error.reason()).endsWith(".");
        assertThat(client.ended()).isEqualTo("1008 " + error.code().code());
        return error.code();
    }

    private static NodeMessage.Error error(LaneClient client) throws Exception {
        return (NodeMessage.Error) client.next();
    }

    private static String viewer(String room, @Nullable String subject) {
        return RunningFront.token(room, Role.VIEWER, subject);
    }

    private static String hello(@Nullable String token) {
        return LaneJson.write(new ClientMessage.Hello(1, "page", token, null, null, null, null));
    }
}
