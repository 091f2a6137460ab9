package live.strait.relay.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.observe.LoopCounters;
import live.strait.relay.observe.LoopCounters.Counter;
import org.jspecify.annotations.Nullable;

/// The accepted ICE-TCP connections by remote address, and the framed way out on them (RFC 4571).
///
/// A connection keeps its own event loop; Netty carries writes over. What waits in user space is bounded in time:
/// beyond it a frame is refused, and the viewer's media stops until its next key frame.
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
    void send(PeerAddress to, ByteBuffer packet, LoopCounters counters) {
        Connection connection = byAddress.get(to);
        if (connection == null) {
            return;
        }
        Channel channel = connection.channel;
        int bytes = packet.remaining();
        if (!channel.isWritable()) {
            counters.drop(DropReason.TCP_BACKLOG);
            return;
        }
        ByteBuf frame = channel.alloc().directBuffer(FRAME_HEADER_BYTES + bytes);
        frame.writeShort(bytes).writeBytes(packet);
        counters.increment(Counter.DATAGRAMS_OUT);
        counters.add(Counter.BYTES_OUT, bytes);
        channel.writeAndFlush(frame, channel.voidPromise());
    }

    /// How long this connection has refused to take more, as its unwritable time; 0 while it takes.
    long backlogNanos(PeerAddress to, long nowNanos) {
        Connection connection = byAddress.get(to);
        return connection == null ? 0 : connection.backlogNanos(nowNanos);
    }

    void writabilityChanged(PeerAddress of, boolean writable, long nowNanos) {
        Connection connection = byAddress.get(of);
        if (connection != null) {
            connection.blockedSinceNanos = writable ? Connection.NOT_BLOCKED : nowNanos;
        }
    }

    void close(PeerAddress address) {
        Connection connection = byAddress.remove(address);
        if (connection != null) {
            connection.channel.close();
        }
    }

    private static final class Connection {
        private static final long NOT_BLOCKED = Long.MIN_VALUE;

        private final Channel channel;
        private volatile long blockedSinceNanos = NOT_BLOCKED;

        private Connection(Channel channel) {
            this.channel = channel;
        }

        private long backlogNanos(long nowNanos) {
            long since = blockedSinceNanos;
            return since == NOT_BLOCKED ? 0 : Math.max(0, nowNanos - since);
        }
    }

    /// The connection of `from`, for tests and tear-down.
    @Nullable
    Channel channel(PeerAddress from) {
        Connection connection = byAddress.get(from);
        return connection == null ? null : connection.channel;
    }
}
