package live.strait.relay.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.observe.LoopCounters;
import live.strait.relay.observe.LoopCounters.Counter;
import org.junit.jupiter.api.Test;

/// Frames in front of a slow connection: their age is known, their number is bounded.
class TcpConnectionsTest {
    private static final PeerAddress PEER = PeerAddress.tcp(new InetSocketAddress("203.0.113.5", 5000));
    private static final long MILLI = 1_000_000;

    private final SlowKernel kernel = new SlowKernel();
    private final EmbeddedChannel channel = new EmbeddedChannel(kernel);
    private final TcpConnections connections = new TcpConnections();
    private final LoopCounters counters = new LoopCounters();

    TcpConnectionsTest() {
        connections.opened(PEER, channel);
    }

    @Test
    void packetIsFramedByItsLength() {
        send(1, 10, 20, 30);
        kernel.take(1);
        ByteBuf frame = channel.readOutbound();
        assertThat(frame.readShort()).isEqualTo((short) 3);
        assertThat(frame.readByte()).isEqualTo((byte) 10);
        assertThat(counters.get(Counter.DATAGRAMS_OUT)).isEqualTo(1);
    }

    @Test
    void backlogIsAsOldAsItsOldestFrame() {
        assertThat(connections.backlogNanos(PEER, 50 * MILLI)).isZero();
        send(100 * MILLI, 1);
        send(150 * MILLI, 2);
        send(180 * MILLI, 3);
        assertThat(connections.backlogNanos(PEER, 200 * MILLI)).isEqualTo(100 * MILLI);
        kernel.take(1);
        assertThat(connections.backlogNanos(PEER, 200 * MILLI)).isEqualTo(50 * MILLI);
        kernel.take(2);
        assertThat(connections.backlogNanos(PEER, 900 * MILLI)).isZero();
    }

    @Test
    void backlogOfAConnectionThatIsGoneIsNone() {
        send(0, 1);
        connections.closed(PEER);
        assertThat(connections.backlogNanos(PEER, 900 * MILLI)).isZero();
        send(0, 1);
        assertThat(counters.get(Counter.DATAGRAMS_OUT)).isEqualTo(1);
    }

    @Test
    void frameThatFailsIsNotWaitedForAnyMore() {
        send(0, 1);
        kernel.fail();
        assertThat(connections.backlogNanos(PEER, 900 * MILLI)).isZero();
    }

    @Test
    void senderWhoDoesNotLookIsRefused() {
        for (int i = 0; i < 5_000; i++) {
            send(0, 1);
        }
        assertThat(counters.get(DropReason.TCP_BACKLOG)).isEqualTo(5_000 - 1_024);
        kernel.take(1_024);
        send(5, 1);
        assertThat(counters.get(DropReason.TCP_BACKLOG)).isEqualTo(5_000 - 1_024);
        assertThat(connections.backlogNanos(PEER, 7)).isEqualTo(2);
    }

    private void send(long atNanos, int... bytes) {
        ByteBuffer packet = ByteBuffer.allocate(bytes.length);
        for (int each : bytes) {
            packet.put((byte) each);
        }
        connections.send(PEER, packet.flip(), counters, atNanos);
    }

    /// Takes frames when it is told to.
    @SuppressWarnings("FutureReturnValueIgnored") // the promise is the test's own
    private static final class SlowKernel extends ChannelOutboundHandlerAdapter {
        private final Queue<Runnable> waiting = new ArrayDeque<>();
        private final Queue<ChannelPromise> promises = new ArrayDeque<>();

        @Override
        public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
            promises.add(promise);
            waiting.add(() -> context.writeAndFlush(message, promise));
        }

        private void take(int frames) {
            for (int i = 0; i < frames; i++) {
                promises.remove();
                waiting.remove().run();
            }
        }

        private void fail() {
            waiting.remove();
            promises.remove().setFailure(new java.io.IOException("reset by peer"));
        }
    }
}
