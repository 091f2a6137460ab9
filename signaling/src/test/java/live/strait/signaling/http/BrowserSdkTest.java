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
import java.nio.file.Files;
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
    private static final List<Path> CHROMIUM = List.of(
            Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"), Path.of("/usr/bin/google-chrome"));

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
        Process browser = open("http://localhost:" + server.getAddress().getPort() + "/webtest/index.html");
        try {
            return dynamicTests(results.get(RESULTS_TIMEOUT_SECONDS, TimeUnit.SECONDS));
        } finally {
            server.stop(0);
            end(browser);
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

    private Process open(String url) throws IOException {
        Path chromium = CHROMIUM.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no Chromium: apt-get install chromium"));
        return new ProcessBuilder(
                        chromium.toString(),
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--autoplay-policy=no-user-gesture-required",
                        "--disable-features=WebRtcHideLocalIpsWithMdns",
                        "--user-data-dir=" + profile,
                        url)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /// Its children write into the profile until they are gone, and the folder is deleted after the test.
    private static void end(Process browser) throws InterruptedException {
        List<ProcessHandle> children = browser.descendants().toList();
        browser.destroy();
        if (!browser.waitFor(5, TimeUnit.SECONDS)) {
            browser.destroyForcibly();
        }
        for (ProcessHandle child : children) {
            child.onExit()
                    .orTimeout(5, TimeUnit.SECONDS)
                    .handle((_, _) -> child.destroyForcibly())
                    .join();
        }
    }
}
