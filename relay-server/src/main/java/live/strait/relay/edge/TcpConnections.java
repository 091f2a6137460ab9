package live.strait.relay.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.observe.LoopCounters;
import live.strait.relay.observe.LoopCounters.Counter;

/// The accepted ICE-TCP connections by remote address, and the framed way out on them (RFC 4571).
///
/// A connection keeps its own event loop; Netty carries writes over. What waits in user space is known by the age
/// of its oldest frame, by which senders of media stop in time; only a sender that does not look fills the ring,
/// and is refused.
@SuppressWarnings("FutureReturnValueIgnored") // a connection that fails is closed, and its handler says so
final class TcpConnections {
    private static final int FRAME_HEADER_BYTES = 2;

    private final ConcurrentHashMap<PeerAddress, Connection> byAddress = new ConcurrentHashMap<>();

    void opened(PeerAddress from, Channel channel) {
        byAddress.put(from, new Connection(channel));
    }

    void closed(PeerAddress from) {
        byAddress.remove(from);
    }

    /// Frames and queues one packet.
    void send(PeerAddress to, ByteBuffer packet, LoopCounters counters, long nowNanos) {
        Connection connection = byAddress.get(to);
        if (connection == null) {
            return;
        }
        int bytes = packet.remaining();
        if (!connection.enqueue(nowNanos)) {
            counters.drop(DropReason.TCP_BACKLOG);
            return;
        }
        ByteBuf frame = connection.channel.alloc().directBuffer(FRAME_HEADER_BYTES + bytes);
        frame.writeShort(bytes).writeBytes(packet);
        counters.increment(Counter.DATAGRAMS_OUT);
        counters.add(Counter.BYTES_OUT, bytes);
        connection.channel.writeAndFlush(frame).addListener(connection.onWritten);
    }

    /// How long the oldest frame that the kernel has not taken has been waiting; 0 while there is none.
    long backlogNanos(PeerAddress to, long nowNanos) {
        Connection connection = byAddress.get(to);
        return connection == null ? 0 : connection.backlogNanos(nowNanos);
    }

    void close(PeerAddress address) {
        Connection connection = byAddress.remove(address);
        if (connection != null) {
            connection.channel.close();
        }
    }

    /// One connection, and when each of the frames that wait on it was queued: frames leave in order, so two counts
    /// tell which is the oldest.
    private static final class Connection {
        /// More than the largest key frame has packets: about 1.3 MB.
        private static final int MAX_WAITING = 1024;

        private final Channel channel;
        private final long[] queuedAtNanos = new long[MAX_WAITING];
        /// By the sending loop.
        private long queued;
        /// By the connection's event loop; frames that failed count as well.
        private final AtomicLong written = new AtomicLong();

        private final GenericFutureListener<Future<Void>> onWritten = done -> written.incrementAndGet();

        private Connection(Channel channel) {
            this.channel = channel;
        }

        private boolean enqueue(long nowNanos) {
            if (queued - written.get() >= MAX_WAITING) {
                return false;
            }
            queuedAtNanos[(int) (queued++ % MAX_WAITING)] = nowNanos;
            return true;
        }

        private long backlogNanos(long nowNanos) {
            long oldest = written.get();
            return oldest >= queued ? 0 : Math.max(0, nowNanos - queuedAtNanos[(int) (oldest % MAX_WAITING)]);
        }
    }
}
