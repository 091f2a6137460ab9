package live.strait.signaling.token;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The keys of the configuration; the first one signs, all of them verify, so that keys can be changed in turn.
public record TokenKeys(List<TokenKey> keys) {
    /// For a node that is open to everybody: no token is good.
    public static final TokenKeys NONE = new TokenKeys(List.of());

    public TokenKeys {
        keys = List.copyOf(keys);
        Set<String> seen = new HashSet<>();
        for (TokenKey key : keys) {
            if (!seen.add(key.kid())) {
                throw new IllegalArgumentException("two keys are called " + key.kid() + ": give each a kid of its own");
            }
        }
    }

    /// The key a token names; one without a `kid` means the only key there is.
    Optional<TokenKey> find(@Nullable String kid) {
        if (kid == null) {
            return keys.size() == 1 ? Optional.of(keys.getFirst()) : Optional.empty();
        }
        return keys.stream().filter(key -> key.kid().equals(kid)).findFirst();
    }
}
