package live.strait.signaling.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import live.strait.protocol.ice.IceCredentials;
import live.strait.protocol.sdp.SdpException;
import live.strait.protocol.sdp.TrickleFragment;
import live.strait.signaling.control.LayerWish;
import live.strait.signaling.control.RelayControl;
import live.strait.signaling.control.RelayRefusal;
import live.strait.signaling.control.SessionId;
import live.strait.signaling.control.SessionRequest.Purpose;
import org.jspecify.annotations.Nullable;

/// What becomes of a session after its POST: trickle, ICE restart, layer choice, end (RFC 9725 sections 4.2 and
/// 4.3).
///
/// No token is asked for here. The resource's name is as hard to guess as a token, it was given to the one who had
/// one, and a token that expires during the show must not keep its bearer from leaving.
final class SessionResource {
    static final String FRAGMENT = TrickleFragment.MEDIA_TYPE;
    static final String JSON = "application/json";

    private final Purpose purpose;
    private final RelayControl relay;
    private final SessionTable sessions;

    SessionResource(Purpose purpose, RelayControl relay, SessionTable sessions) {
        this.purpose = purpose;
        this.relay = relay;
        this.sessions = sessions;
    }

    /// `PATCH`: a fragment with the credentials that we know, or none, brings candidates; other ones restart ICE.
    void patch(RoutingContext context) {
        SessionTable.Entry session = find(context);
        TrickleFragment fragment = fragment(context);
        IceCredentials remote = credentials(fragment);
        boolean restarts = remote != null && !remote.ufrag().equals(session.remoteUfrag());
        String condition = context.request().getHeader("If-Match");
        if (condition == null && restarts) {
            throw new HttpProblem(
                    428, "if-match-missing", "An ICE restart needs If-Match with the session's ETag, or with *.");
        }
        if (condition != null && !matches(condition, session)) {
            throw new HttpProblem(
                    412,
                    "ice-generation",
                    "ICE was restarted meanwhile: use the ETag of the newest answer, or If-Match: * for a restart.");
        }
        if (remote != null && restarts) {
            restart(context, session, remote, fragment);
        } else {
            // We are ICE-lite: the peer's checks tell where it is. Its candidates are valid and of no use.
            Answers.send(context, 204);
        }
    }

    private void restart(
            RoutingContext context, SessionTable.Entry session, IceCredentials remote, TrickleFragment fragment) {
        call(context, session.id(), relay.restartIce(session.id(), remote), local -> {
            SessionTable.Entry restarted = session.restarted(remote, local);
            sessions.put(restarted);
            context.response().putHeader("ETag", restarted.etag()).putHeader("Cache-Control", "no-store");
            String answer = RestartAnswer.of(fragment, local, restarted.candidates());
            Answers.send(context, 200, FRAGMENT, Buffer.buffer(answer));
        });
    }

    /// `POST …/layer`: which layer a viewer wants, by the layer extension of WHEP.
    void selectLayer(RoutingContext context) {
        SessionTable.Entry session = find(context);
        LayerWish wish = wish(Requests.body(context, JSON));
        call(context, session.id(), relay.select(session.id(), wish), _ -> Answers.send(context, 204));
    }

    /// `DELETE`: the end, of which 200 tells (RFC 9725 section 4.2).
    void close(RoutingContext context) {
        SessionTable.Entry session = find(context);
        sessions.remove(session.id());
        call(context, session.id(), relay.close(session.id()), _ -> Answers.send(context, 200));
    }

    private SessionTable.Entry find(RoutingContext context) {
        SessionId id = new SessionId(String.valueOf(context.pathParam("session")));
        SessionTable.Entry session = sessions.find(id, Requests.room(context), purpose);
        if (session == null) {
            throw new HttpProblem(
                    404, "unknown-session", "There is no such session, or not any more: open one by another POST.");
        }
        return session;
    }

    /// Goes on when the relay has answered; forgets the session if it turns out to be gone.
    private <T> void call(RoutingContext context, SessionId id, CompletionStage<T> stage, Consumer<? super T> then) {
        RelayCall.answer(context, stage, then).onFailure(cause -> {
            if (cause instanceof RelayRefusal refusal && refusal.reason() == RelayRefusal.Reason.UNKNOWN_SESSION) {
                sessions.remove(id);
            }
        });
    }

    private static TrickleFragment fragment(RoutingContext context) {
        try {
            return TrickleFragment.parse(Requests.body(context, FRAGMENT));
        } catch (SdpException e) {
            throw new HttpProblem(400, "malformed-sdp", "The fragment cannot be read. " + e.getMessage());
        }
    }

    private static @Nullable IceCredentials credentials(TrickleFragment fragment) {
        try {
            return fragment.credentials();
        } catch (IllegalArgumentException e) {
            throw new HttpProblem(
                    400, "malformed-sdp", "The fragment's credentials are wrong: " + e.getMessage() + ".");
        }
    }

    /// Strong comparison (RFC 9110 section 13.1.1), but liberal: proxies make tags weak and players lose the
    /// quotes.
    private static boolean matches(String condition, SessionTable.Entry session) {
        for (String tag : condition.split(",", -1)) {
            String bare = tag.strip();
            if (bare.startsWith("W/")) {
                bare = bare.substring(2);
            }
            if (bare.equals("*") || bare.equals(session.etag()) || bare.equals(session.localUfrag())) {
                return true;
            }
        }
        return false;
    }

    private static LayerWish wish(String body) {
        try {
            JsonObject json = new JsonObject(body);
            Object encoding = json.getValue("encodingId");
            Object paused = json.getValue("videoPaused");
            if (!(encoding == null || encoding instanceof String) || !(paused == null || paused instanceof Boolean)) {
                throw malformedWish();
            }
            return new LayerWish((String) encoding, Boolean.TRUE.equals(paused));
        } catch (DecodeException _) {
            throw malformedWish();
        }
    }

    private static HttpProblem malformedWish() {
        return new HttpProblem(
                400,
                "malformed-json",
                "Send a JSON object with encodingId (a rid, or null for the best) and videoPaused (true or false).");
    }
}
