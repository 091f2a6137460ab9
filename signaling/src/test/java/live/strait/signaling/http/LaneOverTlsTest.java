package live.strait.signaling.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.LaneError;
import live.strait.signaling.message.LaneJson;
import live.strait.signaling.message.NodeMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The lane's WebSocket where the node ends TLS itself and offers HTTP/2, over which there is none.
class LaneOverTlsTest {
    private static final String HELLO =
            LaneJson.write(new ClientMessage.Hello(1, "page", null, null, null, null, null));

    private RunningFront front;
    private HttpClient client;

    @BeforeEach
    void start() throws Exception {
        front = RunningFront.with(options -> TestTls.over(options.openToEverybody()));
        client = HttpClient.newBuilder().sslContext(TestTls.trusting()).build();
    }

    @AfterEach
    void stop() {
        client.close();
        front.close();
    }

    @Test
    void messagesGoBothWaysAndTheEndHasItsCode() throws Exception {
        LaneClient page = new LaneClient(client, lane("wss"));
        page.send(HELLO);
        InMemoryLane.Attached peer = front.lane.next();
        assertThat(peer.next()).isEqualTo(HELLO);

        peer.link.send(LaneJson.write(new NodeMessage.Gone(1)));
        assertThat(page.next()).isEqualTo(new NodeMessage.Gone(1));
        peer.link.close(LaneError.ROOM_ENDED, LaneError.ROOM_ENDED.sentence());
        assertThat(page.next()).isInstanceOf(NodeMessage.Error.class);
        assertThat(page.ended()).isEqualTo("1008 room-ended");
        assertThat(peer.isClosed()).isTrue();
    }

    @Test
    void whoAsksByHttp2IsToldAndItsConnectionLives() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(lane("https")).build();
        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("urn:strait:problem:upgrade-required");
            assertThat(answer.headers().map())
                    .as("RFC 9113 section 8.2.2: malformed in HTTP/2")
                    .doesNotContainKey("upgrade");
        }
    }

    /// The page comes over HTTP/2, so that the browser has such a connection when its lane opens.
    @Test
    @Tag("browser")
    void pageThatCameByHttp2OpensItsLane(@TempDir Path profile) throws Exception {
        String watch = "https://localhost:" + front.port() + "/watch/show";
        try (var _ = new HeadlessChromium(watch, profile, "--ignore-certificate-errors")) {
            assertThat(LaneJson.read(front.lane.next().next())).isInstanceOf(ClientMessage.Hello.class);
        }
    }

    private URI lane(String scheme) {
        return URI.create(scheme + "://localhost:" + front.port() + "/rooms/show/lane");
    }
}
