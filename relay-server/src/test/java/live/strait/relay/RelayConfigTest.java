package live.strait.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import live.strait.protocol.crypto.CryptoLibrary;
import live.strait.protocol.crypto.CryptoUnavailableException;
import live.strait.relay.config.ConfigDocs;
import live.strait.relay.config.ConfigException;
import live.strait.relay.config.ConfigReader;
import live.strait.signaling.message.Role;
import live.strait.signaling.token.Grant;
import live.strait.signaling.token.TokenIssuer;
import live.strait.signaling.token.TokenKeys;
import live.strait.signaling.token.TokenVerifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelayConfigTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    /// Run with `-Dstrait.docs.write=true` after a change of the keys; the test then writes the file.
    @Test
    void theDocumentedKeysAreTheKeys() throws IOException {
        Path file = Path.of("../docs/config.md");
        String begin = "<!-- The keys, written by RelayConfigTest. -->\n";
        String text = Files.readString(file);
        String expected =
                text.substring(0, text.indexOf(begin) + begin.length()) + ConfigDocs.markdown(RelayConfig.class);
        if (Boolean.getBoolean("strait.docs.write")) {
            Files.writeString(file, expected);
        }
        assertThat(Files.readString(file)).isEqualTo(expected);
    }

    @Test
    void printedDefaultsReadBackAsTheDefaults() throws ConfigException {
        assertThat(read(ConfigDocs.yaml(RelayConfig.class))).isEqualTo(ConfigReader.defaults(RelayConfig.class));
    }

    @Test
    void firstKeySignsAndEveryKeyVerifies() throws ConfigException {
        RelayConfig config = read("""
                tokens:
                  keys:
                    - {kid: new, secret: base64:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=}
                    - {kid: old, secret: 0123456789abcdef0123456789abcdef}
                """);
        TokenKeys keys = config.tokens().toTokenKeys();
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z"));
        Grant grant = new Grant("demo", Role.HOST, "ann", clock.instant().plus(Duration.ofHours(1)));

        assertThat(keys.keys().getFirst().kid()).isEqualTo("new");
        assertThat(keys.keys()).allSatisfy(key -> assertThat(
                        new TokenVerifier(keys, clock).verify(new TokenIssuer(key, clock).issue(grant)))
                .isEqualTo(grant));
    }

    @Test
    void ed25519KeyMayStandAsPem() throws ConfigException {
        RelayConfig config = read("""
                tokens:
                  keys:
                    - kid: pair
                      alg: EdDSA
                      publicKey: |
                        -----BEGIN PUBLIC KEY-----
                        MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
                        -----END PUBLIC KEY-----
                """);

        assertThat(config.tokens().toTokenKeys().keys()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    media:\\n  prot: 1                    | x.yaml:2: media.prot: there is no such key
                    http:\\n  port: 70000                 | x.yaml:2: http.port: takes a number, 0 to 65535 (TCP port), not 70000
                    http:\\n  tls:\\n    key: a.pem       | x.yaml:3: http.tls: give both certificate and key, or none of them
                    http:\\n  iceServers: [{uri: x}]      | x.yaml:2: http.iceServers[0]: an ICE server is stun:HOST or turn:HOST, not x
                    http:\\n  trustedProxies: [proxy]     | x.yaml:2: http: a trusted proxy is an address such as 192.0.2.7 or a block such as 10.0.0.0/8, not proxy
                    tokens:\\n  keys: [{secret: short}]   | x.yaml:2: tokens.keys[0]: key default: HS256 takes a secret of 32 bytes or more
                    tokens:\\n  keys: [{alg: EdDSA}]      | x.yaml:2: tokens.keys[0]: key default: give its public or its private half
                    tokens:\\n  keys: [{alg: RS256}]      | x.yaml:2: tokens.keys[0].alg: takes HS256, EdDSA, not RS256
                    crypto: {engine: fast}                | x.yaml:1: crypto.engine: takes auto, ipsec-mb, openssl, jdk, not fast
                    log: {level: chatty}                  | x.yaml:1: log.level: takes error, warn, info, debug, trace, not chatty
                    """)
    void mistakeIsToldWithItsLine(String text, String message) {
        assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void forcedEngineIsTakenOrTheStartFailsWithTheRemedy() throws ConfigException {
        assertThat(read("crypto: {engine: jdk}").crypto().choose().library()).isEqualTo(CryptoLibrary.JDK);
        RelayConfig.Crypto forced = read("crypto: {engine: ipsec-mb}").crypto();
        try {
            CryptoLibrary.IPSEC_MB.open();
            assertThat(forced.choose().library()).isEqualTo(CryptoLibrary.IPSEC_MB);
        } catch (CryptoUnavailableException absent) {
            assertThatThrownBy(forced::choose)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("crypto.engine is ipsec-mb, but libIPSec_MB.so.1 ")
                    .hasMessageContaining("libipsec-mb1");
        }
    }

    @Test
    void secretsStayOutOfItsText() throws ConfigException {
        RelayConfig config = read("tokens: {keys: [{secret: " + SECRET + "}]}\n"
                + "http: {iceServers: [{uri: 'turn:a', username: u, credential: hush}]}\n");

        assertThat(config.toString()).doesNotContain(SECRET).doesNotContain("hush");
    }

    @Test
    void twoKeysOfOneNameAreRefused() {
        assertThatThrownBy(() -> read("tokens: {keys: [{secret: " + SECRET + "}, {secret: " + SECRET + "}]}"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("two keys are called default");
    }

    private static RelayConfig read(String text) throws ConfigException {
        return ConfigReader.parse(RelayConfig.class, text, Path.of("x.yaml"));
    }
}
