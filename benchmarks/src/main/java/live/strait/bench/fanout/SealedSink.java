package live.strait.bench.fanout;

import java.nio.ByteBuffer;
import live.strait.protocol.crypto.NativeMemory;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.egress.Egress;

/// Where a benchmark ends that is about everything before the kernel: sealed datagrams are looked at and forgotten.
///
/// Slots are used in turn, as many as the real egress has, so that they are as cold as there.
final class SealedSink implements Egress {
    private static final int SLOTS = 256;

    private final ByteBuffer[] slots = new ByteBuffer[SLOTS];
    private final NativeMemory memory;
    private int slot;
    private int lastSequence;
    private long datagrams;

    SealedSink() {
        ByteBuffer all = ByteBuffer.allocateDirect(SLOTS * DATAGRAM_BYTES);
        memory = NativeMemory.of(all);
        for (int i = 0; i < SLOTS; i++) {
            slots[i] = all.slice(i * DATAGRAM_BYTES, DATAGRAM_BYTES);
        }
    }

    /// The RTP sequence number of the last datagram, which sealing leaves readable.
    int lastSequence() {
        return lastSequence;
    }

    long datagrams() {
        return datagrams;
    }

    @Override
    public ByteBuffer claim() {
        return slots[slot].clear();
    }

    @Override
    public NativeMemory memory() {
        return memory;
    }

    @Override
    public int claimedAt() {
        return slot * DATAGRAM_BYTES;
    }

    @Override
    public int know(PeerAddress to) {
        return 0;
    }

    @Override
    public void forget(int destination) {}

    @Override
    public void commit(PeerAddress to) {
        commit(0);
    }

    @Override
    public void commit(int destination) {
        lastSequence = slots[slot].getShort(2) & 0xffff;
        datagrams++;
        slot = (slot + 1) % SLOTS;
    }

    @Override
    public void flush() {}

    @Override
    public long backlogNanos(PeerAddress to, long nowNanos) {
        return 0;
    }
}
