package live.strait.loadtest.peer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import live.strait.protocol.sdp.SessionDescription;
import live.strait.signaling.session.ClientAnswer;
import live.strait.signaling.session.OfferRefusal;
import org.jspecify.annotations.Nullable;

/// The HTTP side of a client: `POST` of an offer, `DELETE` at the end (RFC 9725 section 4.2; WHEP does the same).
public final class SignalingClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http;
    private final @Nullable String token;

    /// Makes a client for one or more servers.
    ///
    /// @param token sent as a bearer token, or null
    public SignalingClient(@Nullable String token) {
        this.token = token;
        http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(PATIENCE)
                .build();
    }

    /// Opens a session. What is refused fails with an IOException that quotes the server.
    public CompletableFuture<OpenedSession> open(URI endpoint, String offer) {
        HttpRequest request = request(endpoint)
                .header("Content-Type", SessionDescription.MEDIA_TYPE)
                .POST(BodyPublishers.ofString(offer))
                .build();
        return http.sendAsync(request, BodyHandlers.ofString()).thenApply(SignalingClient::opened);
    }

    /// Ends a session; a server that does not know it any more is fine, too.
    public CompletableFuture<Integer> close(URI resource) {
        return http.sendAsync(request(resource).DELETE().build(), BodyHandlers.discarding())
                .thenApply(HttpResponse::statusCode);
    }

    /// Asks for one layer of the host's picture (`docs/http.md`).
    public CompletableFuture<Integer> chooseLayer(URI resource, String rid) {
        HttpRequest request = request(URI.create(resource + "/layer"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"encodingId\": \"" + rid + "\"}"))
                .build();
        return http.sendAsync(request, BodyHandlers.discarding()).thenApply(HttpResponse::statusCode);
    }

    /// What is read now, such as a room's state.
    public HttpResponse<String> get(URI resource) throws IOException, InterruptedException {
        return http.send(request(resource).GET().build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpRequest.Builder request(URI resource) {
        HttpRequest.Builder request = HttpRequest.newBuilder(resource).timeout(PATIENCE);
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private static OpenedSession opened(HttpResponse<String> response) {
        String said = response.uri() + " answered " + response.statusCode() + ": " + response.body();
        if (response.statusCode() != 201) {
            throw new CompletionException(new IOException(said));
        }
        String location = response.headers()
                .firstValue("Location")
                .orElseThrow(() -> new CompletionException(new IOException("no Location: " + said)));
        try {
            return new OpenedSession(response.uri().resolve(location), ClientAnswer.parse(response.body()));
        } catch (OfferRefusal unusable) {
            throw new CompletionException(new IOException(said, unusable));
        }
    }

    /// An answered offer.
    ///
    /// @param resource where the session lives; deleting it ends the session
    public record OpenedSession(URI resource, ClientAnswer answer) {}
}
