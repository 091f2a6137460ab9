package live.strait.protocol.crypto;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Where the direct buffers begin that one thread seals packets in, over and over.
///
/// To ask the JDK each time is some ten nanoseconds and, where the compiler does not see through it, an object of a
/// session for each packet. A thread has a ring of some hundred for all its packets, which come in the same order
/// again and again: so they stand here in the order in which they came first, and each is expected behind the last
/// one, or to be the last one, which touches a few bytes in a row; only what is not there is looked for by its
/// hash. When all places are taken, everything is forgotten.
final class BufferAddresses {
    /// A power of two, well above the number of buffers in use.
    private static final int PLACES = 1024;
    private static final int INDEX_SIZE = 2 * PLACES;
    private static final short NOWHERE = -1;

    private final @Nullable ByteBuffer[] buffers = new ByteBuffer[PLACES];
    private final long[] addresses = new long[PLACES];
    /// Places by hash; a collision goes to the next entry.
    private final short[] index = new short[INDEX_SIZE];
    private int known;
    private int last;

    BufferAddresses() {
        Arrays.fill(index, NOWHERE);
    }

    /// The address of index 0 of a direct buffer.
    @SuppressWarnings("ReferenceEquality") // equal contents lie elsewhere
    long of(ByteBuffer direct) {
        if (buffers[last] != direct) {
            int next = (last + 1) & (PLACES - 1);
            last = buffers[next] == direct ? next : find(direct);
        }
        return addresses[last];
    }

    @SuppressWarnings("ReferenceEquality") // as above
    private int find(ByteBuffer direct) {
        int entry = System.identityHashCode(direct) & (INDEX_SIZE - 1);
        while (index[entry] != NOWHERE) {
            if (buffers[index[entry]] == direct) {
                return index[entry];
            }
            entry = (entry + 1) & (INDEX_SIZE - 1);
        }
        if (known == PLACES) {
            Arrays.fill(buffers, null);
            Arrays.fill(index, NOWHERE);
            known = 0;
            return find(direct);
        }
        index[entry] = (short) known;
        buffers[known] = direct;
        addresses[known] = addressNow(direct);
        return known++;
    }

    static long addressNow(ByteBuffer direct) {
        return MemorySegment.ofBuffer(direct).address() - direct.position();
    }
}
