package live.strait.relay.lane;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import live.strait.signaling.control.RoomId;

/// The short names by which people of one room are known to each other.
///
/// The first 40 bits of HMAC-SHA-256 over room and identity (RFC 2104) in eight letters: the same person has the
/// same name in a room also after a restart, another one in every other room, and nobody without the key learns a
/// token's subject from it.
final class PublicNames {
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyz23456789";
    private static final int LENGTH = 8;

    private final Mac mac;
    private final RoomId room;
    /// By name, so that two identities whose names collide get different ones.
    private final Map<String, String> identities = new HashMap<>();

    PublicNames(SecretKey key, RoomId room) {
        this.room = room;
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("every Java has HmacSHA256", e);
        }
    }

    String of(String identity) {
        for (int attempt = 0; ; attempt++) {
            String name = name(identity, attempt);
            String holder = identities.putIfAbsent(name, identity);
            if (holder == null || holder.equals(identity)) {
                return name;
            }
        }
    }

    private String name(String identity, int attempt) {
        byte[] digest = mac.doFinal((room + "\n" + attempt + "\n" + identity).getBytes(StandardCharsets.UTF_8));
        StringBuilder name = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            name.append(LETTERS.charAt(digest[i] & 31));
        }
        return name.toString();
    }
}
