package live.strait.bench.fanout;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import live.strait.protocol.crypto.NativeMemory;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.egress.Egress;
import org.jspecify.annotations.Nullable;

/// Keeps datagrams in this process during handshakes, and lets them out afterwards.
final class SwitchedEgress implements Egress {
    private final ByteBuffer window = ByteBuffer.allocateDirect(DATAGRAM_BYTES);
    private final Deque<Kept> kept = new ArrayDeque<>();
    private final Egress outside;
    private boolean open;

    SwitchedEgress(Egress outside) {
        this.outside = outside;
    }

    /// One datagram of a handshake.
    record Kept(PeerAddress to, ByteBuffer bytes) {}

    @Nullable
    Kept poll() {
        return kept.poll();
    }

    void letOut() {
        open = true;
    }

    @Override
    public ByteBuffer claim() {
        return open ? outside.claim() : window.clear();
    }

    @Override
    public @Nullable NativeMemory memory() {
        return open ? outside.memory() : null;
    }

    @Override
    public int claimedAt() {
        return outside.claimedAt();
    }

    @Override
    public void commit(PeerAddress to) {
        if (open) {
            outside.commit(to);
        } else {
            ByteBuffer copy =
                    ByteBuffer.allocate(window.remaining()).put(window).flip();
            kept.add(new Kept(Objects.requireNonNull(to), copy));
        }
    }

    @Override
    public int know(PeerAddress to) {
        return outside.know(to);
    }

    @Override
    public void forget(int destination) {
        outside.forget(destination);
    }

    @Override
    public void commit(int destination) {
        outside.commit(destination);
    }

    @Override
    public void flush() {
        if (open) {
            outside.flush();
        }
    }

    @Override
    public long backlogNanos(PeerAddress to, long nowNanos) {
        return 0;
    }
}
