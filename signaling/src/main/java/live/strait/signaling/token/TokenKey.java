package live.strait.signaling.token;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// One key of the configuration, of one algorithm.
///
/// The factories read what a configuration holds and refuse the rest with an [IllegalArgumentException] whose
/// message says what to write instead. No key shows its secret in `toString`.
public sealed interface TokenKey {

    /// The `kid` header of the tokens it signs.
    String kid();

    /// A secret that issuer and node share.
    record Hs256(String kid, SecretKey secret) implements TokenKey {
        @Override
        public String toString() {
            return "Hs256[" + kid + "]";
        }
    }

    /// A pair of which a node that only verifies holds the public half, and an issuer the private one.
    record Ed25519(
            String kid,
            @Nullable PublicKey publicKey,
            @Nullable PrivateKey privateKey) implements TokenKey {
        public Ed25519 {
            if (publicKey == null && privateKey == null) {
                throw new IllegalArgumentException("key " + kid + ": give its public or its private half");
            }
        }

        @Override
        public String toString() {
            return "Ed25519[" + kid + "]";
        }
    }

    /// A shared secret: text, or `base64:` and the bytes; 32 bytes at least, as RFC 7518 section 3.2 wants.
    static TokenKey hs256(String kid, String secret) {
        byte[] bytes = secret.startsWith("base64:")
                ? base64(kid, secret.substring("base64:".length()))
                : secret.getBytes(StandardCharsets.UTF_8);
        if (bytes.length < 32) {
            throw new IllegalArgumentException("key " + kid + ": HS256 takes a secret of 32 bytes or more, this has "
                    + bytes.length + ". Make one with: openssl rand -base64 32");
        }
        return new Hs256(kid, new SecretKeySpec(bytes, "HmacSHA256"));
    }

    /// A secret for the life of this process.
    static TokenKey random(String kid, SecureRandom random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return new Hs256(kid, new SecretKeySpec(bytes, "HmacSHA256"));
    }

    /// An Ed25519 key from PEM (`PUBLIC KEY`, `PRIVATE KEY`) or the base64 of the same DER; either half may be
    /// null.
    static TokenKey ed25519(String kid, @Nullable String publicKey, @Nullable String privateKey) {
        try {
            KeyFactory factory = KeyFactory.getInstance("Ed25519");
            return new Ed25519(
                    kid,
                    publicKey == null ? null : factory.generatePublic(new X509EncodedKeySpec(der(kid, publicKey))),
                    privateKey == null ? null : factory.generatePrivate(new PKCS8EncodedKeySpec(der(kid, privateKey))));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "key " + kid + ": not an Ed25519 key. Make one with: openssl genpkey -algorithm ed25519", e);
        }
    }

    private static byte[] der(String kid, String text) {
        return base64(kid, Pem.ARMOUR.matcher(text).replaceAll(""));
    }

    private static byte[] base64(String kid, String text) {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("key " + kid + ": not base64: " + e.getMessage(), e);
        }
    }

    /// The lines around the base64 of a PEM file (RFC 7468).
    final class Pem {
        private static final Pattern ARMOUR = Pattern.compile("-----(BEGIN|END) (PUBLIC|PRIVATE) KEY-----");

        private Pem() {}
    }
}
