package live.strait.relay.ingress;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/// The native memory that one `recvmmsg` fills: datagrams, their sources, and what the kernel says of them.
///
/// ```
///  datagrams  n x 2048   room for one each, as an example
///  vectors    n x 16     struct iovec { base, len }
///  messages   n x 64     struct mmsghdr { struct msghdr { name, namelen, iov, iovlen, control, controllen, flags },
///                        len }
///  names      n x 32     the source of message i
///  controls   n x 32     struct cmsghdr { size_t len, int level, int type }, struct timespec { long s, long ns }
/// ```
/// Everything is made once; layouts are those of 64-bit Linux.
final class ReceivedMessages {
    private static final int VECTOR_BYTES = 16;
    private static final int MESSAGE_BYTES = 64;
    private static final int NAME_BYTES = 32;
    /// Of the one control message that the socket is asked for.
    private static final int CONTROL_BYTES = 32;

    private static final int NAME_LENGTH = 8;
    private static final int VECTORS = 16;
    private static final int VECTOR_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int LENGTH = 56;

    private static final int CACHE_LINE_BYTES = 64;

    /// Level SOL_SOCKET and type SO_TIMESTAMPNS as one word.
    private static final long TIMESTAMP = 1 | 35L << 32;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final ByteBuffer[] datagrams;
    private final MemorySegment messages;
    private final MemorySegment names;
    private final MemorySegment controls;

    ReceivedMessages(int count, int datagramBytes) {
        Arena arena = Arena.ofAuto();
        ByteBuffer slots = ByteBuffer.allocateDirect(count * datagramBytes + CACHE_LINE_BYTES)
                .alignedSlice(CACHE_LINE_BYTES);
        long slotsAt = MemorySegment.ofBuffer(slots).address();
        datagrams = new ByteBuffer[count];
        MemorySegment vectors = arena.allocate((long) count * VECTOR_BYTES, CACHE_LINE_BYTES);
        messages = arena.allocate((long) count * MESSAGE_BYTES, CACHE_LINE_BYTES);
        names = arena.allocate((long) count * NAME_BYTES, CACHE_LINE_BYTES);
        controls = arena.allocate((long) count * CONTROL_BYTES, CACHE_LINE_BYTES);
        for (int i = 0; i < count; i++) {
            datagrams[i] = slots.slice(i * datagramBytes, datagramBytes);
            long vector = (long) i * VECTOR_BYTES;
            vectors.set(ValueLayout.JAVA_LONG, vector, slotsAt + (long) i * datagramBytes);
            vectors.set(ValueLayout.JAVA_LONG, vector + 8, datagramBytes);
            long message = (long) i * MESSAGE_BYTES;
            messages.set(ValueLayout.JAVA_LONG, message, names.address() + nameAt(i));
            messages.set(ValueLayout.JAVA_LONG, message + VECTORS, vectors.address() + vector);
            messages.set(ValueLayout.JAVA_LONG, message + VECTOR_COUNT, 1L);
            messages.set(ValueLayout.JAVA_LONG, message + CONTROL, controls.address() + (long) i * CONTROL_BYTES);
            prepare(i);
        }
    }

    /// Native address of the first message.
    long address() {
        return messages.address();
    }

    /// Says again how much room there is: the kernel has written there how much of it was used.
    void prepare(int i) {
        long message = (long) i * MESSAGE_BYTES;
        messages.set(ValueLayout.JAVA_INT, message + NAME_LENGTH, NAME_BYTES);
        messages.set(ValueLayout.JAVA_LONG, message + CONTROL_LENGTH, CONTROL_BYTES);
    }

    ByteBuffer bytes(int i) {
        return datagrams[i].clear().limit(messages.get(ValueLayout.JAVA_INT, (long) i * MESSAGE_BYTES + LENGTH));
    }

    MemorySegment names() {
        return names;
    }

    /// Where the source of message `i` stands in the names.
    long nameAt(int i) {
        return (long) i * NAME_BYTES;
    }

    /// The receive time, or 0 where there is none.
    long kernelNanos(int i) {
        long control = (long) i * CONTROL_BYTES;
        boolean isStamped =
                messages.get(ValueLayout.JAVA_LONG, (long) i * MESSAGE_BYTES + CONTROL_LENGTH) == CONTROL_BYTES
                        && controls.get(ValueLayout.JAVA_LONG, control + 8) == TIMESTAMP;
        return isStamped
                ? controls.get(ValueLayout.JAVA_LONG, control + 16) * NANOS_PER_SECOND
                        + controls.get(ValueLayout.JAVA_LONG, control + 24)
                : 0;
    }
}
