package live.strait.protocol.sdp;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import live.strait.protocol.dtls.Fingerprint;
import org.jspecify.annotations.Nullable;

/// The hash of the writer's DTLS certificate: `a=fingerprint:sha-256 10:D9:…` (RFC 8122 section 5).
public record FingerprintAttribute(Fingerprint fingerprint) implements Attribute {
    private static final Pattern HEX_PAIRS = Pattern.compile("[0-9A-F]{2}(:[0-9A-F]{2})*");

    /// Hashes we compute, weakest first. SHA-1 and below are no protection any more (RFC 8122 section 5 allows
    /// them).
    private static final List<String> KNOWN = List.of("sha-256", "sha-384", "sha-512");

    static FingerprintAttribute read(ValueReader in) throws SdpException {
        Fingerprint fingerprint = new Fingerprint(in.word("hash function"), in.word("hash"));
        if (!HEX_PAIRS.matcher(fingerprint.value()).matches()) {
            throw in.malformed("takes the hash as hex pairs with colons between them");
        }
        int known = KNOWN.indexOf(fingerprint.algorithm());
        int bytes = (fingerprint.value().length() + 1) / 3;
        if (known >= 0 && bytes != List.of(32, 48, 64).get(known)) {
            throw in.malformed("has a hash of " + bytes + " bytes, which is no " + fingerprint.algorithm());
        }
        return new FingerprintAttribute(fingerprint);
    }

    /// Chooses the strongest hash that we know, or null when there is none.
    public static @Nullable Fingerprint strongest(List<FingerprintAttribute> offered) {
        return offered.stream()
                .map(FingerprintAttribute::fingerprint)
                .filter(fingerprint -> KNOWN.contains(fingerprint.algorithm()))
                .max(Comparator.comparingInt(fingerprint -> KNOWN.indexOf(fingerprint.algorithm())))
                .orElse(null);
    }

    @Override
    public String attributeName() {
        return "fingerprint";
    }

    @Override
    public String attributeValue() {
        return fingerprint.algorithm() + " " + fingerprint.value();
    }
}
