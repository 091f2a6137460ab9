package live.strait.protocol.srtp;

/// Master key and salt of one direction of one DTLS-SRTP association (RFC 5764 section 4.2). Keys never reach a
/// log.
public final class SrtpKeys {
    private final SrtpProfile profile;
    private final byte[] masterKey;
    private final byte[] masterSalt;

    public SrtpKeys(SrtpProfile profile, byte[] masterKey, byte[] masterSalt) {
        if (masterKey.length != profile.keyBytes() || masterSalt.length != profile.saltBytes()) {
            throw new IllegalArgumentException("key or salt length does not fit " + profile);
        }
        this.profile = profile;
        this.masterKey = masterKey.clone();
        this.masterSalt = masterSalt.clone();
    }

    public SrtpProfile profile() {
        return profile;
    }

    public byte[] masterKey() {
        return masterKey.clone();
    }

    public byte[] masterSalt() {
        return masterSalt.clone();
    }

    @Override
    public String toString() {
        return "SrtpKeys[" + profile + "]";
    }
}
