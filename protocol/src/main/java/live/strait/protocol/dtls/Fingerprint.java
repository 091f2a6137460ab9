package live.strait.protocol.dtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/// Hash of a certificate, as `a=fingerprint` carries it (RFC 8122 section 5).
///
/// @param algorithm in lower case, such as `sha-256`
/// @param value upper-case hex pairs with colons between
public record Fingerprint(String algorithm, String value) {
    /// RFC 8122 section 5 registers older hashes too; they say nothing about who holds the certificate any more.
    private static final Set<String> KNOWN = Set.of("sha-1", "sha-224", "sha-256", "sha-384", "sha-512");

    private static final HexFormat PAIRS = HexFormat.ofDelimiter(":").withUpperCase();

    public Fingerprint {
        algorithm = algorithm.toLowerCase(Locale.ROOT);
        value = value.toUpperCase(Locale.ROOT);
    }

    /// The hash of a certificate in DER.
    ///
    /// @throws IllegalArgumentException for an algorithm that is not [#isKnown]
    public static Fingerprint of(String algorithm, byte[] certificate) {
        String name = algorithm.toLowerCase(Locale.ROOT);
        if (!KNOWN.contains(name)) {
            throw new IllegalArgumentException("no such certificate hash: " + algorithm);
        }
        try {
            MessageDigest digest = MessageDigest.getInstance(name.toUpperCase(Locale.ROOT));
            return new Fingerprint(name, PAIRS.formatHex(digest.digest(certificate)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + name, e);
        }
    }

    /// Whether a certificate can be checked against this fingerprint at all.
    public boolean isKnown() {
        return KNOWN.contains(algorithm);
    }

    /// Whether this is the hash of that certificate, given in DER.
    public boolean matches(byte[] certificate) {
        return isKnown() && equals(of(algorithm, certificate));
    }

    @Override
    public String toString() {
        return algorithm + " " + value;
    }
}
