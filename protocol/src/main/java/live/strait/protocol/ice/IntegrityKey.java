package live.strait.protocol.ice;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/// One password as the key of MESSAGE-INTEGRITY: HMAC-SHA1 with short-term credentials (RFC 8489 section 9.1).
///
/// The `Mac` is keyed once and used for the life of the credentials; like its agent it belongs to one thread.
final class IntegrityKey {
    private static final String ALGORITHM = "HmacSHA1";

    private final Mac mac;
    private final byte[] computed = new byte[20];

    /// SASLprep leaves ice-chars as they are, so the password's bytes are the key.
    IntegrityKey(String password) {
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.US_ASCII), ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /// Whether the 20 bytes at `tagAt` are the HMAC of the first `length` bytes; compared in constant time.
    boolean matches(byte[] message, int length, int tagAt) {
        compute(message, length);
        return MessageDigest.isEqual(computed, Arrays.copyOfRange(message, tagAt, tagAt + computed.length));
    }

    byte[] sign(byte[] message, int length) {
        compute(message, length);
        return computed.clone();
    }

    private void compute(byte[] message, int length) {
        mac.update(message, 0, length);
        try {
            mac.doFinal(computed, 0);
        } catch (ShortBufferException e) {
            throw new IllegalStateException("SHA-1 is 20 bytes", e);
        }
    }
}
