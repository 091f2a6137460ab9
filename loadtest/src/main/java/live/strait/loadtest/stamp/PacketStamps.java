package live.strait.loadtest.stamp;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/// Numbers the packets of one host and writes kind, number and time into the last bytes of each payload.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |                             magic                             |
/// |kin|                         number                            |
/// |              System.nanoTime() when it was sent               |
/// |                               ...                             |
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// ```
/// The kind is that of [PayloadKind]: only the first packet of a frame tells a viewer by itself that it is a key
/// frame. Numbers run over the sound and the layer that is watched, so that a viewer misses none unless it was
/// lost on the way, even where a relay renumbers packets.
public final class PacketStamps {
    public static final int SIZE_BYTES = 16;

    private static final int MAGIC = 0x53545241;
    private static final int KIND_SHIFT = 30;
    private static final int NUMBER_MASK = (1 << KIND_SHIFT) - 1;

    private final AtomicInteger next = new AtomicInteger();

    /// Stamps a payload, from position to limit, that leaves now; one that is too short stays as it is.
    public void write(ByteBuffer payload, PayloadKind kind, long nowNanos) {
        int at = payload.limit() - SIZE_BYTES;
        if (at >= payload.position()) {
            payload.putInt(at, MAGIC);
            payload.putInt(at + 4, (kind.code << KIND_SHIFT) | (next.getAndIncrement() & NUMBER_MASK));
            payload.putLong(at + 8, nowNanos);
        }
    }

    /// How many have been written; from any thread.
    public int count() {
        return next.get();
    }

    /// Where the stamp of a payload starts that ends before the absolute index `end`, or -1.
    public static int find(ByteBuffer packet, int payloadStart, int end) {
        int at = end - SIZE_BYTES;
        return at >= payloadStart && packet.getInt(at) == MAGIC ? at : -1;
    }

    public static int number(ByteBuffer packet, int stamp) {
        return packet.getInt(stamp + 4) & NUMBER_MASK;
    }

    public static PayloadKind kind(ByteBuffer packet, int stamp) {
        return PayloadKind.of(packet.getInt(stamp + 4) >>> KIND_SHIFT);
    }

    public static long sentNanos(ByteBuffer packet, int stamp) {
        return packet.getLong(stamp + 8);
    }
}
