package live.strait.signaling.token;

import java.time.Instant;
import live.strait.signaling.control.RoomId;
import live.strait.signaling.message.Role;
import org.jspecify.annotations.Nullable;

/// What a token grants.
///
/// @param room the name of one room, or [#EVERY_ROOM] in an operator's token
/// @param subject names the bearer within the room, at most 128 characters; null in a link that many share, which
///   is for watching only
public record Grant(String room, Role role, @Nullable String subject, Instant expiresAt) implements Verdict {
    public static final String EVERY_ROOM = "*";
    private static final int LONGEST_SUBJECT = 128;

    public Grant {
        if (!room.equals(EVERY_ROOM) && !RoomId.isValid(room)) {
            throw new IllegalArgumentException(
                    "a token's room is \"*\" or a name of 1 to 64 letters, digits, _, - or .");
        }
        if (subject == null && role.publishes()) {
            throw new IllegalArgumentException("a token of the role " + role.claim() + " needs a subject (sub)");
        }
        if (subject != null && (subject.isBlank() || subject.length() > LONGEST_SUBJECT)) {
            throw new IllegalArgumentException("a token's subject has 1 to " + LONGEST_SUBJECT + " characters");
        }
    }

    public static Grant of(RoomId room, Role role, @Nullable String subject, Instant expiresAt) {
        return new Grant(room.value(), role, subject, expiresAt);
    }

    public boolean covers(RoomId asked) {
        return room.equals(EVERY_ROOM) || room.equals(asked.value());
    }
}
