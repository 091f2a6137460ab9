package live.strait.relay.edge;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.loop.LoopTask;
import live.strait.relay.peer.PeerSession;
import org.jspecify.annotations.Nullable;

/// Copies of one loop's datagrams that other loops work on, each used again when it is back.
///
/// There are as many as were ever out at once. They are taken in order and from the beginning again as soon as the
/// first is back, so that as long as the other loops keep up the same few go to and fro.
final class HandOvers {
    /// A second of a busy loop's input: a loop that is behind by more shall get no more.
    private static final int MOST = 4096;

    private final List<Copy> copies = new ArrayList<>();
    private int next;

    /// Takes a datagram over to its session's loop; false when that loop is too far behind.
    boolean handOver(PeerSession session, ByteBuffer datagram, PeerAddress from, long arrivalNanos) {
        Copy copy = free();
        if (copy == null) {
            return false;
        }
        copy.lend(session, datagram, from, arrivalNanos);
        if (session.loop().postMedia(copy)) {
            return true;
        }
        copy.giveBack();
        return false;
    }

    private @Nullable Copy free() {
        if (!copies.isEmpty() && !copies.getFirst().isOut) {
            next = 0;
        }
        while (next < copies.size() && copies.get(next).isOut) {
            next++;
        }
        if (next == MOST) {
            return null;
        }
        if (next == copies.size()) {
            copies.add(new Copy());
        }
        return copies.get(next++);
    }

    /// Written by the loop that lends it, then read by the one that runs it: the mailbox is between, and the flag
    /// is on the way back.
    private static final class Copy implements LoopTask {
        private final ByteBuffer bytes = ByteBuffer.allocateDirect(LoopInput.DATAGRAM_BYTES);
        private @Nullable PeerSession session;
        private @Nullable PeerAddress from;
        private long arrivalNanos;
        private volatile boolean isOut;

        private void lend(PeerSession to, ByteBuffer datagram, PeerAddress source, long arrivedAtNanos) {
            session = to;
            from = source;
            arrivalNanos = arrivedAtNanos;
            bytes.clear().put(datagram).flip();
            isOut = true;
        }

        @Override
        public void run(long nowNanos) {
            PeerSession to = session;
            PeerAddress source = from;
            try {
                if (to != null && source != null) {
                    to.receive(bytes, source, arrivalNanos, nowNanos);
                }
            } finally {
                giveBack();
            }
        }

        /// An ended session is not held on to by what it was sent last.
        private void giveBack() {
            session = null;
            from = null;
            isOut = false;
        }
    }
}
