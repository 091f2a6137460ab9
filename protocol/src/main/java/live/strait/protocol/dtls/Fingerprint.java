package live.strait.protocol.dtls;

import java.util.Locale;

/// Hash of a certificate, as `a=fingerprint` carries it (RFC 8122 section 5).
///
/// @param algorithm in lower case, such as `sha-256`
/// @param value upper-case hex pairs with colons between
public record Fingerprint(String algorithm, String value) {
    public Fingerprint {
        algorithm = algorithm.toLowerCase(Locale.ROOT);
        value = value.toUpperCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return algorithm + " " + value;
    }
}
