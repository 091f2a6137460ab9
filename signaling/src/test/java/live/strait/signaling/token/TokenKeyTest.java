package live.strait.signaling.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import live.strait.signaling.message.Role;
import org.junit.jupiter.api.Test;

class TokenKeyTest {
    /// The example key of RFC 8410 section 10.3.
    private static final String PRIVATE_PEM = """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEINTuctv5E1hK1bbY8fdp+K06/nwoy/HU++CXqI9EdVhC
            -----END PRIVATE KEY-----
            """;

    private static final String PUBLIC_PEM = """
            -----BEGIN PUBLIC KEY-----
            MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=
            -----END PUBLIC KEY-----
            """;

    @Test
    void pemKeysOfRfc8410AreRead() {
        TokenKey key = TokenKey.ed25519("rfc", PUBLIC_PEM, PRIVATE_PEM);
        Grant grant = new Grant("r", Role.VIEWER, "v", Instant.ofEpochSecond(2000));
        InstantSource clock = InstantSource.fixed(Instant.ofEpochSecond(1000));

        assertThat(new TokenVerifier(new TokenKeys(List.of(key)), clock)
                        .verify(new TokenIssuer(key, clock).issue(grant)))
                .isEqualTo(grant);
    }

    @Test
    void shortSecretsAreRefusedWithTheRemedy() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenKey.hs256("a", "short"))
                .withMessageContaining("32 bytes")
                .withMessageContaining("openssl rand");
        assertThatIllegalArgumentException().isThrownBy(() -> TokenKey.hs256("a", "base64:c2hvcnQ="));
    }

    @Test
    void otherKindsOfKeysAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> TokenKey.ed25519("a", "AAAA", null));
        assertThatIllegalArgumentException().isThrownBy(() -> TokenKey.ed25519("a", null, null));
    }

    @Test
    void secretsStayOutOfLogs() {
        assertThat(TokenKey.hs256("a", "0123456789abcdef0123456789abcdef")).hasToString("Hs256[a]");
        assertThat(TokenKey.ed25519("b", null, PRIVATE_PEM)).hasToString("Ed25519[b]");
    }

    @Test
    void aKidNamesOneKey() {
        TokenKey key = TokenKey.ed25519("a", PUBLIC_PEM, null);

        assertThatIllegalArgumentException().isThrownBy(() -> new TokenKeys(List.of(key, key)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenKeys(List.of(TokenKey.random("node", new SecureRandom()))))
                .withMessage("the kid node is the node's own key: give yours another one");
    }

    @Test
    void anIssuerNeedsThePrivateHalf() {
        TokenKey key = TokenKey.ed25519("a", PUBLIC_PEM, null);

        assertThatIllegalArgumentException().isThrownBy(() -> new TokenIssuer(key, InstantSource.system()));
    }
}
