package live.strait.signaling.http;

import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import live.strait.signaling.control.LaneVisitor;
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
    static final Set<Role> PUBLISHERS = Set.of(Role.HOST, Role.COHOST, Role.GUEST);
    /// Whoever may be in a room; a guest's token is an invitation to publish and nothing else.
    static final Set<Role> AUDIENCE = Set.of(Role.HOST, Role.COHOST, Role.VIEWER, Role.MONITOR);
    static final Set<Role> HOSTS = Set.of(Role.HOST);

    private static final String SCHEME = "bearer ";

    private final TokenVerifier verifier;
    private final boolean open;
    private final TrustedProxies proxies;

    Doorkeeper(TokenVerifier verifier, boolean open, TrustedProxies proxies) {
        this.verifier = verifier;
        this.open = open;
        this.proxies = proxies;
    }

    /// Who asks, when they may be in `room` as one of `allowed`.
    ///
    /// @throws HttpProblem 401 without a token or with a bad one, 403 with one for something else
    LaneVisitor admit(RoutingContext context, RoomId room, Set<Role> allowed) {
        return admit(token(context), room, allowed, clientAddress(context));
    }

    /// Who has brought this token or none, when they may be in `room` as one of `allowed`; throws as the other
    /// does.
    LaneVisitor admit(@Nullable String token, RoomId room, Set<Role> allowed, String clientAddress) {
        if (token == null) {
            if (open) {
                return new LaneVisitor(room, null, Role.HOST, true, clientAddress);
            }
            throw new HttpProblem(
                    401,
                    "token-missing",
                    "This needs a token: send it as 'Authorization: Bearer TOKEN' or as ?token=TOKEN.",
                    Map.of("WWW-Authenticate", "Bearer realm=\"strait\""));
        }
        return switch (verifier.verify(token, room, allowed)) {
            case Grant grant -> new LaneVisitor(room, grant.subject(), grant.role(), false, clientAddress);
            case TokenRefusal refusal -> throw problem(refusal);
        };
    }

    /// Where a request comes from, as far as that can be believed.
    String clientAddress(RoutingContext context) {
        return proxies.clientAddress(
                context.request().remoteAddress().hostAddress(),
                context.request().headers().getAll("X-Forwarded-For"));
    }

    /// The token that a request holds, or null.
    static @Nullable String token(RoutingContext context) {
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
