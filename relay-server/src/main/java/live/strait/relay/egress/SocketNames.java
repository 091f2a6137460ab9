package live.strait.relay.egress;

import live.strait.protocol.ice.PeerAddress;

/// Destinations as the kernel wants them, of one family: what the socket was made with.
///
/// ```
///  sockaddr_in    family 2 | port, network order 2 | address 4  | zero 8
///  sockaddr_in6   family 2 | port, network order 2 | flow 4 | address 16 | scope 4
/// ```
/// A socket of IPv6 takes IPv4 addresses in their mapped form, in which a [PeerAddress] has them. Written as
/// whole words of a little-endian machine.
final class SocketNames {
    /// Larger than either form, and a multiple of a word.
    static final int BYTES = 32;

    static final int IPV4_BYTES = 16;
    static final int IPV6_BYTES = 28;

    private static final long AF_INET = 2;
    private static final long AF_INET6 = 10;

    private final boolean ipv6;

    SocketNames(boolean ipv6) {
        this.ipv6 = ipv6;
    }

    /// Writes a destination's words from `at` on.
    void put(PeerAddress to, long[] words, int at) {
        long port = Short.toUnsignedLong(Short.reverseBytes((short) to.port()));
        if (ipv6) {
            words[at] = AF_INET6 | port << 16;
            words[at + 1] = Long.reverseBytes(to.high());
            words[at + 2] = Long.reverseBytes(to.low());
            words[at + 3] = to.scope();
        } else if (to.isIpv4()) {
            long address = Integer.toUnsignedLong(Integer.reverseBytes((int) to.low()));
            words[at] = AF_INET | port << 16 | address << 32;
            words[at + 1] = 0;
        } else {
            throw new IllegalArgumentException("an IPv4 socket cannot send to " + to);
        }
    }

    /// How many bytes of a name count.
    int length() {
        return ipv6 ? IPV6_BYTES : IPV4_BYTES;
    }
}
