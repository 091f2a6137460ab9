package live.strait.signaling.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import live.strait.signaling.control.RoomId;
import live.strait.signaling.message.Role;
import live.strait.signaling.token.Grant;
import live.strait.signaling.token.TokenIssuer;
import live.strait.signaling.token.TokenKey;
import live.strait.signaling.token.TokenKeys;
import live.strait.signaling.token.TokenVerifier;
import org.jspecify.annotations.Nullable;

/// A front on a free port with a relay behind it, and a client that talks to it as any program does.
final class RunningFront implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final TokenKey KEY = TokenKey.hs256("k", "a secret of at least thirty-two bytes");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);

    final InMemoryRelay relay = new InMemoryRelay();
    final InMemoryLane lane = new InMemoryLane();
    final AtomicBoolean ready = new AtomicBoolean(true);
    final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final HttpFront front;

    private RunningFront(HttpOptions options, FrontPace pace) throws HttpStartException {
        front = HttpFront.start(
                options,
                relay,
                lane,
                new TokenVerifier(new TokenKeys(List.of(KEY)), CLOCK),
                () -> "strait_sessions " + relay.sessions.size() + "\n",
                ready::get,
                pace);
    }

    static RunningFront with(UnaryOperator<HttpOptions> change) throws HttpStartException {
        HttpOptions options = HttpOptions.onPort(0);
        return new RunningFront(change.apply(options), FrontPace.DEFAULT);
    }

    static RunningFront openWith(FrontPace pace) throws HttpStartException {
        return new RunningFront(HttpOptions.onPort(0).openToEverybody(), pace);
    }

    static RunningFront open() throws HttpStartException {
        return with(HttpOptions::openToEverybody);
    }

    static RunningFront closed() throws HttpStartException {
        return with(UnaryOperator.identity());
    }

    static String token(String room, Role role, @Nullable String subject) {
        return new TokenIssuer(KEY, CLOCK).issue(Grant.of(new RoomId(room), role, subject, NOW.plusSeconds(3600)));
    }

    static String expiredToken(String room) {
        return new TokenIssuer(KEY, CLOCK).issue(Grant.of(new RoomId(room), Role.HOST, "late", NOW.minusSeconds(3600)));
    }

    int port() {
        return front.port();
    }

    URI laneUri(String path) {
        return URI.create("ws://127.0.0.1:" + port() + path);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    /// @param headers names and values in turn
    HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .timeout(Duration.ofSeconds(10))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String offer, String... headers) throws Exception {
        String[] all = new String[headers.length + 2];
        all[0] = "Content-Type";
        all[1] = "application/sdp";
        System.arraycopy(headers, 0, all, 2, headers.length);
        return send("POST", path, offer, all);
    }

    /// Sends bytes as they are, and gives all that comes back.
    String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Override
    public void close() {
        front.close();
        client.close();
        relay.close();
    }
}
