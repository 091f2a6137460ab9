package live.strait.loadtest.socket;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// What one `sendmsg` sends: a datagram, where to, and from which address of this machine.
///
/// ```
///  struct msghdr { name, namelen, iov, iovlen, control, controllen, flags }
///  struct cmsghdr { size_t len; int level; int type; struct in6_pktinfo { in6_addr source; int interface } }
/// ```
/// Made once; layouts are those of 64-bit Linux. Addresses are IPv4's in their mapped form.
final class OutgoingMessage {
    private static final int HEADER_BYTES = 56;
    private static final int CONTROL_BYTES = 40;
    private static final long CONTROL_LENGTH = 36;
    private static final int SOURCE = 16;
    private static final ValueLayout.OfInt NETWORK_INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);

    private final MemorySegment header;
    private final MemorySegment name;
    private final MemorySegment vector;
    private final MemorySegment control;
    private final ByteBuffer bytes;
    private @Nullable InetSocketAddress lastTo;

    OutgoingMessage(Arena arena, int mostBytes) {
        header = arena.allocate(HEADER_BYTES, 8);
        name = arena.allocate(SocketName.BYTES, 8);
        vector = arena.allocate(16, 8);
        control = arena.allocate(CONTROL_BYTES, 8);
        MemorySegment datagram = arena.allocate(mostBytes, 64);
        bytes = datagram.asByteBuffer();
        header.set(ValueLayout.JAVA_LONG, 0, name.address());
        header.set(ValueLayout.JAVA_INT, 8, SocketName.BYTES);
        header.set(ValueLayout.JAVA_LONG, 16, vector.address());
        header.set(ValueLayout.JAVA_LONG, 24, 1);
        header.set(ValueLayout.JAVA_LONG, 32, control.address());
        header.set(ValueLayout.JAVA_LONG, 40, CONTROL_BYTES);
        vector.set(ValueLayout.JAVA_LONG, 0, datagram.address());
        control.set(ValueLayout.JAVA_LONG, 0, CONTROL_LENGTH);
        control.set(ValueLayout.JAVA_INT, 8, ReceivedMessages.IPPROTO_IPV6);
        control.set(ValueLayout.JAVA_INT, 12, ReceivedMessages.IPV6_PKTINFO);
        control.set(ValueLayout.JAVA_SHORT, SOURCE + 10, (short) -1);
    }

    MemorySegment header() {
        return header;
    }

    /// @param source an IPv4 address as a number
    void set(ByteBuffer datagram, InetSocketAddress to, int source) {
        if (!to.equals(lastTo)) {
            SocketName.write(name, to);
            lastTo = to;
        }
        bytes.put(0, datagram, datagram.position(), datagram.remaining());
        vector.set(ValueLayout.JAVA_LONG, 8, datagram.remaining());
        control.set(NETWORK_INT, SOURCE + 12, source);
    }
}
