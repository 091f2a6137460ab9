package live.strait.signaling.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Runs the browser SDK's own tests (`webtest/*.test.js`) in a real Chromium; each shows up here as a test of its
/// own.
///
/// The page runs them against a relay inside itself, made of real peer connections, and posts the results back. To
/// look at one in a browser's debugger, serve the two folders under `/web/` and `/webtest/` and open
/// `/webtest/index.html`.
@Tag("browser")
class BrowserSdkTest {
    /// All tests together take some 20 s on two idle cores.
    private static final long RESULTS_TIMEOUT_SECONDS = 180;

    @TempDir
    private Path profile;

    @TestFactory
    Stream<DynamicTest> theBrowserSdk() throws Exception {
        CompletableFuture<String> results = new CompletableFuture<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve(server, "/web/", WebAssets.load("live/strait/signaling/web"));
        serve(server, "/webtest/", WebAssets.load("live/strait/signaling/webtest"));
        server.createContext("/results", exchange -> {
            results.complete(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
            answer(exchange, 204, new byte[0]);
        });
        server.start();
        String page = "http://localhost:" + server.getAddress().getPort() + "/webtest/index.html";
        try (var _ = new HeadlessChromium(page, profile, "--disable-features=WebRtcHideLocalIpsWithMdns")) {
            return dynamicTests(results.get(RESULTS_TIMEOUT_SECONDS, TimeUnit.SECONDS));
        } finally {
            server.stop(0);
        }
    }

    private static Stream<DynamicTest> dynamicTests(String results) throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        for (JsonNode result : new ObjectMapper().readTree(results)) {
            String failure = result.path("failure").asText(null);
            tests.add(DynamicTest.dynamicTest(
                    result.path("name").asText(), () -> assertThat(failure).isNull()));
        }
        assertThat(tests).as("tests that the page has run").isNotEmpty();
        return tests.stream();
    }

    private static void serve(HttpServer server, String prefix, WebAssets assets) {
        server.createContext(prefix, exchange -> {
            WebAssets.Asset asset =
                    assets.find(exchange.getRequestURI().getPath().substring(prefix.length()));
            if (asset == null) {
                answer(exchange, 404, new byte[0]);
                return;
            }
            exchange.getResponseHeaders().set("Content-Type", asset.contentType());
            answer(exchange, 200, asset.plain().getBytes());
        });
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
