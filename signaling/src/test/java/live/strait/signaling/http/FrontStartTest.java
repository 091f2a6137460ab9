package live.strait.signaling.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrontStartTest {
    private static final Path CERTIFICATE = resource("localhost.crt");
    private static final Path KEY = resource("localhost.key");

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
                .isThrownBy(() -> tls(Path.of("nowhere.crt"), KEY))
                .withMessageContaining("nowhere.crt")
                .withMessageContaining("PEM");
    }

    @Test
    void aCertificateThatIsNoneIsAClearError(@TempDir Path folder) throws Exception {
        Path nonsense = Files.writeString(folder.resolve("nonsense.crt"), "hello");

        assertThatExceptionOfType(HttpStartException.class)
                .isThrownBy(() -> tls(nonsense, KEY))
                .withMessageContaining("nonsense.crt");
    }

    @Test
    void http2IsSpokenOverTls() throws Exception {
        try (RunningFront front = tls(CERTIFICATE, KEY);
                HttpClient client = HttpClient.newBuilder()
                        .sslContext(trusting(CERTIFICATE))
                        .build()) {
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
        return RunningFront.with(options -> new HttpOptions(
                options.host(), 0, true, new HttpOptions.Tls(certificate, key), TrustedProxies.NONE, List.of()));
    }

    private static SSLContext trusting(Path certificate) throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null);
        try (InputStream in = Files.newInputStream(certificate)) {
            store.setCertificateEntry(
                    "node", CertificateFactory.getInstance("X.509").generateCertificate(in));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static Path resource(String name) {
        try {
            return Path.of(Objects.requireNonNull(FrontStartTest.class.getResource("/tls/" + name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
