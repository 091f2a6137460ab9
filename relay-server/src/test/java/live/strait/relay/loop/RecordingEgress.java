package live.strait.relay.loop;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import live.strait.protocol.crypto.NativeMemory;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.egress.Egress;
import org.jspecify.annotations.Nullable;

/// An egress that keeps what was committed until somebody takes it; to be used from one thread.
public final class RecordingEgress implements Egress {
    private final ByteBuffer window = ByteBuffer.allocateDirect(DATAGRAM_BYTES);
    private final NativeMemory memory = NativeMemory.of(window);
    private final List<@Nullable PeerAddress> known = new ArrayList<>();
    private final List<Datagram> committed = new ArrayList<>();
    private @Nullable PeerAddress lastTo;
    private int flushes;
    private boolean discards;
    private long backlogNanos;

    /// What was sent and where to.
    public record Datagram(PeerAddress to, ByteBuffer bytes) {}

    @Override
    public ByteBuffer claim() {
        return window.clear();
    }

    @Override
    public NativeMemory memory() {
        return memory;
    }

    @Override
    public int claimedAt() {
        return 0;
    }

    @Override
    public void commit(PeerAddress to) {
        lastTo = to;
        if (discards) {
            return;
        }
        ByteBuffer copy = ByteBuffer.allocate(window.remaining());
        copy.put(0, window, window.position(), window.remaining());
        committed.add(new Datagram(to, copy));
    }

    @Override
    public int know(PeerAddress to) {
        if (to.transport() == PeerAddress.Transport.TCP) {
            return NOWHERE;
        }
        known.add(to);
        return known.size() - 1;
    }

    @Override
    public void forget(int destination) {
        known.set(destination, null);
    }

    @Override
    public void commit(int destination) {
        commit(Objects.requireNonNull(known.get(destination), "forgotten"));
    }

    @Override
    public void flush() {
        flushes++;
    }

    @Override
    public long backlogNanos(PeerAddress to, long nowNanos) {
        return to.transport() == PeerAddress.Transport.TCP ? backlogNanos : 0;
    }

    /// What TCP connections say from now on.
    public void setBacklogNanos(long nanos) {
        backlogNanos = nanos;
    }

    /// Keeps nothing any more, and allocates nothing.
    public void discard() {
        discards = true;
    }

    /// Where the last datagram went.
    public @Nullable PeerAddress lastTo() {
        return lastTo;
    }

    /// The bytes of the last datagram, until the next one is claimed.
    public ByteBuffer lastBytes() {
        return window;
    }

    public int flushes() {
        return flushes;
    }

    /// All that was committed since the last call.
    public List<Datagram> take() {
        List<Datagram> taken = List.copyOf(committed);
        committed.clear();
        return taken;
    }
}
