package live.strait.signaling.http;

import static live.strait.signaling.http.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletionException;
import live.strait.signaling.control.LayerWish;
import live.strait.signaling.control.RelayRefusal;
import live.strait.signaling.control.RelayRefusal.Reason;
import live.strait.signaling.control.SessionId;
import live.strait.signaling.control.SessionRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// WHIP and WHEP as a client sees them.
class SessionHttpTest {
    private static final String FRAGMENT = "application/trickle-ice-sdpfrag";

    private RunningFront front;

    @BeforeEach
    void start() throws HttpStartException {
        front = RunningFront.open();
    }

    @AfterEach
    void stop() {
        front.close();
    }

    @Test
    void aHostsOfferIsAnsweredWithASession() throws Exception {
        HttpResponse<String> created = front.post("/whip/demo", Offers.HOST);

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(header(created, "Content-Type")).isEqualTo("application/sdp");
        assertThat(header(created, "Location")).isEqualTo("/whip/demo/session-1");
        assertThat(header(created, "ETag")).isEqualTo("\"relay2\"");
        assertThat(header(created, "Accept-Patch")).isEqualTo(FRAGMENT);
        assertThat(header(created, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(header(created, "Access-Control-Expose-Headers"))
                .contains("Location", "ETag", "Link", "Accept-Patch");
        assertThat(created.headers().allValues("Link")).isEmpty();
        assertThat(created.body()).startsWith("v=0\r\n").contains("a=ice-lite", "a=ice-ufrag:relay2", "192.0.2.1 8443");
        SessionRequest request = front.relay.request("session-1");
        assertThat(request.purpose()).isEqualTo(SessionRequest.Purpose.PUBLISH);
        assertThat(request.clientAddress()).isEqualTo("127.0.0.1");
        assertThat(request.remoteIce().ufrag()).isEqualTo(Offers.UFRAG);
    }

    @Test
    void aViewersAnswerLinksToItsLayerChoice() throws Exception {
        HttpResponse<String> created = front.post("/whep/demo", Offers.VIEWER);

        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(header(created, "Link"))
                .isEqualTo("</whep/demo/session-1/layer>; rel=\"urn:ietf:params:whep:ext:core:layer\"");
        assertThat(front.relay.request("session-1").purpose()).isEqualTo(SessionRequest.Purpose.VIEW);
    }

    @Test
    void iceServersOfTheConfigurationAreLinked() throws Exception {
        try (RunningFront other = RunningFront.with(options -> new HttpOptions(
                options.host(),
                0,
                true,
                null,
                TrustedProxies.NONE,
                List.of(
                        new IceServer("stun:stun.example.com", null, null),
                        new IceServer("turn:turn.example.com?transport=tcp", "u", "p\"w"))))) {
            assertThat(other.post("/whip/demo", Offers.HOST).headers().allValues("Link"))
                    .containsExactly(
                            "<stun:stun.example.com>; rel=\"ice-server\"",
                            "<turn:turn.example.com?transport=tcp>; rel=\"ice-server\"; username=\"u\";"
                                    + " credential=\"p\\\"w\"; credential-type=\"password\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/sdp", "application/sdp; charset=utf-8", "Application/SDP"})
    void contentTypesOfSdpAreTaken(String contentType) throws Exception {
        assertThat(front.send("POST", "/whip/demo", Offers.HOST, "Content-Type", contentType)
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void aMissingContentTypeIsForgiven() throws Exception {
        assertThat(front.send("POST", "/whip/demo", Offers.HOST).statusCode()).isEqualTo(201);
    }

    @Test
    void aTrailingSlashIsForgiven() throws Exception {
        assertThat(front.post("/whip/demo/", Offers.HOST).statusCode()).isEqualTo(201);
    }

    @Test
    void otherContentTypesAreRefused() throws Exception {
        assertProblem(front.send("POST", "/whip/demo", "{}", "Content-Type", "application/json"), 415, "media-type");
    }

    @Test
    void malformedOffersAreRefusedWithTheLine() throws Exception {
        HttpResponse<String> refused = front.post("/whip/demo", "v=0\r\nnonsense\r\n");

        assertProblem(refused, 400, "malformed");
        assertThat(refused.body()).contains("Line 2");
        assertProblem(front.post("/whip/demo", " "), 400, "body-missing");
    }

    @Test
    void anOfferThatGoesTheWrongWayIsRefused() throws Exception {
        assertProblem(front.post("/whip/demo", Offers.VIEWER), 422, "nothing-in-common");
    }

    @Test
    void bodiesBeyondTheLimitAreRefused() throws Exception {
        assertProblem(front.post("/whip/demo", "a".repeat(64 * 1024 + 1)), 413, "body-too-large");
    }

    @ParameterizedTest
    @CsvSource({
        "ROOM_TAKEN, 409, room-taken, ''",
        "NO_COMMON_CODEC, 422, no-common-codec, ''",
        "NODE_FULL, 503, node-full, 5",
        "TOO_MANY_HALF_OPEN, 429, too-many-half-open, 2"
    })
    void refusalsOfTheRelayKeepTheirReason(Reason reason, int status, String slug, String retryAfter) throws Exception {
        front.relay.refusal.set(new RelayRefusal(reason, "A sentence of the relay."));

        HttpResponse<String> refused = front.post("/whep/demo", Offers.VIEWER);

        assertProblem(refused, status, slug);
        assertThat(refused.body()).contains("A sentence of the relay.");
        assertThat(refused.headers().firstValue("Retry-After").orElse("")).isEqualTo(retryAfter);
    }

    @Test
    void aMistakeOfTheRelayIsNotShown() throws Exception {
        front.relay.refusal.set(new CompletionException(new IllegalStateException("secret detail")));

        HttpResponse<String> failed = front.post("/whep/demo", Offers.VIEWER);

        assertProblem(failed, 500, "internal");
        assertThat(failed.body()).doesNotContain("secret");
    }

    @Test
    void roomsHavePlainNames() throws Exception {
        assertProblem(front.post("/whip/a%20b", Offers.HOST), 404, "room-name");
        assertProblem(front.post("/whip/" + "a".repeat(65), Offers.HOST), 404, "room-name");
    }

    @ParameterizedTest
    @CsvSource({
        "/whip/demo, 'POST, OPTIONS', Accept-Post, application/sdp",
        "/whep/demo, 'POST, OPTIONS', Accept-Post, application/sdp",
        "/whip/demo/x, 'PATCH, DELETE, OPTIONS', Accept-Patch, application/trickle-ice-sdpfrag",
        "/whep/demo/x/layer, 'POST, OPTIONS', Accept-Post, application/json"
    })
    void optionsSayWhatAResourceTakes(String path, String methods, String header, String value) throws Exception {
        HttpResponse<String> options = front.send(
                "OPTIONS", path, "", "Origin", "https://shop.example", "Access-Control-Request-Method", "POST");

        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(header(options, "Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(header(options, "Access-Control-Allow-Methods")).isEqualTo(methods);
        assertThat(header(options, "Access-Control-Allow-Headers"))
                .contains("Authorization", "Content-Type", "If-Match");
        assertThat(header(options, header)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /whip/demo, 'POST, OPTIONS'",
        "PUT, /whep/demo, 'POST, OPTIONS'",
        "GET, /whip/demo/x, 'PATCH, DELETE, OPTIONS'",
        "GET, /whep/demo/x/layer, 'POST, OPTIONS'"
    })
    void otherMethodsAreRefused(String method, String path, String allow) throws Exception {
        HttpResponse<String> refused = front.send(method, path, "");

        assertProblem(refused, 405, "method-not-allowed");
        assertThat(header(refused, "Allow")).isEqualTo(allow);
    }

    @Test
    void headOnAnEndpointIsRefusedWithoutABody() throws Exception {
        HttpResponse<String> refused = front.send("HEAD", "/whip/demo", "");

        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(header(refused, "Allow")).isEqualTo("POST, OPTIONS");
    }

    @Test
    void deleteEndsASessionOnce() throws Exception {
        String session = header(front.post("/whip/demo", Offers.HOST), "Location");

        assertThat(front.send("DELETE", session, "").statusCode()).isEqualTo(200);
        assertThat(front.relay.sessions).isEmpty();
        assertProblem(front.send("DELETE", session, ""), 404, "unknown-session");
    }

    @Test
    void aSessionIsFoundInItsOwnRoomAndKindOnly() throws Exception {
        front.post("/whip/demo", Offers.HOST);

        assertProblem(front.send("DELETE", "/whip/other/session-1", ""), 404, "unknown-session");
        assertProblem(front.send("DELETE", "/whep/demo/session-1", ""), 404, "unknown-session");
        assertProblem(patch("/whip/other/session-1", Offers.fragment("other"), "*"), 404, "unknown-session");
        assertThat(front.relay.sessions).hasSize(1);
    }

    @Test
    void trickledCandidatesAreAcceptedAndNotNeeded() throws Exception {
        HttpResponse<String> created = front.post("/whep/demo", Offers.VIEWER);
        String session = header(created, "Location");

        assertThat(patch(session, Offers.fragment(Offers.UFRAG), header(created, "ETag"))
                        .statusCode())
                .isEqualTo(204);
        assertThat(front.send("PATCH", session, "a=end-of-candidates\r\n", "Content-Type", FRAGMENT)
                        .statusCode())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"relay2\"", "W/\"relay2\"", "relay2", "*", "\"old\", \"relay2\""})
    void anIceRestartBringsNewCredentialsAndANewTag(String condition) throws Exception {
        String session = header(front.post("/whep/demo", Offers.VIEWER), "Location");

        HttpResponse<String> restarted = patch(session, Offers.fragment("newUfrag"), condition);

        assertThat(restarted.statusCode()).isEqualTo(200);
        assertThat(header(restarted, "Content-Type")).isEqualTo(FRAGMENT);
        assertThat(header(restarted, "ETag")).isEqualTo("\"relay3\"");
        assertThat(restarted.body())
                .contains("a=ice-ufrag:relay3\r\n", "a=ice-pwd:", "a=mid:0\r\n", "192.0.2.1 8443 typ host");
        assertThat(patch(session, Offers.fragment("newUfrag"), "\"relay3\"").statusCode())
                .isEqualTo(204);
    }

    @Test
    void anIceRestartNeedsTheNewestTag() throws Exception {
        String session = header(front.post("/whep/demo", Offers.VIEWER), "Location");
        patch(session, Offers.fragment("second"), "*");

        assertProblem(patch(session, Offers.fragment("third"), "\"relay2\""), 412, "ice-generation");
        assertProblem(
                front.send("PATCH", session, Offers.fragment("third"), "Content-Type", FRAGMENT),
                428,
                "if-match-missing");
    }

    @Test
    void oddFragmentsAreRefused() throws Exception {
        String session = header(front.post("/whep/demo", Offers.VIEWER), "Location");

        assertProblem(front.send("PATCH", session, "{}", "Content-Type", "application/json"), 415, "media-type");
        assertProblem(patch(session, "nonsense\r\n", "*"), 400, "malformed-sdp");
        assertProblem(patch(session, "a=ice-ufrag:x\r\na=ice-pwd:y\r\n", "*"), 400, "malformed-sdp");
    }

    @Test
    void aSessionThatTheRelayHasLostIsForgotten() throws Exception {
        String session = header(front.post("/whep/demo", Offers.VIEWER), "Location");
        front.relay.lose(new SessionId("session-1"));

        assertProblem(patch(session, Offers.fragment("again"), "*"), 404, "unknown-session");
        assertProblem(front.send("DELETE", session, ""), 404, "unknown-session");
    }

    @Test
    void aViewerChoosesItsLayer() throws Exception {
        String layer = header(front.post("/whep/demo", Offers.VIEWER), "Location") + "/layer";
        SessionId id = new SessionId("session-1");

        assertThat(json(layer, "{\"encodingId\":\"f\"}").statusCode()).isEqualTo(204);
        assertThat(front.relay.wishes).containsEntry(id, new LayerWish("f", false));
        assertThat(json(layer, "{\"encodingId\":null,\"videoPaused\":true}").statusCode())
                .isEqualTo(204);
        assertThat(front.relay.wishes).containsEntry(id, new LayerWish(null, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "{", "\"f\"", "{\"encodingId\":7}", "{\"videoPaused\":\"yes\"}", "null"})
    void oddLayerChoicesAreRefused(String body) throws Exception {
        String layer = header(front.post("/whep/demo", Offers.VIEWER), "Location") + "/layer";

        assertProblem(json(layer, body), 400, "malformed-json");
    }

    @Test
    void aHostHasNoLayerChoice() throws Exception {
        String layer = header(front.post("/whip/demo", Offers.HOST), "Location") + "/layer";

        assertProblem(json(layer, "{}"), 404, "not-found");
    }

    private HttpResponse<String> patch(String session, String fragment, String condition) throws Exception {
        return front.send("PATCH", session, fragment, "Content-Type", FRAGMENT, "If-Match", condition);
    }

    private HttpResponse<String> json(String path, String body) throws Exception {
        return front.send("POST", path, body, "Content-Type", "application/json");
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElseThrow();
    }
}
