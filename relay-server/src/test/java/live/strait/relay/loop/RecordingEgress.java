package live.strait.relay.loop;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.egress.Egress;
import org.jspecify.annotations.Nullable;

/// An egress that keeps what was committed until somebody takes it; to be used from one thread.
public final class RecordingEgress implements Egress {
    private final ByteBuffer window = ByteBuffer.allocateDirect(DATAGRAM_BYTES);
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
