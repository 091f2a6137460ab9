package live.strait.signaling.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;

/// Lets pages of any origin use WHIP, WHEP and rooms (Fetch standard, CORS protocol).
///
/// Any origin is right here: what counts is a token that the page has to send itself; there are no cookies that a
/// foreign page could ride on.
final class Cors {
    /// Browsers cap it at 2 h (Chromium) or 24 h (Firefox).
    private static final String MAX_AGE_SECONDS = "86400";

    private Cors() {}

    static void allowAnyOrigin(RoutingContext context) {
        context.response()
                .putHeader("Access-Control-Allow-Origin", "*")
                .putHeader("Access-Control-Expose-Headers", "Location, ETag, Link, Accept-Patch, Retry-After");
        context.next();
    }

    /// Answers OPTIONS with what the resource takes, and every method that no handler before took with 405.
    ///
    /// @param methods with commas, OPTIONS included
    /// @param accepts headers such as Accept-Post
    static void describe(Route route, String methods, Map<String, String> accepts) {
        route.handler(options(methods, accepts));
    }

    private static Handler<RoutingContext> options(String methods, Map<String, String> accepts) {
        return context -> {
            if (!context.request().method().name().equals("OPTIONS")) {
                throw HttpProblem.methodNotAllowed(methods);
            }
            HttpServerResponse response = context.response()
                    .putHeader("Allow", methods)
                    .putHeader("Access-Control-Allow-Methods", methods)
                    .putHeader("Access-Control-Allow-Headers", "Authorization, Content-Type, If-Match, Last-Event-ID")
                    .putHeader("Access-Control-Max-Age", MAX_AGE_SECONDS);
            accepts.forEach(response::putHeader);
            Answers.send(context, 204);
        };
    }
}
