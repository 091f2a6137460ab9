package live.strait.loadtest.socket;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteOrder;

/// An address as the kernel wants it, on a socket that carries both families.
///
/// ```
///  sockaddr_in6   family 2 | port, network order 2 | flow 4 | address 16 | scope 4
/// ```
/// IPv4 addresses stand in their mapped form (RFC 4291 section 2.5.5.2).
final class SocketName {
    static final int BYTES = 28;

    private static final short AF_INET6 = 10;
    private static final int ADDRESS = 8;
    private static final int SCOPE = 24;
    private static final ValueLayout.OfShort PORT = ValueLayout.JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfInt WORD = ValueLayout.JAVA_INT_UNALIGNED;

    private SocketName() {}

    static void write(MemorySegment name, InetSocketAddress address) {
        name.fill((byte) 0);
        name.set(ValueLayout.JAVA_SHORT, 0, AF_INET6);
        name.set(PORT, 2, (short) address.getPort());
        byte[] bytes = address.getAddress().getAddress();
        if (address.getAddress() instanceof Inet4Address) {
            name.set(ValueLayout.JAVA_SHORT, ADDRESS + 10, (short) -1);
        }
        MemorySegment.copy(bytes, 0, name, ValueLayout.JAVA_BYTE, SCOPE - bytes.length, bytes.length);
        if (address.getAddress() instanceof Inet6Address six) {
            name.set(WORD, SCOPE, six.getScopeId());
        }
    }

    static InetSocketAddress read(MemorySegment name) {
        byte[] bytes = name.asSlice(ADDRESS, SCOPE - ADDRESS).toArray(ValueLayout.JAVA_BYTE);
        try {
            // A mapped address comes back as one of IPv4.
            InetAddress address = InetAddress.getByAddress(bytes);
            if (address instanceof Inet6Address && name.get(WORD, SCOPE) != 0) {
                address = Inet6Address.getByAddress(null, bytes, name.get(WORD, SCOPE));
            }
            return new InetSocketAddress(address, port(name));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("16 bytes are an address", e);
        }
    }

    static int port(MemorySegment name) {
        return name.get(PORT, 2) & 0xffff;
    }
}
