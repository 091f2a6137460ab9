package live.strait.signaling.token;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The keys of the configuration, of which the first one signs and all verify, so that keys can be changed in
/// turn; and the node's own.
///
/// @param node signs what the node itself hands out; null where it hands out nothing
public record TokenKeys(List<TokenKey> keys, @Nullable TokenKey node) {
    /// For a node that is open to everybody: no token is good.
    public static final TokenKeys NONE = new TokenKeys(List.of());

    public TokenKeys {
        keys = List.copyOf(keys);
        Set<String> seen = new HashSet<>();
        for (TokenKey key : keys) {
            if (!seen.add(key.kid())) {
                throw new IllegalArgumentException("two keys are called " + key.kid() + ": give each a kid of its own");
            }
            if (key.kid().equals(NodeKey.KID)) {
                throw new IllegalArgumentException(
                        "the kid " + NodeKey.KID + " is the node's own key: give yours another one");
            }
        }
    }

    public TokenKeys(List<TokenKey> keys) {
        this(keys, null);
    }

    /// The same keys, and this one of the node.
    public TokenKeys withNode(TokenKey key) {
        return new TokenKeys(keys, key);
    }

    /// The key a token names; one without a `kid` means the only key that is configured.
    Optional<TokenKey> find(@Nullable String kid) {
        if (kid == null) {
            return keys.size() == 1 ? Optional.of(keys.getFirst()) : Optional.empty();
        }
        return Stream.concat(keys.stream(), Stream.ofNullable(node))
                .filter(key -> key.kid().equals(kid))
                .findFirst();
    }
}
