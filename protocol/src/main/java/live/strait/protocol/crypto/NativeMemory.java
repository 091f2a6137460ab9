package live.strait.protocol.crypto;

import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;

/// The memory of a direct buffer, whose address has been asked for once: native code may work in it wherever a range
/// lies within.
public final class NativeMemory {
    private final ByteBuffer buffer;
    private final long address;
    private final int size;

    private NativeMemory(ByteBuffer buffer) {
        this.buffer = buffer;
        address = BufferAddresses.addressNow(buffer);
        size = buffer.capacity();
    }

    /// The memory of a writable direct buffer, from index 0 to its capacity.
    public static NativeMemory of(ByteBuffer direct) {
        if (!direct.isDirect()) {
            throw new IllegalArgumentException("not a direct buffer");
        }
        if (direct.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
        return new NativeMemory(direct.duplicate().clear());
    }

    /// The same bytes, for use by absolute indices.
    public ByteBuffer buffer() {
        return buffer;
    }

    /// Where native code finds a range, as long as this object is there; throws when that is not within its memory.
    long addressOf(int from, long bytes) {
        if (from < 0 || bytes < 0 || from > size - bytes) {
            throw new IndexOutOfBoundsException(bytes + " bytes at " + from + " of " + size);
        }
        return address + from;
    }
}
