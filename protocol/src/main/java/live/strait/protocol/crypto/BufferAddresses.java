package live.strait.protocol.crypto;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// Where the direct buffers begin that one thread seals packets in, over and over.
///
/// To ask the JDK each time is some ten nanoseconds and, where the compiler does not see through it, an object of a
/// session for each packet. Holds the buffers that it knows, a bounded number of them: a thread has a ring of some
/// hundred for all its packets.
final class BufferAddresses {
    /// A power of two, well above the number of buffers in use.
    private static final int PLACES = 2048;
    /// A buffer stands at the place of its hash or one of the next few.
    private static final int PROBES = 8;

    private final @Nullable ByteBuffer[] buffers = new ByteBuffer[PLACES];
    private final long[] addresses = new long[PLACES];

    /// The address of index 0 of a direct buffer.
    @SuppressWarnings("ReferenceEquality") // equal contents lie elsewhere
    long of(ByteBuffer direct) {
        int home = System.identityHashCode(direct);
        for (int i = 0; i < PROBES; i++) {
            int place = (home + i) & (PLACES - 1);
            if (buffers[place] == direct) {
                return addresses[place];
            }
        }
        return learn(direct, home);
    }

    private long learn(ByteBuffer direct, int home) {
        int place = home & (PLACES - 1);
        for (int i = 0; i < PROBES; i++) {
            if (buffers[(home + i) & (PLACES - 1)] == null) {
                place = (home + i) & (PLACES - 1);
                break;
            }
        }
        long address = addressNow(direct);
        buffers[place] = direct;
        addresses[place] = address;
        return address;
    }

    static long addressNow(ByteBuffer direct) {
        return MemorySegment.ofBuffer(direct).address() - direct.position();
    }
}
