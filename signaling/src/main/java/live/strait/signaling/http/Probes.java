package live.strait.signaling.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// What an orchestrator and a Prometheus ask: `/healthz`, `/readyz`, `/metrics`.
final class Probes {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

    private final Supplier<String> metrics;
    private final BooleanSupplier ready;

    Probes(Supplier<String> metrics, BooleanSupplier ready) {
        this.metrics = metrics;
        this.ready = ready;
    }

    /// The process lives, as it answers.
    void health(RoutingContext context) {
        send(context, TEXT, "ok\n");
    }

    /// The node takes sessions: it is warm and not draining.
    void readiness(RoutingContext context) {
        if (!ready.getAsBoolean()) {
            throw new HttpProblem(
                    503,
                    "not-ready",
                    "The node is warming up or draining: try again in a moment.",
                    Map.of("Retry-After", "1"));
        }
        send(context, TEXT, "ready\n");
    }

    void metrics(RoutingContext context) {
        send(context, PROMETHEUS_TEXT, metrics.get());
    }

    private static void send(RoutingContext context, String contentType, String text) {
        context.response().putHeader("Cache-Control", "no-store");
        Answers.send(context, 200, contentType, Buffer.buffer(text));
    }
}
