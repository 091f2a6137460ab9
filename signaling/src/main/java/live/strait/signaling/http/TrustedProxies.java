package live.strait.signaling.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The reverse proxies whose X-Forwarded-For is believed, as addresses and CIDR blocks.
///
/// The header is read from its end, which is what the nearest proxy wrote: entries of trusted proxies are passed
/// over, the first other one is the client. What stands before it anybody could have written.
public final class TrustedProxies {
    public static final TrustedProxies NONE = new TrustedProxies(List.of());

    private final List<Block> blocks;

    /// @param entries such as `10.0.0.0/8`, `192.0.2.7`, `2001:db8::/32`
    public TrustedProxies(List<String> entries) {
        this.blocks = entries.stream().map(Block::parse).toList();
    }

    /// Whom a request is from.
    ///
    /// @param peer the address of the TCP connection
    /// @param forwardedFor the values of all X-Forwarded-For headers, in their order
    String clientAddress(String peer, List<String> forwardedFor) {
        Optional<InetAddress> address = literal(peer);
        if (address.isEmpty() || !isTrusted(address.get())) {
            return peer;
        }
        InetAddress client = address.get();
        List<String> hops = forwardedFor.stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .toList();
        for (String hop : hops.reversed()) {
            Optional<InetAddress> before = literal(withoutPort(hop.strip()));
            if (before.isEmpty()) {
                break; // "unknown" and the like: the proxy that wrote it is the last thing that we know
            }
            client = before.get();
            if (!isTrusted(client)) {
                break;
            }
        }
        return client.getHostAddress();
    }

    private boolean isTrusted(InetAddress address) {
        return blocks.stream().anyMatch(block -> block.contains(address));
    }

    private static Optional<InetAddress> literal(String text) {
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    /// Some proxies add the port: `192.0.2.7:4711`, `[2001:db8::7]:4711`.
    private static String withoutPort(String hop) {
        if (hop.startsWith("[")) {
            int end = hop.indexOf(']');
            return end < 0 ? hop : hop.substring(1, end);
        }
        int colon = hop.indexOf(':');
        return colon >= 0 && colon == hop.lastIndexOf(':') ? hop.substring(0, colon) : hop;
    }

    /// All addresses that share their first bits with one.
    private static final class Block {
        private final byte[] network;
        private final int bits;

        private Block(byte[] network, int bits) {
            this.network = network;
            this.bits = bits;
        }

        static Block parse(String entry) {
            int slash = entry.indexOf('/');
            Optional<InetAddress> address = literal(slash < 0 ? entry : entry.substring(0, slash));
            if (address.isPresent()) {
                byte[] network = address.get().getAddress();
                String length = slash < 0 ? String.valueOf(network.length * 8) : entry.substring(slash + 1);
                if (length.matches("\\d{1,3}") && Integer.parseInt(length) <= network.length * 8) {
                    return new Block(network, Integer.parseInt(length));
                }
            }
            throw new IllegalArgumentException(
                    "a trusted proxy is an address such as 192.0.2.7 or a block such as 10.0.0.0/8, not " + entry);
        }

        boolean contains(InetAddress candidate) {
            byte[] address = candidate.getAddress();
            if (address.length != network.length) {
                return false;
            }
            int whole = bits / 8;
            int rest = bits % 8;
            return Arrays.equals(address, 0, whole, network, 0, whole)
                    && (rest == 0 || (address[whole] ^ network[whole]) >> (8 - rest) == 0);
        }
    }
}
