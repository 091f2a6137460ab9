package live.strait.relay.egress;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import live.strait.protocol.crypto.NativeMemory;

/// The native memory of a batch: packets, and the structures that tell the kernel about them.
///
/// ```
///  packets    n x 1536   and one more to spare: room for one datagram each
///  vectors    n x 16     struct iovec i: where packet i begins, and its length
///  messages   n x 64     struct mmsghdr: address, a range of vectors, control data
///  names      n x 32     sockaddr of message i
///  controls   n x 24     struct cmsghdr and the segment size of message i
/// ```
/// As there are as many vectors as packets, in the same order, the packets of a message are one range of vectors
/// and no byte is moved. Everything is made once; layouts are those of 64-bit Linux. Indices wrap by the owner's
/// mask.
final class MessageRing {
    private static final int VECTOR_BYTES = 16;
    private static final int MESSAGE_BYTES = 64;
    private static final int CONTROL_BYTES = 24;
    /// Of the cmsghdr and its 16 bits, without the padding behind (CMSG_LEN).
    private static final long CONTROL_LENGTH = 18;

    // struct mmsghdr { struct msghdr { name, namelen, iov, iovlen, control, controllen, flags }, unsigned msg_len }
    private static final int NAME_LENGTH = 8;
    private static final int VECTORS = 16;
    private static final int VECTOR_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_SIZE = 40;
    private static final int SENT_BYTES = 56;

    private static final int CACHE_LINE_BYTES = 64;

    private final ByteBuffer[] packets;
    private final ByteBuffer spare;
    private final NativeMemory memory;
    private final long packetsAt;
    private final MemorySegment vectors;
    private final MemorySegment messages;
    private final MemorySegment names;
    private final MemorySegment controls;

    MessageRing(int size, int nameLength) {
        Arena arena = Arena.ofAuto();
        ByteBuffer slots = ByteBuffer.allocateDirect((size + 1) * Egress.DATAGRAM_BYTES + CACHE_LINE_BYTES)
                .alignedSlice(CACHE_LINE_BYTES);
        memory = NativeMemory.of(slots);
        packetsAt = MemorySegment.ofBuffer(slots).address();
        spare = slots.slice(size * Egress.DATAGRAM_BYTES, Egress.DATAGRAM_BYTES);
        vectors = arena.allocate((long) size * VECTOR_BYTES, CACHE_LINE_BYTES);
        messages = arena.allocate((long) size * MESSAGE_BYTES, CACHE_LINE_BYTES);
        names = arena.allocate((long) size * SocketNames.BYTES, CACHE_LINE_BYTES);
        controls = arena.allocate((long) size * CONTROL_BYTES, CACHE_LINE_BYTES);
        packets = new ByteBuffer[size];
        for (int i = 0; i < size; i++) {
            packets[i] = slots.slice(i * Egress.DATAGRAM_BYTES, Egress.DATAGRAM_BYTES);
            messages.set(ValueLayout.JAVA_INT, (long) i * MESSAGE_BYTES + NAME_LENGTH, nameLength);
            messages.set(
                    ValueLayout.JAVA_LONG, (long) i * MESSAGE_BYTES, names.address() + (long) i * SocketNames.BYTES);
            long control = (long) i * CONTROL_BYTES;
            controls.set(ValueLayout.JAVA_LONG, control, CONTROL_LENGTH);
            controls.set(ValueLayout.JAVA_INT, control + 8, LinuxUdpSocket.SOL_UDP);
            controls.set(ValueLayout.JAVA_INT, control + 12, LinuxUdpSocket.UDP_SEGMENT);
        }
    }

    int size() {
        return packets.length;
    }

    ByteBuffer packet(int slot) {
        return packets[slot];
    }

    /// Room for what is written and never sent, behind the last slot.
    ByteBuffer spare() {
        return spare;
    }

    /// Of all slots, one after the other, and the spare one.
    NativeMemory memory() {
        return memory;
    }

    /// Native address of a message.
    long address(int message) {
        return messages.address() + (long) message * MESSAGE_BYTES;
    }

    /// Tells where packet `slot` is, its buffer from position to limit, and returns its size.
    int describe(int slot) {
        ByteBuffer packet = packets[slot];
        int from = packet.position();
        int bytes = packet.limit() - from;
        long vector = (long) slot * VECTOR_BYTES;
        vectors.set(ValueLayout.JAVA_LONG, vector, packetsAt + (long) slot * Egress.DATAGRAM_BYTES + from);
        vectors.set(ValueLayout.JAVA_LONG, vector + 8, bytes);
        return bytes;
    }

    /// Makes `message` one of a single packet.
    void begin(int message, int slot, Destinations destinations, int to) {
        long name = (long) message * SocketNames.BYTES;
        names.set(ValueLayout.JAVA_LONG, name, destinations.word(to, 0));
        names.set(ValueLayout.JAVA_LONG, name + 8, destinations.word(to, 1));
        names.set(ValueLayout.JAVA_LONG, name + 16, destinations.word(to, 2));
        names.set(ValueLayout.JAVA_LONG, name + 24, destinations.word(to, 3));
        single(message, slot);
    }

    /// Leaves one packet to a message, and its address as it is.
    void single(int message, int slot) {
        long at = (long) message * MESSAGE_BYTES;
        messages.set(ValueLayout.JAVA_LONG, at + VECTORS, vectors.address() + (long) slot * VECTOR_BYTES);
        messages.set(ValueLayout.JAVA_LONG, at + VECTOR_COUNT, 1L);
        messages.set(ValueLayout.JAVA_LONG, at + CONTROL, 0L);
        messages.set(ValueLayout.JAVA_LONG, at + CONTROL_SIZE, 0L);
    }

    /// Lets a message have so many packets from its first one on, all of `segmentBytes` but the last.
    void extend(int message, int count, int segmentBytes) {
        long at = (long) message * MESSAGE_BYTES;
        messages.set(ValueLayout.JAVA_LONG, at + VECTOR_COUNT, count);
        if (count == 2) {
            long control = (long) message * CONTROL_BYTES;
            controls.set(ValueLayout.JAVA_SHORT, control + 16, (short) segmentBytes);
            messages.set(ValueLayout.JAVA_LONG, at + CONTROL, controls.address() + control);
            messages.set(ValueLayout.JAVA_LONG, at + CONTROL_SIZE, (long) CONTROL_BYTES);
        }
    }

    /// What the kernel says it took of a message that was sent.
    int sentBytes(int message) {
        return messages.get(ValueLayout.JAVA_INT, (long) message * MESSAGE_BYTES + SENT_BYTES);
    }
}
