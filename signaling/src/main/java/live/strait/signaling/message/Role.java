package live.strait.signaling.message;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What somebody is in a room: a word of tokens and of the lane.
public enum Role {
    /// Publishes, runs the show and may end it.
    HOST,
    /// Publishes beside the host.
    COHOST,
    /// A viewer who was asked onto the stage: publishes there for a while.
    GUEST,
    /// Watches.
    VIEWER,
    /// Watches the show as an operator does: pictures and figures.
    MONITOR;

    /// The value of the `role` claim of a token and of the `role` field of the lane.
    @JsonValue
    public String claim() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether it sends media, and thus has to be somebody.
    public boolean publishes() {
        return this == HOST || this == COHOST || this == GUEST;
    }

    /// The role of a claim, empty for a word that is none.
    public static Optional<Role> ofClaim(String claim) {
        return Stream.of(values()).filter(role -> role.claim().equals(claim)).findFirst();
    }
}
