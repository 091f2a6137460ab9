package live.strait.signaling.http;

import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import live.strait.signaling.control.RoomId;

/// What handlers read from a request, checked.
final class Requests {
    private Requests() {}

    /// The `:room` of the path.
    static RoomId room(RoutingContext context) {
        String name = String.valueOf(context.pathParam("room"));
        if (!RoomId.isValid(name)) {
            throw new HttpProblem(
                    404, "room-name", "A room's name has 1 to 64 letters, digits, '_', '-' or '.': choose such a one.");
        }
        return new RoomId(name);
    }

    /// The body as text, of the media type wanted; a client that names none is believed.
    static String body(RoutingContext context, String mediaType) {
        String contentType = context.request().getHeader("Content-Type");
        if (contentType != null && !essence(contentType).equals(mediaType)) {
            throw new HttpProblem(
                    415, "media-type", "This resource takes " + mediaType + ": set Content-Type to that.");
        }
        String body = context.body().asString();
        if (body == null || body.isBlank()) {
            throw new HttpProblem(400, "body-missing", "The request has no body: send " + mediaType + ".");
        }
        return body;
    }

    /// A media type without its parameters (RFC 9110 section 8.3.1).
    private static String essence(String contentType) {
        int semicolon = contentType.indexOf(';');
        return (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
