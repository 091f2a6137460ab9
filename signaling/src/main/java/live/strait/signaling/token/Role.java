package live.strait.signaling.token;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What the bearer of a token is in its room.
public enum Role {
    /// Publishes, runs the show and may end it.
    HOST,
    /// Publishes beside the host.
    COHOST,
    /// Watches.
    VIEWER,
    /// Watches the show as an operator does: pictures and figures.
    MONITOR;

    /// The value of the `role` claim.
    public String claim() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The role of a `role` claim, empty for a word that is none.
    static Optional<Role> ofClaim(String claim) {
        return Stream.of(values()).filter(role -> role.claim().equals(claim)).findFirst();
    }
}
