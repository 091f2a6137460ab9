package live.strait.signaling.token;

import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import live.strait.signaling.control.RoomId;
import live.strait.signaling.message.Role;
import org.jspecify.annotations.Nullable;

/// Why a token is not good enough, with a sentence that its bearer may read.
public sealed interface TokenRefusal extends Verdict {

    /// What is wrong and what helps; never repeats the token.
    String sentence();

    /// Its time is over.
    record Expired(Instant at) implements TokenRefusal {
        @Override
        public String sentence() {
            return "The token expired at " + at + ". Ask for a new link.";
        }
    }

    /// Its time has not come.
    record NotYet(Instant from) implements TokenRefusal {
        @Override
        public String sentence() {
            return "The token is valid from " + from + ". Come back then, or check the issuer's clock.";
        }
    }

    /// Nobody with one of our keys has signed this text.
    record BadSignature() implements TokenRefusal {
        @Override
        public String sentence() {
            return "The token's signature is wrong. Copy the whole link again, or ask for a new one.";
        }
    }

    /// Signed with a key that this node does not have.
    record UnknownKey(@Nullable String kid) implements TokenRefusal {
        @Override
        public String sentence() {
            return (kid == null ? "The token names no key and the node has several." : "The node has no such key.")
                    + " Set the header 'kid' to a key of the node's configuration.";
        }
    }

    /// Signed by another algorithm than its key is for.
    record WrongAlgorithm(String expected) implements TokenRefusal {
        @Override
        public String sentence() {
            return "The token is not signed with " + expected + ", which its key is for.";
        }
    }

    /// Not a JWT, or one without the claims that we need.
    record Malformed(String what) implements TokenRefusal {
        @Override
        public String sentence() {
            return "The token cannot be read: " + what + ".";
        }
    }

    /// Good, for another room.
    record WrongRoom(RoomId asked) implements TokenRefusal {
        @Override
        public String sentence() {
            return "The token is for another room than " + asked + ".";
        }
    }

    /// Good, for another role.
    record WrongRole(Role granted, Set<Role> allowed) implements TokenRefusal {
        public WrongRole {
            allowed = Set.copyOf(allowed);
        }

        @Override
        public String sentence() {
            return "The token is for the role " + granted.claim() + "; this takes "
                    + allowed.stream().sorted().map(Role::claim).collect(Collectors.joining(" or ")) + ".";
        }
    }
}
