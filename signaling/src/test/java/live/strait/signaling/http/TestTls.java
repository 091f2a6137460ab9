package live.strait.signaling.http;

import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// TLS with a certificate for localhost that nobody but the tests trusts.
final class TestTls {
    static final Path CERTIFICATE = resource("localhost.crt");
    static final Path KEY = resource("localhost.key");

    private TestTls() {}

    /// The same front over TLS.
    static HttpOptions over(HttpOptions options) {
        return over(options, CERTIFICATE, KEY);
    }

    static HttpOptions over(HttpOptions options, Path certificate, Path key) {
        return new HttpOptions(
                options.host(),
                options.port(),
                options.open(),
                new HttpOptions.Tls(certificate, key),
                options.trustedProxies(),
                options.iceServers());
    }

    /// For a client that trusts the certificate.
    static SSLContext trusting() throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null);
        try (InputStream in = Files.newInputStream(CERTIFICATE)) {
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
            return Path.of(Objects.requireNonNull(TestTls.class.getResource("/tls/" + name))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
