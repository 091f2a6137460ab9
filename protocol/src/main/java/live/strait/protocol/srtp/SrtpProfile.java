package live.strait.protocol.srtp;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The DTLS-SRTP protection profiles (RFC 5764 section 4.1.2, RFC 7714 section 14.2), lengths in bytes.
public enum SrtpProfile {
    AES_CM_128_HMAC_SHA1_80(0x0001, 16, 14, 10),
    AEAD_AES_128_GCM(0x0007, 16, 12, 16),
    AEAD_AES_256_GCM(0x0008, 32, 12, 16);

    /// In the order in which we choose: GCM first, it is the fastest to seal and the shortest to audit.
    public static final List<SrtpProfile> BY_PREFERENCE =
            List.of(AEAD_AES_128_GCM, AEAD_AES_256_GCM, AES_CM_128_HMAC_SHA1_80);

    private final int id;
    private final int keyBytes;
    private final int saltBytes;
    private final int tagBytes;

    SrtpProfile(int id, int keyBytes, int saltBytes, int tagBytes) {
        this.id = id;
        this.keyBytes = keyBytes;
        this.saltBytes = saltBytes;
        this.tagBytes = tagBytes;
    }

    public static @Nullable SrtpProfile ofId(int id) {
        for (SrtpProfile profile : values()) {
            if (profile.id == id) {
                return profile;
            }
        }
        return null;
    }

    /// The number in the use_srtp extension.
    public int id() {
        return id;
    }

    public int keyBytes() {
        return keyBytes;
    }

    public int saltBytes() {
        return saltBytes;
    }

    /// By how much an RTP packet grows; an RTCP packet grows by four more, the SRTCP index.
    public int tagBytes() {
        return tagBytes;
    }
}
