package live.strait.signaling.http;

import static live.strait.signaling.http.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.List;
import live.strait.signaling.control.LaneVisitor;
import live.strait.signaling.control.RoomId;
import live.strait.signaling.message.Role;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may do what with which token.
class AccessHttpTest {
    private static RunningFront front;

    @BeforeAll
    static void start() throws HttpStartException {
        front = RunningFront.closed();
    }

    @AfterAll
    static void stop() {
        front.close();
    }

    @Test
    void withoutATokenNothingIsOpenButThePages() throws Exception {
        HttpResponse<String> refused = front.post("/whip/closed", Offers.HOST);

        assertProblem(refused, 401, "token-missing");
        assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer realm=\"strait\"");
        assertThat(refused.headers().firstValue("Access-Control-Allow-Origin")).hasValue("*");
        assertProblem(front.post("/whep/closed", Offers.VIEWER), 401, "token-missing");
        assertProblem(front.send("GET", "/rooms/closed", ""), 401, "token-missing");
        assertProblem(front.send("GET", "/rooms/closed/events", ""), 401, "token-missing");
        assertProblem(front.send("DELETE", "/rooms/closed", ""), 401, "token-missing");
        assertThat(front.send("GET", "/watch/closed", "").statusCode()).isEqualTo(200);
        assertThat(front.send("OPTIONS", "/whip/closed", "").statusCode()).isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource({
        "HOST, 201, 201, 200, 204",
        "COHOST, 201, 201, 200, 403",
        "GUEST, 201, 403, 403, 403",
        "VIEWER, 403, 201, 200, 403",
        "MONITOR, 403, 201, 200, 403"
    })
    void rolesHaveTheirRights(Role role, int publishes, int watches, int reads, int ends) throws Exception {
        String room = "of-" + role.claim();
        String bearer = "Bearer " + RunningFront.token(room, role, "ann");

        assertThat(front.post("/whip/" + room, Offers.HOST, "Authorization", bearer)
                        .statusCode())
                .isEqualTo(publishes);
        assertThat(front.post("/whep/" + room, Offers.VIEWER, "Authorization", bearer)
                        .statusCode())
                .isEqualTo(watches);
        assertThat(front.send("GET", "/rooms/" + room, "", "Authorization", bearer)
                        .statusCode())
                .isEqualTo(reads);
        assertThat(front.send("DELETE", "/rooms/" + room, "", "Authorization", bearer)
                        .statusCode())
                .isEqualTo(ends);
    }

    @Test
    void theTokensSubjectReachesTheRelay() throws Exception {
        String token = RunningFront.token("subject", Role.HOST, "lin");

        HttpResponse<String> created = front.post("/whip/subject", Offers.HOST, "Authorization", "bearer  " + token);

        String location = created.headers().firstValue("Location").orElseThrow();
        assertThat(front.relay
                        .request(location.substring("/whip/subject/".length()))
                        .subject())
                .isEqualTo("lin");
        assertProblem(
                front.post(
                        "/whip/subject",
                        Offers.HOST,
                        "Authorization",
                        "Bearer " + RunningFront.token("subject", Role.HOST, "eve")),
                409,
                "room-taken");
    }

    @Test
    void aLinkThatManyShareHasNoSubject() throws Exception {
        String token = RunningFront.token("shared", Role.VIEWER, null);

        String location = front.post("/whep/shared?token=" + token, Offers.VIEWER)
                .headers()
                .firstValue("Location")
                .orElseThrow();

        assertThat(front.relay
                        .request(location.substring("/whep/shared/".length()))
                        .visitor())
                .isEqualTo(new LaneVisitor(new RoomId("shared"), null, Role.VIEWER, false, "127.0.0.1"));
    }

    @Test
    void aLinkCarriesItsTokenInTheQuery() throws Exception {
        String token = RunningFront.token("link", Role.VIEWER, "v");

        assertThat(front.post("/whep/link?token=" + token, Offers.VIEWER).statusCode())
                .isEqualTo(201);
    }

    @Test
    void aTokenIsGoodForItsRoomAndRole() throws Exception {
        String bearer = "Bearer " + RunningFront.token("mine", Role.VIEWER, "v");

        HttpResponse<String> other = front.post("/whep/yours", Offers.VIEWER, "Authorization", bearer);
        assertProblem(other, 403, "token-room");
        assertThat(other.headers().firstValue("WWW-Authenticate").orElseThrow()).contains("insufficient_scope");
        assertProblem(front.post("/whip/mine", Offers.HOST, "Authorization", bearer), 403, "token-role");
    }

    @Test
    void badTokensAreRefusedWithTheirReason() throws Exception {
        String good = RunningFront.token("r", Role.HOST, "a");
        String expired = RunningFront.expiredToken("r");
        int dot = good.lastIndexOf('.');
        String forged = good.substring(0, dot) + expired.substring(expired.lastIndexOf('.'));

        HttpResponse<String> late = front.post("/whip/r", Offers.HOST, "Authorization", "Bearer " + expired);
        assertProblem(late, 401, "token-expired");
        assertThat(late.headers().firstValue("WWW-Authenticate").orElseThrow()).contains("invalid_token");
        assertProblem(front.post("/whip/r", Offers.HOST, "Authorization", "Bearer " + forged), 401, "token-signature");
        assertProblem(front.post("/whip/r", Offers.HOST, "Authorization", "Bearer nonsense"), 401, "token-malformed");
        // {"alg":"none"} and the claims of the good one
        String unsigned = "eyJhbGciOiJub25lIn0" + good.substring(good.indexOf('.'), dot) + ".";
        assertProblem(
                front.post("/whip/r", Offers.HOST, "Authorization", "Bearer " + unsigned), 401, "token-algorithm");
    }

    @Test
    void anOpenNodeStillChecksTheTokensItIsShown() throws Exception {
        try (RunningFront open = RunningFront.open()) {
            assertThat(open.post("/whip/r", Offers.HOST).statusCode()).isEqualTo(201);
            assertThat(open.post("/whip/r", Offers.HOST, "Authorization", "Bearer ")
                            .statusCode())
                    .isEqualTo(201);
            assertProblem(open.post("/whip/r", Offers.HOST, "Authorization", "Bearer x"), 401, "token-malformed");
            assertThat(open.send("DELETE", "/rooms/r", "").statusCode()).isEqualTo(204);
        }
    }

    @Test
    void leavingNeedsNoTokenButTheResourceItself() throws Exception {
        String bearer = "Bearer " + RunningFront.token("leave", Role.VIEWER, "v");
        String session = front.post("/whep/leave", Offers.VIEWER, "Authorization", bearer)
                .headers()
                .firstValue("Location")
                .orElseThrow();

        assertThat(front.send("DELETE", session, "", "Authorization", "Bearer " + RunningFront.expiredToken("leave"))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aTrustedProxysWordCountsForTheClientsAddress() throws Exception {
        String forwarded = "198.51.100.1";
        try (RunningFront behind = RunningFront.with(options -> new HttpOptions(
                options.host(), 0, true, null, new TrustedProxies(List.of("127.0.0.0/8")), List.of()))) {
            behind.post("/whip/r", Offers.HOST, "X-Forwarded-For", forwarded);
            assertThat(behind.relay.request("session-1").clientAddress()).isEqualTo(forwarded);
        }
        try (RunningFront exposed = RunningFront.open()) {
            exposed.post("/whip/r", Offers.HOST, "X-Forwarded-For", forwarded);
            assertThat(exposed.relay.request("session-1").clientAddress()).isEqualTo("127.0.0.1");
        }
    }
}
