package live.strait.loadtest.socket;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// What one `recvmmsg` fills: some messages, each with its sender, and what the kernel says of it.
///
/// ```
///  struct mmsghdr { struct msghdr { name, namelen, iov, iovlen, control, controllen, flags }, unsigned msg_len }
///  struct cmsghdr { size_t len; int level; int type; data, padded to 8 bytes }
/// ```
/// Made once; layouts are those of 64-bit Linux.
final class ReceivedMessages {
    static final int SOL_SOCKET = 1;
    static final int SO_TIMESTAMPNS = 35;
    static final int SOL_UDP = 17;
    static final int UDP_GRO = 104;
    static final int IPPROTO_IPV6 = 41;
    static final int IPV6_PKTINFO = 50;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;
    /// The most that a message can have, segmented or not.
    private static final int MESSAGE_BYTES = 1 << 16;

    private static final int NAME_BYTES = 32;
    private static final int CONTROL_BYTES = 128;
    private static final int VECTOR_BYTES = 16;
    private static final int HEADER_BYTES = 64;
    private static final int NAME_LENGTH = 8;
    private static final int VECTOR = 16;
    private static final int VECTOR_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int LENGTH = 56;
    private static final int CONTROL_HEADER_BYTES = 16;

    private static final ValueLayout.OfInt NETWORK_INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);

    private final MemorySegment headers;
    private final MemorySegment names;
    private final MemorySegment controls;
    private final ByteBuffer[] messages;
    private final MemorySegment[] name;
    private final MemorySegment lastName =
            MemorySegment.ofArray(new long[SocketName.BYTES / 8 + 1]).asSlice(0, SocketName.BYTES);
    private @Nullable InetSocketAddress lastSender;
    private long kernelNanos;
    private int segmentBytes;
    private int destination;

    /// @param count of messages
    ReceivedMessages(Arena arena, int count) {
        messages = new ByteBuffer[count];
        name = new MemorySegment[count];
        MemorySegment bytes = arena.allocate((long) count * MESSAGE_BYTES, 64);
        MemorySegment vectors = arena.allocate((long) count * VECTOR_BYTES, 64);
        headers = arena.allocate((long) count * HEADER_BYTES, 64);
        names = arena.allocate((long) count * NAME_BYTES, 64);
        controls = arena.allocate((long) count * CONTROL_BYTES, 64);
        for (int i = 0; i < count; i++) {
            MemorySegment message = bytes.asSlice((long) i * MESSAGE_BYTES, MESSAGE_BYTES);
            messages[i] = message.asByteBuffer();
            name[i] = names.asSlice((long) i * NAME_BYTES, SocketName.BYTES);
            long vector = (long) i * VECTOR_BYTES;
            vectors.set(ValueLayout.JAVA_LONG, vector, message.address());
            vectors.set(ValueLayout.JAVA_LONG, vector + 8, MESSAGE_BYTES);
            long header = (long) i * HEADER_BYTES;
            headers.set(ValueLayout.JAVA_LONG, header, name[i].address());
            headers.set(ValueLayout.JAVA_LONG, header + VECTOR, vectors.address() + vector);
            headers.set(ValueLayout.JAVA_LONG, header + VECTOR_COUNT, 1);
            headers.set(ValueLayout.JAVA_LONG, header + CONTROL, controls.address() + (long) i * CONTROL_BYTES);
            prepare(i);
        }
    }

    MemorySegment headers() {
        return headers;
    }

    /// The kernel writes there how much it used: to be called for each that it has filled.
    void prepare(int i) {
        headers.set(ValueLayout.JAVA_INT, (long) i * HEADER_BYTES + NAME_LENGTH, NAME_BYTES);
        headers.set(ValueLayout.JAVA_LONG, (long) i * HEADER_BYTES + CONTROL_LENGTH, CONTROL_BYTES);
    }

    /// Reads what the kernel says of message `i`, for the getters below.
    void read(int i) {
        kernelNanos = 0;
        segmentBytes = length(i);
        destination = 0;
        long at = (long) i * CONTROL_BYTES;
        long end = at + headers.get(ValueLayout.JAVA_LONG, (long) i * HEADER_BYTES + CONTROL_LENGTH);
        while (at + CONTROL_HEADER_BYTES <= end) {
            long length = controls.get(ValueLayout.JAVA_LONG, at);
            int level = controls.get(ValueLayout.JAVA_INT, at + 8);
            int type = controls.get(ValueLayout.JAVA_INT, at + 12);
            if (level == SOL_SOCKET && type == SO_TIMESTAMPNS) {
                kernelNanos = controls.get(ValueLayout.JAVA_LONG, at + 16) * NANOS_PER_SECOND
                        + controls.get(ValueLayout.JAVA_LONG, at + 24);
            } else if (level == SOL_UDP && type == UDP_GRO) {
                segmentBytes = Math.max(1, controls.get(ValueLayout.JAVA_INT, at + 16));
            } else if (level == IPPROTO_IPV6 && type == IPV6_PKTINFO) {
                destination = controls.get(NETWORK_INT, at + CONTROL_HEADER_BYTES + 12);
            }
            at += Math.max(CONTROL_HEADER_BYTES, (length + 7) & ~7);
        }
    }

    /// When it arrived, by the system's clock, or 0 when nobody noted that.
    long kernelNanos() {
        return kernelNanos;
    }

    /// The IPv4 address that it came to, as a number, where the socket asked for that.
    int destination() {
        return destination;
    }

    /// Of each datagram in it but the last, which may be shorter.
    int segmentBytes() {
        return segmentBytes;
    }

    int length(int i) {
        return headers.get(ValueLayout.JAVA_INT, (long) i * HEADER_BYTES + LENGTH);
    }

    ByteBuffer bytes(int i) {
        return messages[i];
    }

    /// Who sent message `i`. Nearly all come from one node, whose address is made once.
    InetSocketAddress sender(int i) {
        InetSocketAddress known = lastSender;
        if (known == null || lastName.mismatch(name[i]) >= 0) {
            known = SocketName.read(name[i]);
            lastSender = known;
            lastName.copyFrom(name[i]);
        }
        return known;
    }
}
