package live.strait.relay.ingress;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import live.strait.protocol.ice.PeerAddress;
import org.jspecify.annotations.Nullable;

/// Sources of datagrams as objects, made once for a peer and not for each of its datagrams.
///
/// ```
///  sockaddr_in    family 2 | port, network order 2 | address 4  | zero 8
///  sockaddr_in6   family 2 | port, network order 2 | flow 4 | address 16 | scope 4
/// ```
/// Each address has one place in a table, by its hash; a newer one that falls onto it takes it. Thus it needs no
/// upkeep, whatever comes from the network: a peer that loses its place costs an object more. Read as whole words
/// of a little-endian machine.
final class SourceAddresses {
    private static final int PLACE_BITS = 14;
    private static final int AF_INET = 2;
    private static final long IPV4_MAPPED = 0xffffL << 32;

    private final @Nullable PeerAddress[] known = new PeerAddress[1 << PLACE_BITS];

    PeerAddress read(MemorySegment names, long at) {
        long first = names.get(ValueLayout.JAVA_LONG, at);
        int port = Short.toUnsignedInt(Short.reverseBytes((short) (first >>> 16)));
        if ((short) first == AF_INET) {
            return of(0, IPV4_MAPPED | Integer.toUnsignedLong(Integer.reverseBytes((int) (first >>> 32))), port, 0);
        }
        return of(
                Long.reverseBytes(names.get(ValueLayout.JAVA_LONG, at + 8)),
                Long.reverseBytes(names.get(ValueLayout.JAVA_LONG, at + 16)),
                port,
                names.get(ValueLayout.JAVA_INT, at + 24));
    }

    private PeerAddress of(long high, long low, int port, int scope) {
        long mixed = ((high * 31 + low) * 31 + port) * 0x9E37_79B9_7F4A_7C15L;
        int place = (int) (mixed >>> (Long.SIZE - PLACE_BITS));
        PeerAddress here = known[place];
        if (here == null || here.low() != low || here.high() != high || here.port() != port || here.scope() != scope) {
            here = make(high, low, port, scope);
            known[place] = here;
        }
        return here;
    }

    /// An IPv4 address in its form of IPv6 becomes one of IPv4.
    private static PeerAddress make(long high, long low, int port, int scope) {
        byte[] bytes =
                ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
        try {
            InetAddress address =
                    scope == 0 ? InetAddress.getByAddress(bytes) : Inet6Address.getByAddress(null, bytes, scope);
            return PeerAddress.udp(new InetSocketAddress(address, port));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("sixteen bytes are an address", e);
        }
    }
}
