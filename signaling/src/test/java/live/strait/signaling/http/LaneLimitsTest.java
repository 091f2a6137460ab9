package live.strait.signaling.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.LaneError;
import live.strait.signaling.message.LaneJson;
import live.strait.signaling.message.NodeMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What a WebSocket of the lane may not do. Time passes as the test wishes; the sockets are real.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LaneLimitsTest {
    private static final LaneLimits LIMITS = new LaneLimits(
            Duration.ofMillis(2),
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            Duration.ofSeconds(150),
            Duration.ofSeconds(10),
            64 * 1024,
            64 * 1024 * 1024,
            50,
            20,
            30,
            64,
            10_000);
    private static final String HELLO =
            LaneJson.write(new ClientMessage.Hello(1, "page", null, null, null, null, null));

    private static final String RAW_UPGRADE = """
            GET /rooms/limits/lane HTTP/1.1
            Host: x
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Version: 13
            Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==

            """.replace("\n", "\r\n");

    private final SteppedClock clock = new SteppedClock();

    @SuppressWarnings("NullAway.Init")
    private RunningFront front;

    @BeforeAll
    void start() throws Exception {
        front = RunningFront.openWith(new FrontPace(clock, Duration.ofSeconds(1), LIMITS));
    }

    @AfterAll
    void stop() {
        front.close();
    }

    @Test
    void whoSaysNothingIsClosed() throws Exception {
        LaneClient client = client();

        // The node's end of the socket may open after ours.
        assertThat(client.nextWhile(() -> clock.pass(LIMITS.hello().plusNanos(1))))
                .isInstanceOfSatisfying(NodeMessage.Error.class, error -> assertThat(error.code())
                        .isEqualTo(LaneError.HELLO_FIRST));
        assertThat(client.ended()).isEqualTo("1008 hello-first");
    }

    @Test
    void floodIsToldAndThenClosed() throws Exception {
        LaneClient client = client();
        client.send(HELLO);
        InMemoryLane.Attached peer = front.lane.next();
        String question = LaneJson.write(new ClientMessage.Question("q1", "How much?", 1));
        for (int i = 0; i < LIMITS.burst() + LIMITS.mostRefused(); i++) {
            client.send(question);
        }

        assertThat(client.next()).isInstanceOfSatisfying(NodeMessage.Error.class, error -> assertThat(error.code())
                .isEqualTo(LaneError.RATE));
        assertThat(client.ended()).isEqualTo("1008 rate");
        assertThat(peer.next()).isEqualTo(HELLO);
        for (int taken = 1; taken < LIMITS.burst(); taken++) {
            assertThat(peer.next()).isEqualTo(question);
        }
        assertThat(peer.isClosed()).isTrue();
    }

    @Test
    void whoAnswersPingsStays() throws Exception {
        LaneClient client = client();
        client.send(HELLO);
        InMemoryLane.Attached peer = front.lane.next();
        long pings = 10 + LIMITS.silence().dividedBy(LIMITS.ping());

        for (int i = 0; i < pings; i++) {
            clock.pass(LIMITS.ping());
            assertThat(client.pings.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
        }
        peer.link.send(LaneJson.write(new NodeMessage.Gone(1)));
        assertThat(client.next()).isEqualTo(new NodeMessage.Gone(1));
        client.socket.abort();
    }

    @Test
    void peerThatHasVanishedIsGone() throws Exception {
        try (var _ = rawLane()) {
            InMemoryLane.Attached peer = front.lane.next();

            assertThat(peer.next()).isEqualTo(HELLO);
            clock.pass(LIMITS.silence().plusNanos(1));
            assertThat(peer.isClosed()).isTrue();
        }
    }

    @Test
    void peerThatDoesNotReadIsGone() throws Exception {
        try (var _ = rawLane()) {
            InMemoryLane.Attached peer = front.lane.next();
            String big = LaneJson.write(new NodeMessage.Notice("x", "y".repeat(2000)));
            for (int i = 0; i < 4000; i++) {
                peer.link.send(big); // 8 MB: more than the kernel takes
            }

            assertThat(peer.next()).isEqualTo(HELLO);
            while (peer.hasNothingToSay()) {
                clock.pass(LIMITS.slow().plusNanos(1)); // once to be slow, once to be sent away, once to be let go
            }
            assertThat(peer.isClosed()).isTrue();
        }
    }

    @Test
    void addressMayHaveOnlySoManyWhoHaveNotSaidHello() throws Exception {
        try (RunningFront crowded = RunningFront.openWith(FrontPace.DEFAULT)) {
            LaneClient[] clients = new LaneClient[LaneLimits.DEFAULT.halfOpenPerAddress()];
            for (int i = 0; i < clients.length; i++) {
                clients[i] = new LaneClient(crowded.client, crowded.laneUri("/rooms/crowd/lane"));
            }
            assertThatThrownBy(() -> new LaneClient(crowded.client, crowded.laneUri("/rooms/crowd/lane")))
                    .hasCauseInstanceOf(WebSocketHandshakeException.class)
                    .cause()
                    .satisfies(refusal -> assertThat(((WebSocketHandshakeException) refusal)
                                    .getResponse()
                                    .statusCode())
                            .isEqualTo(429));
            clients[0].send(HELLO);
            crowded.lane.next();
            new LaneClient(crowded.client, crowded.laneUri("/rooms/crowd/lane")).socket.abort();
        }
    }

    @Test
    void upgradesThatFailDoNotCount() throws Exception {
        String half = RAW_UPGRADE.replaceAll("Sec-.*\r\n", "").replace("Upgrade\r", "Upgrade, close\r");
        for (int i = 0; i <= LIMITS.halfOpenPerAddress(); i++) {
            assertThat(front.raw(half)).startsWith("HTTP/1.1 400");
        }
        client().socket.abort();
    }

    private LaneClient client() throws Exception {
        return new LaneClient(front.client, front.laneUri("/rooms/limits/lane"));
    }

    /// A socket that has said hello, and then neither reads nor answers.
    private Socket rawLane() throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), front.port());
        socket.setReceiveBufferSize(4096);
        socket.getOutputStream().write(RAW_UPGRADE.getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        byte[] hello = HELLO.getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[6 + hello.length]; // FIN and text, masked with zeros
        frame[0] = (byte) 0x81;
        frame[1] = (byte) (0x80 | hello.length);
        System.arraycopy(hello, 0, frame, 6, hello.length);
        socket.getOutputStream().write(frame);
        return socket;
    }
}
