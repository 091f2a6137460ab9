package live.strait.relay.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.socket.DatagramPacket;
import java.nio.ByteBuffer;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.egress.Egress;
import live.strait.relay.observe.LoopCounters;
import live.strait.relay.observe.LoopCounters.Counter;
import org.jspecify.annotations.Nullable;

/// The portable way out: Netty's epoll channel, which turns what a batch wrote into one sendmmsg at the flush.
///
/// Buffers come from Netty's pool and go back when the kernel has them. A burst for many viewers goes out in
/// batches of [#BATCH], so that the first viewer does not wait for the last one's packets to be sealed. While the
/// socket is full, what is committed is dropped and counted: a queue here would only make packets late.
@SuppressWarnings("FutureReturnValueIgnored") // a datagram that the kernel refuses is lost like any other
final class NettyEgress implements Egress {
    /// Datagrams per sendmmsg; more of them gain nothing.
    static final int BATCH = 64;

    private final Channel channel;
    private final LoopCounters counters;
    private final TcpConnections connections;
    private @Nullable ByteBuf claimed;
    private @Nullable ByteBuffer window;
    private int unflushed;

    NettyEgress(Channel channel, LoopCounters counters, TcpConnections connections) {
        this.channel = channel;
        this.counters = counters;
        this.connections = connections;
    }

    @Override
    public ByteBuffer claim() {
        ByteBuffer bytes = window;
        if (bytes == null) {
            ByteBuf buffer = ByteBufAllocator.DEFAULT.directBuffer(DATAGRAM_BYTES, DATAGRAM_BYTES);
            claimed = buffer;
            bytes = buffer.internalNioBuffer(0, DATAGRAM_BYTES).slice();
            window = bytes;
        }
        return bytes.clear();
    }

    @Override
    public void commit(PeerAddress to) {
        ByteBuf buffer = claimed;
        ByteBuffer bytes = window;
        if (buffer == null || bytes == null) {
            throw new IllegalStateException("commit without claim");
        }
        if (to.transport() == PeerAddress.Transport.TCP) {
            connections.send(to, bytes, counters, System.nanoTime());
            return;
        }
        if (!channel.isWritable()) {
            counters.drop(DropReason.SEND_BUFFER_FULL);
            return;
        }
        claimed = null;
        window = null;
        buffer.setIndex(bytes.position(), bytes.limit());
        counters.increment(Counter.DATAGRAMS_OUT);
        counters.add(Counter.BYTES_OUT, bytes.remaining());
        channel.write(new DatagramPacket(buffer, to.socket()), channel.voidPromise());
        unflushed++;
        if (unflushed == BATCH) {
            flush();
        }
    }

    @Override
    public void flush() {
        if (unflushed > 0) {
            unflushed = 0;
            channel.flush();
        }
    }

    @Override
    public long backlogNanos(PeerAddress to, long nowNanos) {
        return to.transport() == PeerAddress.Transport.TCP ? connections.backlogNanos(to, nowNanos) : 0;
    }

    /// Gives back the buffer that was claimed last and never sent.
    void close() {
        ByteBuf buffer = claimed;
        if (buffer != null) {
            buffer.release();
            claimed = null;
            window = null;
        }
    }
}
