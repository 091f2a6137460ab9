package live.strait.protocol.ice;

/// Username fragment and password of one side of an ICE session (RFC 8839 section 5.4).
public record IceCredentials(String ufrag, String password) {
    public IceCredentials {
        if (!isIceString(ufrag, 4) || !isIceString(password, 22)) {
            throw new IllegalArgumentException("ice-ufrag takes 4 to 256, ice-pwd 22 to 256 ice-chars");
        }
    }

    private static boolean isIceString(String text, int atLeast) {
        return text.length() >= atLeast
                && text.length() <= 256
                && text.chars()
                        .allMatch(c -> (c >= '0' && c <= '9')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= 'a' && c <= 'z')
                                || c == '+'
                                || c == '/');
    }

    /// The password never reaches a log.
    @Override
    public String toString() {
        return "IceCredentials[" + ufrag + "]";
    }
}
