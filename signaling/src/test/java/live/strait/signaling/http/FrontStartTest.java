package live.strait.signaling.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrontStartTest {
    @Test
    void aPortInUseIsAClearError() throws Exception {
        try (RunningFront first = RunningFront.open()) {
            assertThatExceptionOfType(HttpStartException.class)
                    .isThrownBy(() -> RunningFront.with(_ -> HttpOptions.onPort(first.port())))
                    .withMessageContaining("0.0.0.0:" + first.port())
                    .withMessageContaining("choose another http.port");
        }
    }

    @Test
    void anAddressOfAnotherMachineIsAClearError() {
        assertThatExceptionOfType(HttpStartException.class)
                .isThrownBy(() -> RunningFront.with(
                        _ -> new HttpOptions("192.0.2.1", 0, true, null, TrustedProxies.NONE, List.of())))
                .withMessageContaining("192.0.2.1");
    }

    @Test
    void aMissingCertificateIsAClearError() {
        assertThatExceptionOfType(HttpStartException.class)
                .isThrownBy(() -> tls(Path.of("nowhere.crt"), TestTls.KEY))
                .withMessageContaining("nowhere.crt")
                .withMessageContaining("PEM");
    }

    @Test
    void aCertificateThatIsNoneIsAClearError(@TempDir Path folder) throws Exception {
        Path nonsense = Files.writeString(folder.resolve("nonsense.crt"), "hello");

        assertThatExceptionOfType(HttpStartException.class)
                .isThrownBy(() -> tls(nonsense, TestTls.KEY))
                .withMessageContaining("nonsense.crt");
    }

    @Test
    void http2IsSpokenOverTls() throws Exception {
        try (RunningFront front = tls(TestTls.CERTIFICATE, TestTls.KEY);
                HttpClient client =
                        HttpClient.newBuilder().sslContext(TestTls.trusting()).build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("https://localhost:" + front.port() + "/whip/demo"))
                    .POST(BodyPublishers.ofString(Offers.HOST))
                    .build();

            HttpResponse<String> created = client.send(request, BodyHandlers.ofString());

            assertThat(created.version()).isEqualTo(HttpClient.Version.HTTP_2);
            assertThat(created.statusCode()).isEqualTo(201);
            HttpRequest large = HttpRequest.newBuilder(request.uri())
                    .POST(BodyPublishers.ofString("a".repeat(70_000)))
                    .build();
            assertThat(client.send(large, BodyHandlers.ofString()).statusCode()).isEqualTo(413);
        }
    }

    @Test
    void ipv6IsServedOnTheSamePort() throws Exception {
        try (RunningFront front = RunningFront.open()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://[::1]:" + front.port() + "/healthz"))
                    .build();

            assertThat(front.client.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void oddOptionsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> HttpOptions.onPort(70_000));
        assertThatIllegalArgumentException().isThrownBy(() -> new IceServer("http://x", null, null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new IceServer("turn:turn.example.com", "u", null))
                .withMessageContaining("credential");
    }

    private static RunningFront tls(Path certificate, Path key) throws HttpStartException {
        return RunningFront.with(options -> TestTls.over(options.openToEverybody(), certificate, key));
    }
}
