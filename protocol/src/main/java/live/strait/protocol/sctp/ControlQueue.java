package live.strait.protocol.sctp;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/// Control chunks that wait for a packet, in order.
///
/// Most may share a packet with others and with data. INIT, INIT ACK, SHUTDOWN COMPLETE and what answers a packet
/// of no association stand alone, under a verification tag of their own (RFC 9260 section 8.5.1).
final class ControlQueue {
    /// An owner that sends after each packet never holds more than a few; a peer asks again for what is lost here.
    private static final int MAX_CHUNKS = 64;

    private final int mostBytes;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();

    /// @param mostBytes of a chunk that fits into a packet. What is longer, as the answer to a heartbeat or to an
    ///     INIT longer than our packets, is not queued: it would keep back all behind it
    ControlQueue(int mostBytes) {
        this.mostBytes = mostBytes;
    }

    private static final class Entry {
        final byte[] chunk;
        final boolean alone;
        final int verificationTag;

        Entry(byte[] chunk, boolean alone, int verificationTag) {
            this.chunk = chunk;
            this.alone = alone;
            this.verificationTag = verificationTag;
        }
    }

    /// Queues a chunk that may share a packet of the association.
    void add(byte[] chunk) {
        add(new Entry(chunk, false, 0));
    }

    /// Queues a chunk for a packet of its own.
    void addAlone(byte[] chunk, int verificationTag) {
        add(new Entry(chunk, true, verificationTag));
    }

    /// True when the next packet holds one chunk alone.
    boolean isNextAlone() {
        Entry next = entries.peek();
        return next != null && next.alone;
    }

    int nextVerificationTag() {
        Entry next = entries.peek();
        return next == null ? 0 : next.verificationTag;
    }

    /// Appends the next chunk, if it fits and is not one that stands alone where others are; false when not.
    boolean write(ByteBuffer out, boolean alone) {
        Entry next = entries.peek();
        if (next == null || next.alone != alone || next.chunk.length > out.remaining()) {
            return false;
        }
        out.put(next.chunk);
        entries.remove();
        return true;
    }

    void clear() {
        entries.clear();
    }

    private void add(Entry entry) {
        if (entry.chunk.length > mostBytes) {
            return;
        }
        if (entries.size() == MAX_CHUNKS) {
            entries.remove();
        }
        entries.add(entry);
    }
}
