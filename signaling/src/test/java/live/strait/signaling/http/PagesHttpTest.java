package live.strait.signaling.http;

import static live.strait.signaling.http.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Pages and probes.
class PagesHttpTest {
    private static RunningFront front;

    @BeforeAll
    static void start() throws HttpStartException {
        front = RunningFront.closed();
    }

    @AfterAll
    static void stop() {
        front.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/, text/html; charset=utf-8",
        "/studio/demo, text/html; charset=utf-8",
        "/watch/demo?token=x, text/html; charset=utf-8",
        "/web/strait.js, text/javascript; charset=utf-8",
        "/web/css/base.css, text/css; charset=utf-8",
        "/web/favicon.svg, image/svg+xml"
    })
    void pagesAndTheirFilesAreServed(String path, String contentType) throws Exception {
        HttpResponse<String> page = front.send("GET", path, "");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue(contentType);
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-cache");
        assertThat(page.body()).isNotBlank();
    }

    @Test
    void pagesMayUseTheCameraAndNoForeignScript() throws Exception {
        HttpResponse<String> page = front.send("GET", "/studio/demo", "");

        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self';");
        assertThat(page.headers().firstValue("Permissions-Policy").orElseThrow())
                .contains("camera=(self)", "microphone=(self)", "geolocation=()");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/studio/demo", "/watch/demo"})
    void pagesKeepToTheirOwnPolicy(String path) throws Exception {
        String html = front.send("GET", path, "").body().toLowerCase(Locale.ROOT);

        assertThat(html).doesNotContainPattern("<script(?![^>]*src=)").doesNotContain("<style", " style=", " onclick=");
    }

    @Test
    void anUnchangedFileIsNotSentAgain() throws Exception {
        HttpResponse<String> first = front.send("GET", "/web/strait.js", "");
        String etag = first.headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> second = front.send("GET", "/web/strait.js", "", "If-None-Match", etag);

        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
        assertThat(second.headers().firstValue("ETag")).hasValue(etag);
        assertThat(front.send("GET", "/web/strait.js", "", "If-None-Match", "\"other\"")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void textIsCompressedForThoseWhoCanReadIt() throws Exception {
        HttpResponse<String> gzip = front.send("GET", "/web/css/base.css", "", "Accept-Encoding", "br, gzip");
        HttpResponse<String> plain = front.send("GET", "/web/css/base.css", "", "Accept-Encoding", "gzip;q=0, br");

        assertThat(gzip.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(gzip.headers().firstValue("ETag"))
                .isNotEqualTo(plain.headers().firstValue("ETag"));
        assertThat(gzip.headers().firstValue("Vary")).hasValue("Accept-Encoding");
    }

    @Test
    void headHasTheLengthAndNoBody() throws Exception {
        HttpResponse<String> head = front.send("HEAD", "/watch/demo", "");

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValueAsLong("Content-Length").orElseThrow())
                .isEqualTo(front.send("GET", "/watch/demo", "").body().getBytes(StandardCharsets.UTF_8).length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/web",
                "/web/",
                "/web/no.js",
                "/web/../HttpFront.class",
                "/web/%2e%2e/http/HttpFront.class",
                "/nothing"
            })
    void whatIsNotThereIsNotFound(String path) throws Exception {
        assertProblem(front.send("GET", path, ""), 404, "not-found");
    }

    @Test
    void aPathThatCannotBeReadIsRefused() throws Exception {
        assertThat(front.raw("GET /web/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void roomPagesNeedARoom() throws Exception {
        assertProblem(front.send("GET", "/watch/a%20b", ""), 404, "room-name");
        assertProblem(front.send("POST", "/watch/demo", ""), 405, "method-not-allowed");
    }

    @Test
    void probesAnswerWithoutAToken() throws Exception {
        assertThat(front.send("GET", "/healthz", "").statusCode()).isEqualTo(200);
        assertThat(front.send("GET", "/readyz", "").statusCode()).isEqualTo(200);
        HttpResponse<String> metrics = front.send("GET", "/metrics", "");
        assertThat(metrics.body()).isEqualTo("strait_sessions 0\n");
        assertThat(metrics.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
    }

    @Test
    void aNodeThatIsNotReadySaysSo() throws Exception {
        front.ready.set(false);
        try {
            assertProblem(front.send("GET", "/readyz", ""), 503, "not-ready");
            assertThat(front.send("GET", "/healthz", "").statusCode()).isEqualTo(200);
        } finally {
            front.ready.set(true);
        }
    }
}
