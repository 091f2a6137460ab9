package live.strait.signaling.http;

import static live.strait.signaling.http.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RoomHttpTest {
    private static final Duration BEAT = Duration.ofNanos(RoomFeed.BEAT_NANOS);

    private final SteppedClock clock = new SteppedClock();
    private RunningFront front;

    @BeforeEach
    void start() throws HttpStartException {
        front = RunningFront.openWith(new FrontPace(clock, Duration.ofMillis(2), LaneLimits.DEFAULT));
    }

    @AfterEach
    void stop() {
        front.close();
    }

    @Test
    void aRoomTellsHowItIs() throws Exception {
        front.post("/whip/demo", Offers.HOST);

        HttpResponse<String> status = front.send("GET", "/rooms/demo", "");

        assertThat(status.statusCode()).isEqualTo(200);
        assertThat(status.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(status.body())
                .isEqualTo("{\"room\":\"demo\",\"phase\":\"live\",\"viewers\":0,"
                        + "\"layers\":[{\"rid\":\"q\",\"codec\":\"VP8\",\"bitrateBps\":150000}]}");
    }

    @Test
    void aRoomIsEndedForAll() throws Exception {
        front.post("/whip/demo", Offers.HOST);
        front.post("/whep/demo", Offers.VIEWER);

        assertThat(front.send("DELETE", "/rooms/demo", "").statusCode()).isEqualTo(204);
        assertThat(front.relay.sessions).isEmpty();
        assertProblem(front.send("PUT", "/rooms/demo", ""), 405, "method-not-allowed");
    }

    @Test
    void eventsTellOfChangesAndBeatBetweenThem() throws Exception {
        HttpResponse<InputStream> stream = listen("demo");
        assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        try (BufferedReader events = new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
            assertThat(next(events).getString("phase")).isEqualTo("waiting");

            front.post("/whip/demo", Offers.HOST);
            JsonObject live = next(events);
            assertThat(live.getString("phase")).isEqualTo("live");

            clock.pass(BEAT);
            assertThat(next(events)).isEqualTo(live); // nothing changes, and yet there is news of it
        }
    }

    @Test
    void eventsOfAnotherRoomAreNotHeard() throws Exception {
        try (BufferedReader events =
                new BufferedReader(new InputStreamReader(listen("quiet").body(), StandardCharsets.UTF_8))) {
            front.post("/whip/loud", Offers.HOST);
            clock.pass(BEAT);

            assertThat(next(events).getString("phase")).isEqualTo("waiting");
            assertThat(next(events).getString("phase")).isEqualTo("waiting");
        }
    }

    @Test
    void closingTheFrontEndsItsListeners() throws Exception {
        try (BufferedReader events =
                new BufferedReader(new InputStreamReader(listen("demo").body(), StandardCharsets.UTF_8))) {
            next(events);

            front.close();

            drain(events);
        }
    }

    private HttpResponse<InputStream> listen(String room) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(front.uri("/rooms/" + room + "/events"))
                .timeout(Duration.ofSeconds(10))
                .build();
        return front.client.send(request, BodyHandlers.ofInputStream());
    }

    private static JsonObject next(BufferedReader events) throws IOException {
        String line = String.valueOf(events.readLine());
        assertThat(line).startsWith("data: ");
        assertThat(events.readLine()).isEmpty();
        return new JsonObject(line.substring("data: ".length()));
    }

    /// Returns at the end of the stream only.
    private static void drain(BufferedReader events) {
        try {
            events.lines().forEach(_ -> {});
        } catch (UncheckedIOException _) {
            // cut off in the middle of a chunk: an end, too
        }
    }
}
