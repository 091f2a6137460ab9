package live.strait.signaling.http;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import live.strait.signaling.control.LaneControl;
import live.strait.signaling.control.RelayControl;
import live.strait.signaling.token.TokenVerifier;

/// A running HTTP server: one Vert.x with one event loop.
public final class HttpFront implements AutoCloseable {
    /// The largest offer seen, of a browser with every codec and 20 lines, has 24 KiB.
    static final int MAX_BODY_BYTES = 64 * 1024;

    /// The lane answers what is too large for it; beyond this the connection is closed unread.
    private static final int MAX_SOCKET_MESSAGE_BYTES = 16 * 1024;

    /// Connections on which nothing moves; server-sent events move every two seconds.
    private static final int IDLE_SECONDS = 60;

    private static final String WEB_FOLDER = "live/strait/signaling/web";

    private final Vertx vertx;
    private final HttpServer server;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final LaneEndpoint lane;

    private HttpFront(Vertx vertx, HttpServer server, LaneEndpoint lane) {
        this.vertx = vertx;
        this.server = server;
        this.lane = lane;
    }

    /// Starts to listen; returns when requests are taken.
    ///
    /// @param metrics the text of `/metrics`, in Prometheus' format; called on the event loop
    /// @param ready whether the node takes sessions, for `/readyz`
    /// @throws HttpStartException when it cannot: the port is taken, a certificate is missing
    public static HttpFront start(
            HttpOptions options,
            RelayControl relay,
            LaneControl lane,
            TokenVerifier tokens,
            Supplier<String> metrics,
            BooleanSupplier ready)
            throws HttpStartException {
        return start(options, relay, lane, tokens, metrics, ready, FrontPace.DEFAULT);
    }

    static HttpFront start(
            HttpOptions options,
            RelayControl relay,
            LaneControl lane,
            TokenVerifier tokens,
            Supplier<String> metrics,
            BooleanSupplier ready,
            FrontPace pace)
            throws HttpStartException {
        HttpServerOptions serverOptions = serverOptions(options);
        Pages pages = new Pages(WebAssets.load(WEB_FOLDER));
        Vertx vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
        try {
            Doorkeeper doorkeeper = new Doorkeeper(tokens, options.open(), options.trustedProxies());
            LaneEndpoint sockets = new LaneEndpoint(vertx, lane, doorkeeper, pace);
            RoomFeed feed = new RoomFeed(vertx, relay, doorkeeper, pace);
            Routes routes =
                    new Routes(vertx, options, relay, sockets, feed, doorkeeper, pages, new Probes(metrics, ready));
            HttpServer server = vertx.createHttpServer(serverOptions)
                    .requestHandler(routes.router())
                    .listen()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            return new HttpFront(vertx, server, sockets);
        } catch (CompletionException e) {
            vertx.close();
            throw explain(options, e.getCause() == null ? e : e.getCause());
        }
    }

    /// The port it listens on, also when any was asked for.
    public int port() {
        return server.actualPort();
    }

    /// Says goodbye on the lane, stops listening, ends all connections and the event loop.
    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        vertx.runOnContext(_ -> lane.closeAll()); // before the rest, as there is one loop
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static HttpServerOptions serverOptions(HttpOptions options) throws HttpStartException {
        HttpServerOptions server = new HttpServerOptions()
                .setHost(options.host())
                .setPort(options.port())
                .setIdleTimeout(IDLE_SECONDS)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setMaxHeaderSize(16 * 1024)
                .setMaxInitialLineLength(8 * 1024)
                .setHandle100ContinueAutomatically(true)
                .setWebSocketSubProtocols(List.of(LaneEndpoint.SUBPROTOCOL))
                .setMaxWebSocketFrameSize(MAX_SOCKET_MESSAGE_BYTES)
                .setMaxWebSocketMessageSize(MAX_SOCKET_MESSAGE_BYTES)
                .setPerMessageWebSocketCompressionSupported(
                        false) // small messages, and a window of memory for each page
                .setPerFrameWebSocketCompressionSupported(false)
                .setHttp2ClearTextEnabled(false);
        HttpOptions.Tls tls = options.tls();
        if (tls != null) {
            server.setSsl(true)
                    .setUseAlpn(true)
                    .setKeyCertOptions(new PemKeyCertOptions()
                            .setCertPath(readable(tls.certificate(), "certificate"))
                            .setKeyPath(readable(tls.key(), "key")));
        }
        return server;
    }

    private static String readable(Path file, String what) throws HttpStartException {
        if (!Files.isReadable(file)) {
            throw new HttpStartException(
                    "cannot read the TLS " + what + " " + file.toAbsolutePath()
                            + ": give the path of a PEM file that this user may read",
                    null);
        }
        return file.toAbsolutePath().toString();
    }

    private static HttpStartException explain(HttpOptions options, Throwable cause) {
        String where = options.host() + ":" + options.port();
        if (cause instanceof BindException) {
            return new HttpStartException(
                    "cannot listen for HTTP on " + where + " (" + cause.getMessage()
                            + "): another program has the port, or the address is not of this machine;"
                            + " stop it or choose another http.port",
                    cause);
        }
        HttpOptions.Tls tls = options.tls();
        if (tls != null) {
            return new HttpStartException(
                    "cannot use the TLS certificate " + tls.certificate() + " with the key " + tls.key() + " ("
                            + cause.getMessage() + "): both are PEM files, and belong together",
                    cause);
        }
        return new HttpStartException("cannot listen for HTTP on " + where + ": " + cause.getMessage(), cause);
    }
}
