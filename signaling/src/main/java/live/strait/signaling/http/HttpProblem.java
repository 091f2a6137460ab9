package live.strait.signaling.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Map;
import live.strait.signaling.control.RelayRefusal;
import live.strait.signaling.message.LaneError;
import live.strait.signaling.session.OfferRefusal;

/// A request that is not granted, as problem+json says it (RFC 9457).
///
/// Thrown by handlers; the front's failure handler sends it. The detail is a sentence for a person and holds the
/// remedy where there is one; it never repeats what the client has sent beyond names that were checked.
final class HttpProblem extends RuntimeException {
    static final String MEDIA_TYPE = "application/problem+json";
    private static final long serialVersionUID = 1;

    /// How soon to come again when there are too many half-open sessions: they live for some seconds only.
    private static final String RETRY_SOON_SECONDS = "2";

    /// How soon to come again when the node is full: viewers leave at human speed.
    private static final String RETRY_LATER_SECONDS = "5";

    private final int status;
    private final String slug;
    private final String detail;

    @SuppressWarnings("serial") // an immutable map, and nobody serialises problems but as JSON
    private final Map<String, String> headers;

    /// @param slug names the kind of problem for programs: `type` is `urn:strait:problem:` and this
    HttpProblem(int status, String slug, String detail, Map<String, String> headers) {
        super(detail, null, false, false);
        this.status = status;
        this.slug = slug;
        this.detail = detail;
        this.headers = Map.copyOf(headers);
    }

    HttpProblem(int status, String slug, String detail) {
        this(status, slug, detail, Map.of());
    }

    static HttpProblem of(RelayRefusal refusal) {
        RelayRefusal.Reason reason = refusal.reason();
        return new HttpProblem(
                reason.httpStatus(),
                slug(reason),
                String.valueOf(refusal.getMessage()),
                switch (reason) {
                    case NODE_FULL -> Map.of("Retry-After", RETRY_LATER_SECONDS);
                    case TOO_MANY_HALF_OPEN -> Map.of("Retry-After", RETRY_SOON_SECONDS);
                    case ROOM_TAKEN, NO_COMMON_CODEC, UNKNOWN_SESSION -> Map.of();
                });
    }

    static HttpProblem of(OfferRefusal refusal) {
        return new HttpProblem(
                refusal.reason().httpStatus(), slug(refusal.reason()), String.valueOf(refusal.getMessage()));
    }

    private static String slug(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static HttpProblem methodNotAllowed(String allow) {
        return new HttpProblem(405, "method-not-allowed", "This resource takes " + allow + ".", Map.of("Allow", allow));
    }

    static HttpProblem notFound() {
        return new HttpProblem(404, "not-found", "There is nothing at this address.");
    }

    static HttpProblem tooLarge() {
        return new HttpProblem(
                413,
                "body-too-large",
                "A body may have " + HttpFront.MAX_BODY_BYTES / 1024 + " KiB; no offer needs more.");
    }

    static HttpProblem internal() {
        return new HttpProblem(500, "internal", "The relay made a mistake, which is in its log. Try again.");
    }

    int status() {
        return status;
    }

    String detail() {
        return detail;
    }

    /// The same on the lane, for problems that it has as well.
    LaneError laneError() {
        return LaneError.valueOf(slug.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    void send(RoutingContext context) {
        headers.forEach(context.response()::putHeader);
        JsonObject body = new JsonObject()
                .put("type", "urn:strait:problem:" + slug)
                .put("title", HttpResponseStatus.valueOf(status).reasonPhrase())
                .put("status", status)
                .put("detail", detail);
        Answers.send(context, status, MEDIA_TYPE, body.toBuffer());
    }
}
