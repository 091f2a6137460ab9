package live.strait.relay.egress;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import live.strait.protocol.ice.PeerAddress;
import org.jspecify.annotations.Nullable;

/// Destinations as the kernel wants them, each made once.
///
/// ```
///  sockaddr_in    family 2 | port, network order 2 | address 4  | zero 8
///  sockaddr_in6   family 2 | port, network order 2 | flow 4 | address 16 | scope 4
/// ```
/// A socket of IPv6 takes IPv4 addresses in their mapped form (RFC 4291 section 2.5.5.2). Bounded: peers come and
/// go, and nobody says which address is not needed any more; when the table is full it is filled anew.
final class SocketAddresses {
    /// Larger than either form, and a multiple of a word.
    static final int BYTES = 32;

    static final int IPV4_BYTES = 16;
    static final int IPV6_BYTES = 28;

    private static final short AF_INET = 2;
    private static final short AF_INET6 = 10;
    /// More than a loop has peers; an entry costs about 100 bytes.
    private static final int LIMIT = 16_384;

    /// A power of two.
    private static final int RECENT = 4096;

    private final Map<PeerAddress, byte[]> known = new HashMap<>();
    /// The same for the objects seen last: a session uses one object for its path, and comparing contents is a way
    /// through five objects that are in no cache.
    private final @Nullable PeerAddress[] recent = new PeerAddress[RECENT];

    private final byte[][] recentForm = new byte[RECENT][];
    private final boolean ipv6;

    SocketAddresses(boolean ipv6) {
        this.ipv6 = ipv6;
    }

    /// How many of the bytes count.
    int length() {
        return ipv6 ? IPV6_BYTES : IPV4_BYTES;
    }

    /// [#BYTES] bytes, not to be changed.
    @SuppressWarnings("ReferenceEquality") // others find their way by their contents
    byte[] of(PeerAddress to) {
        int place = System.identityHashCode(to) & (RECENT - 1);
        if (recent[place] != to) {
            recentForm[place] = byContents(to);
            recent[place] = to;
        }
        return recentForm[place];
    }

    private byte[] byContents(PeerAddress to) {
        byte[] bytes = known.get(to);
        if (bytes == null) {
            if (known.size() == LIMIT) {
                known.clear();
            }
            bytes = ipv6 ? ipv6(to.socket()) : ipv4(to.socket());
            known.put(to, bytes);
        }
        return bytes;
    }

    private static byte[] ipv4(InetSocketAddress socket) {
        if (!(socket.getAddress() instanceof Inet4Address address)) {
            throw new IllegalArgumentException("an IPv4 socket cannot send to " + socket);
        }
        ByteBuffer form = ByteBuffer.allocate(BYTES);
        form.order(ByteOrder.nativeOrder()).putShort(AF_INET);
        form.order(ByteOrder.BIG_ENDIAN).putShort((short) socket.getPort()).put(address.getAddress());
        return form.array();
    }

    private static byte[] ipv6(InetSocketAddress socket) {
        InetAddress address = socket.getAddress();
        ByteBuffer form = ByteBuffer.allocate(BYTES);
        form.order(ByteOrder.nativeOrder()).putShort(AF_INET6);
        form.order(ByteOrder.BIG_ENDIAN).putShort((short) socket.getPort()).putInt(0);
        if (address instanceof java.net.Inet6Address six) {
            form.put(six.getAddress()).order(ByteOrder.nativeOrder()).putInt(six.getScopeId());
        } else {
            form.putLong(0).putInt(0xffff).put(address.getAddress());
        }
        return form.array();
    }
}
