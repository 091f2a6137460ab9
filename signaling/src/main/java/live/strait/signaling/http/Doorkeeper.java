package live.strait.signaling.http;

import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import live.strait.signaling.control.RoomId;
import live.strait.signaling.message.Role;
import live.strait.signaling.token.Grant;
import live.strait.signaling.token.TokenRefusal;
import live.strait.signaling.token.TokenVerifier;
import org.jspecify.annotations.Nullable;

/// Lets a request into a room, or not.
///
/// The token is `Authorization: Bearer` (RFC 6750 section 2.1) or, for links that people share and for clients
/// that can set no header, `?token=`. A token that is there has to be good even while the node is open to
/// everybody, so that a mistake in it shows before the show.
final class Doorkeeper {
    static final Set<Role> PUBLISHERS = Set.of(Role.HOST, Role.COHOST);
    static final Set<Role> EVERYBODY = Set.of(Role.values());
    static final Set<Role> HOSTS = Set.of(Role.HOST);

    /// The subject of all who come without a token to an open node: the newest of them may publish.
    private static final String ANYBODY = "anybody";

    private static final String SCHEME = "bearer ";

    private final TokenVerifier verifier;
    private final boolean open;

    Doorkeeper(TokenVerifier verifier, boolean open) {
        this.verifier = verifier;
        this.open = open;
    }

    /// Who asks, when they may be in `room` as one of `allowed`.
    ///
    /// @throws HttpProblem 401 without a token or with a bad one, 403 with one for something else
    Visitor admit(RoutingContext context, RoomId room, Set<Role> allowed) {
        String token = token(context);
        if (token == null) {
            if (open) {
                return new Visitor(ANYBODY, false);
            }
            throw new HttpProblem(
                    401,
                    "token-missing",
                    "This needs a token: send it as 'Authorization: Bearer TOKEN' or as ?token=TOKEN.",
                    Map.of("WWW-Authenticate", "Bearer realm=\"strait\""));
        }
        return switch (verifier.verify(token, room, allowed)) {
            case Grant grant -> new Visitor(grant.subject(), grant.role() == Role.COHOST);
            case TokenRefusal refusal -> throw problem(refusal);
        };
    }

    /// Somebody who was let in.
    ///
    /// @param cohost whether they publish beside the host
    record Visitor(String subject, boolean cohost) {}

    private static @Nullable String token(RoutingContext context) {
        String header = context.request().getHeader("Authorization");
        if (header != null && header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            String bearer = header.substring(SCHEME.length()).strip();
            if (!bearer.isEmpty()) {
                return bearer;
            }
        }
        String query = context.request().getParam("token");
        return query == null || query.isBlank() ? null : query.strip();
    }

    private static HttpProblem problem(TokenRefusal refusal) {
        return switch (refusal) {
            case TokenRefusal.Expired _ -> unauthorized("token-expired", refusal);
            case TokenRefusal.NotYet _ -> unauthorized("token-not-yet-valid", refusal);
            case TokenRefusal.BadSignature _ -> unauthorized("token-signature", refusal);
            case TokenRefusal.UnknownKey _ -> unauthorized("token-key", refusal);
            case TokenRefusal.WrongAlgorithm _ -> unauthorized("token-algorithm", refusal);
            case TokenRefusal.Malformed _ -> unauthorized("token-malformed", refusal);
            case TokenRefusal.WrongRoom _ -> forbidden("token-room", refusal);
            case TokenRefusal.WrongRole _ -> forbidden("token-role", refusal);
        };
    }

    private static HttpProblem unauthorized(String slug, TokenRefusal refusal) {
        return new HttpProblem(
                401,
                slug,
                refusal.sentence(),
                Map.of("WWW-Authenticate", "Bearer realm=\"strait\", error=\"invalid_token\""));
    }

    private static HttpProblem forbidden(String slug, TokenRefusal refusal) {
        return new HttpProblem(
                403,
                slug,
                refusal.sentence(),
                Map.of("WWW-Authenticate", "Bearer realm=\"strait\", error=\"insufficient_scope\""));
    }
}
