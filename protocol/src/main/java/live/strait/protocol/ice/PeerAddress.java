package live.strait.protocol.ice;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// Where a peer's packets come from and ours go: a remote socket address and the transport that leads there.
///
/// For [Transport#TCP] the remote address names one accepted connection (RFC 6544 passive). The address stands
/// here as numbers too, IPv4 in its form of IPv6 (RFC 4291 section 2.5.5.2): a datagram's way out and its
/// session's look-up read them from one object instead of five.
public final class PeerAddress {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final long IPV4_MAPPED = 0xffffL << 32;

    private final InetSocketAddress socket;
    private final Transport transport;
    private final int port;
    private final int scope;
    private final long high;
    private final long low;

    public enum Transport {
        UDP,
        TCP
    }

    /// @param socket resolved
    public PeerAddress(InetSocketAddress socket, Transport transport) {
        this.socket = socket;
        this.transport = transport;
        port = socket.getPort();
        InetAddress address = socket.getAddress();
        byte[] bytes = address.getAddress();
        if (address instanceof Inet6Address six) {
            scope = six.getScopeId();
            high = (long) LONG.get(bytes, 0);
            low = (long) LONG.get(bytes, Long.BYTES);
        } else {
            scope = 0;
            high = 0;
            low = IPV4_MAPPED | ((int) INT.get(bytes, 0) & 0xffff_ffffL);
        }
    }

    public static PeerAddress udp(InetSocketAddress socket) {
        return new PeerAddress(socket, Transport.UDP);
    }

    public static PeerAddress tcp(InetSocketAddress socket) {
        return new PeerAddress(socket, Transport.TCP);
    }

    public InetSocketAddress socket() {
        return socket;
    }

    public Transport transport() {
        return transport;
    }

    public int port() {
        return port;
    }

    /// The scope of a link-local address, else 0.
    public int scope() {
        return scope;
    }

    /// The first eight bytes of the address.
    public long high() {
        return high;
    }

    /// The last eight bytes of the address; of an IPv4 one the last four count.
    public long low() {
        return low;
    }

    public boolean isIpv4() {
        return high == 0 && low >>> 32 == IPV4_MAPPED >>> 32;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PeerAddress that
                && low == that.low
                && high == that.high
                && port == that.port
                && transport == that.transport;
    }

    @Override
    public int hashCode() {
        long mixed = (high * 31 + low) * 0x9E37_79B9_7F4A_7C15L + port;
        return (int) (mixed ^ mixed >>> 32) + (transport == Transport.TCP ? 1 : 0);
    }

    @Override
    public String toString() {
        return (transport == Transport.UDP ? "udp " : "tcp ") + socket;
    }
}
