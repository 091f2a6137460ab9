package live.strait.protocol.sdp;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Which way media flows, seen from whoever wrote the description (RFC 8866 section 6.7).
public enum Direction implements Attribute {
    SENDRECV,
    SENDONLY,
    RECVONLY,
    INACTIVE;

    /// Finds the direction of that name, or null for any other word.
    public static @Nullable Direction of(String word) {
        for (Direction direction : values()) {
            if (direction.attributeName().equals(word)) {
                return direction;
            }
        }
        return null;
    }

    public boolean sends() {
        return this == SENDRECV || this == SENDONLY;
    }

    public boolean receives() {
        return this == SENDRECV || this == RECVONLY;
    }

    /// The same flow seen from the other side.
    public Direction reversed() {
        return switch (this) {
            case SENDONLY -> RECVONLY;
            case RECVONLY -> SENDONLY;
            case SENDRECV, INACTIVE -> this;
        };
    }

    @Override
    public String attributeName() {
        return name().toLowerCase(Locale.ROOT);
    }

    @Override
    public @Nullable String attributeValue() {
        return null;
    }
}
