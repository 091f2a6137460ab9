package live.strait.protocol.ice;

import java.util.random.RandomGenerator;

/// Username fragment and password of one side of an ICE session (RFC 8839 section 5.4).
public record IceCredentials(String ufrag, String password) {
    private static final String ICE_CHARS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    public IceCredentials {
        if (!isIceString(ufrag, 4) || !isIceString(password, 22)) {
            throw new IllegalArgumentException("ice-ufrag takes 4 to 256, ice-pwd 22 to 256 ice-chars");
        }
    }

    /// Fresh credentials with 48 and 144 random bits: RFC 8445 section 5.3 asks for 24 and 128. The fragment is
    /// longer because it also finds the session among all of a node.
    ///
    /// @param random a `SecureRandom`, except in simulations
    public static IceCredentials random(RandomGenerator random) {
        return new IceCredentials(iceString(8, random), iceString(24, random));
    }

    private static String iceString(int length, RandomGenerator random) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(ICE_CHARS.charAt(random.nextInt(ICE_CHARS.length())));
        }
        return text.toString();
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
