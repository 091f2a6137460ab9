package live.strait.protocol.crypto;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.util.Objects;

/// Native memory of one thread: the small operands of a downcall, and the place through which packets on the heap
/// go.
///
/// ```
///   0    16        48       64      256
///   | IV | tag, 32 | length | state |
/// ```
/// One per thread rather than one per key, so that it stays in the first-level cache. A direct packet is worked on
/// where it lies. Every address that native code gets is checked here first.
final class NativeScratch {
    static final int IV = 0;
    static final int TAG = 16;
    static final int LENGTH = 48;

    /// What a library notes while it works, 192 bytes.
    static final int STATE = 64;

    private static final int NUMBERS_BYTES = 256;
    private static final int CACHE_LINE_BYTES = 64;

    /// More than a packet of any common link; the detour grows once for the rare larger one (ICE-TCP).
    private static final int COMMON_BYTES = 2048;

    private static final ThreadLocal<NativeScratch> OF_THREAD = ThreadLocal.withInitial(NativeScratch::new);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

    private final MemorySegment numbers = Arena.ofAuto().allocate(NUMBERS_BYTES, CACHE_LINE_BYTES);
    private final long address = numbers.address();
    private ByteBuffer detour = ByteBuffer.allocateDirect(COMMON_BYTES);
    private long detourAddress = MemorySegment.ofBuffer(detour).address();
    private final BufferAddresses packets = new BufferAddresses();
    private final BufferAddresses plains = new BufferAddresses();

    private NativeScratch() {}

    static NativeScratch ofThread() {
        return OF_THREAD.get();
    }

    /// Throws unless the range lies within the packet's limit, in memory that is still there.
    static void checkReadable(ByteBuffer packet, int from, int to) {
        Objects.checkFromToIndex(from, to, packet.limit());
        if (to > from) {
            packet.get(to - 1); // a buffer over a closed arena throws here
        }
    }

    /// As [#checkReadable], and the packet may be written.
    static void checkWritable(ByteBuffer packet, int from, int to) {
        checkReadable(packet, from, to);
        if (packet.isReadOnly()) {
            throw new ReadOnlyBufferException();
        }
    }

    /// The address of one of the operands.
    long addressOf(int operand) {
        return address + operand;
    }

    void putIv(int ivHigh, long ivLow) {
        numbers.set(INT, IV, ivHigh);
        numbers.set(LONG, IV + 4, ivLow);
    }

    void putIv(long ivHigh, long ivLow) {
        numbers.set(LONG, IV, ivHigh);
        numbers.set(LONG, IV + 8, ivLow);
    }

    /// Whether the bytes at [#TAG] stand in the packet too. Looks at every byte, whatever the first ones say: how
    /// long it takes tells a forger nothing.
    boolean tagIsAt(ByteBuffer packet, int from, int tagBytes) {
        int difference = 0;
        for (int i = 0; i < tagBytes; i++) {
            difference |= numbers.get(ValueLayout.JAVA_BYTE, TAG + i) ^ packet.get(from + i);
        }
        return difference == 0;
    }

    void copyTag(byte[] to, int tagBytes) {
        MemorySegment.copy(numbers, ValueLayout.JAVA_BYTE, TAG, to, 0, tagBytes);
    }

    /// Where native code finds a range that has been checked; good until the next call on this thread.
    long enter(ByteBuffer packet, int from, int to) {
        return packet.isDirect() ? BufferAddresses.addressNow(packet) + from : enterDetour(packet, from, to);
    }

    /// As [#enter], for a buffer that comes again and again.
    long enterKnown(ByteBuffer packet, int from, int to) {
        return packet.isDirect() ? packets.of(packet) + from : enterDetour(packet, from, to);
    }

    /// Where native code finds index `from` of a direct buffer with plaintext that comes again and again, checked
    /// too.
    long plain(ByteBuffer direct, int from) {
        return plains.of(direct) + from;
    }

    private long enterDetour(ByteBuffer packet, int from, int to) {
        if (detour.capacity() < to - from) {
            detour = ByteBuffer.allocateDirect(to - from);
            detourAddress = MemorySegment.ofBuffer(detour).address();
        }
        detour.put(0, packet, from, to - from);
        return detourAddress;
    }

    /// Ends what [#enter] began: what native code has changed is in the packet now.
    ///
    /// @param from as it was entered
    /// @param changedFrom absolute index of the first byte that may have changed
    /// @param changedTo absolute index behind the last one
    void leave(ByteBuffer packet, int from, int changedFrom, int changedTo) {
        try {
            if (!packet.isDirect()) {
                packet.put(changedFrom, detour, changedFrom - from, changedTo - changedFrom);
            }
        } finally {
            Reference.reachabilityFence(packet); // or its memory might be freed under the call
        }
    }
}
