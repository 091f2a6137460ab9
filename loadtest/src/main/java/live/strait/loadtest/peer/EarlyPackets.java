package live.strait.loadtest.peer;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import live.strait.loadtest.socket.PeerSockets;

/// What the relay has sealed and sent behind its last handshake message, while ours is still being worked on.
///
/// A browser reads that message before it looks at the next datagram, so it has keys for whatever follows. Here the
/// handshake runs on a thread of its own: what comes meanwhile waits, in its order and with its times.
final class EarlyPackets {
    /// More than a relay sends in the time of a handshake; what is beyond is lost, as in a full socket.
    private static final int MOST = 512;

    private final List<Early> waiting = new ArrayList<>();

    private record Early(ByteBuffer datagram, InetSocketAddress from, long arrivalNanos, boolean beginsMessage) {}

    /// Keeps a copy; false when there is no room.
    boolean keep(ByteBuffer datagram, InetSocketAddress from, long arrivalNanos, boolean beginsMessage) {
        if (waiting.size() == MOST) {
            return false;
        }
        ByteBuffer copy = ByteBuffer.allocate(datagram.remaining()).put(datagram.duplicate());
        return waiting.add(new Early(copy.flip(), from, arrivalNanos, beginsMessage));
    }

    /// Hands them over now that there are keys.
    void drain(PeerSockets.Receiver to) {
        waiting.forEach(each -> to.receive(each.datagram, each.from, each.arrivalNanos, each.beginsMessage));
        waiting.clear();
    }
}
