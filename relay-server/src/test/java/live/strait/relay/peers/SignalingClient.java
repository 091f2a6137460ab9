package live.strait.relay.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// One WHIP or WHEP session as its client sees it: an offer posted, the answer, the resource and its ETag.
final class SignalingClient {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final URI resource;
    private final String answer;
    private String etag;

    private SignalingClient(URI resource, String answer, String etag) {
        this.resource = resource;
        this.answer = answer;
        this.etag = etag;
    }

    static SignalingClient publish(URI node, String room, String offer) throws Exception {
        return open(node.resolve("/whip/" + room), offer);
    }

    static SignalingClient watch(URI node, String room, String offer) throws Exception {
        return open(node.resolve("/whep/" + room), offer);
    }

    String answer() {
        return answer;
    }

    /// Restarts ICE under the condition of the newest ETag and returns the fragment of the answer.
    String restart(String fragment) throws Exception {
        HttpResponse<String> response = send(HttpRequest.newBuilder(resource)
                .header("Content-Type", "application/trickle-ice-sdpfrag")
                .header("If-Match", etag)
                .method("PATCH", BodyPublishers.ofString(fragment)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        etag = header(response, "ETag");
        return response.body();
    }

    void delete() throws Exception {
        HttpResponse<String> response = send(HttpRequest.newBuilder(resource).DELETE());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    private static SignalingClient open(URI endpoint, String offer) throws Exception {
        HttpResponse<String> response = send(HttpRequest.newBuilder(endpoint)
                .header("Content-Type", "application/sdp")
                .POST(BodyPublishers.ofString(offer)));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        URI resource = endpoint.resolve(header(response, "Location"));
        return new SignalingClient(resource, response.body(), header(response, "ETag"));
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElseThrow();
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HTTP.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
    }
}
