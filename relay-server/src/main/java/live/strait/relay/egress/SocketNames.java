package live.strait.relay.egress;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
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

    /// Writes a destination at `at`, and tells how many bytes of it count.
    int put(PeerAddress to, MemorySegment names, long at) {
        long port = Short.toUnsignedLong(Short.reverseBytes((short) to.port()));
        if (ipv6) {
            names.set(ValueLayout.JAVA_LONG, at, AF_INET6 | port << 16);
            names.set(ValueLayout.JAVA_LONG, at + 8, Long.reverseBytes(to.high()));
            names.set(ValueLayout.JAVA_LONG, at + 16, Long.reverseBytes(to.low()));
            names.set(ValueLayout.JAVA_LONG, at + 24, to.scope());
            return IPV6_BYTES;
        }
        if (!to.isIpv4()) {
            throw new IllegalArgumentException("an IPv4 socket cannot send to " + to);
        }
        long address = Integer.toUnsignedLong(Integer.reverseBytes((int) to.low()));
        names.set(ValueLayout.JAVA_LONG, at, AF_INET | port << 16 | address << 32);
        names.set(ValueLayout.JAVA_LONG, at + 8, 0L);
        return IPV4_BYTES;
    }
}
