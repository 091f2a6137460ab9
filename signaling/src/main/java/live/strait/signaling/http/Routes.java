package live.strait.signaling.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.Map;
import live.strait.signaling.control.RelayControl;
import live.strait.signaling.control.RelayRefusal;
import live.strait.signaling.control.SessionRequest.Purpose;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which address leads where, and how what fails is answered.
final class Routes {
    private static final Logger LOG = LoggerFactory.getLogger(Routes.class);

    private final Router router;
    private final BodyHandler body =
            BodyHandler.create(false).setBodyLimit(HttpFront.MAX_BODY_BYTES).setMergeFormAttributes(false);

    Routes(
            Vertx vertx,
            HttpOptions options,
            RelayControl relay,
            LaneEndpoint lane,
            RoomFeed feed,
            Doorkeeper doorkeeper,
            Pages pages,
            Probes probes) {
        router = Router.router(vertx);
        router.route().handler(Routes::secure).failureHandler(Routes::fail);
        SessionTable sessions = new SessionTable();
        for (Purpose purpose : Purpose.values()) {
            sessions(
                    purpose,
                    new SessionEndpoint(purpose, relay, doorkeeper, options, sessions),
                    new SessionResource(purpose, relay, sessions));
        }
        rooms(new RoomEndpoint(relay, doorkeeper), feed, lane);
        get("/", pages.page("index.html"));
        get("/studio/:room", pages.roomPage("studio.html"));
        get("/watch/:room", pages.roomPage("watch.html"));
        get("/web/*", pages::file);
        get("/healthz", probes::health);
        get("/readyz", probes::readiness);
        get("/metrics", probes::metrics);
        router.route().handler(_ -> {
            throw HttpProblem.notFound();
        });
    }

    Router router() {
        return router;
    }

    private void sessions(Purpose purpose, SessionEndpoint endpoint, SessionResource resource) {
        String base = SessionEndpoint.path(purpose) + "/:room";
        router.route(SessionEndpoint.path(purpose) + "/*").handler(Cors::allowAnyOrigin);
        router.post(base).handler(body).handler(endpoint::open);
        Cors.describe(router.route(base), "POST, OPTIONS", Map.of("Accept-Post", SessionEndpoint.SDP));

        String session = base + "/:session";
        router.patch(session).handler(body).handler(resource::patch);
        router.delete(session).handler(resource::close);
        Cors.describe(
                router.route(session), "PATCH, DELETE, OPTIONS", Map.of("Accept-Patch", SessionResource.FRAGMENT));
        if (purpose == Purpose.VIEW) {
            router.post(session + "/layer").handler(body).handler(resource::selectLayer);
            Cors.describe(
                    router.route(session + "/layer"), "POST, OPTIONS", Map.of("Accept-Post", SessionResource.JSON));
        }
    }

    private void rooms(RoomEndpoint endpoint, RoomFeed feed, LaneEndpoint lane) {
        router.route("/rooms/*").handler(Cors::allowAnyOrigin);
        router.get("/rooms/:room").handler(endpoint::status);
        router.delete("/rooms/:room").handler(endpoint::end);
        Cors.describe(router.route("/rooms/:room"), "GET, DELETE, OPTIONS", Map.of());
        router.get("/rooms/:room/events").handler(feed::listen);
        Cors.describe(router.route("/rooms/:room/events"), "GET, OPTIONS", Map.of());
        router.get("/rooms/:room/lane").handler(lane::upgrade);
        Cors.describe(router.route("/rooms/:room/lane"), "GET, OPTIONS", Map.of());
    }

    /// What is only read: GET and HEAD.
    private void get(String path, Handler<RoutingContext> handler) {
        router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD).handler(handler);
        router.route(path).handler(_ -> {
            throw HttpProblem.methodNotAllowed("GET, HEAD");
        });
    }

    /// Watch links hold a token: no page may pass its address on. And a file is what its content type says.
    private static void secure(RoutingContext context) {
        context.response().putHeader("X-Content-Type-Options", "nosniff").putHeader("Referrer-Policy", "no-referrer");
        context.next();
    }

    private static void fail(RoutingContext context) {
        problem(context).send(context);
    }

    private static HttpProblem problem(RoutingContext context) {
        Throwable failure = context.failure();
        return switch (failure) {
            case HttpProblem problem -> problem;
            case RelayRefusal refusal -> HttpProblem.of(refusal);
            case null, default -> {
                if (context.statusCode() == 413) {
                    yield HttpProblem.tooLarge();
                }
                if (context.statusCode() >= 400 && context.statusCode() < 500) {
                    yield new HttpProblem(context.statusCode(), "malformed-request", "The request cannot be read.");
                }
                LOG.error(
                        "{} {} failed",
                        context.request().method(),
                        context.request().path(),
                        failure);
                yield HttpProblem.internal();
            }
        };
    }
}
