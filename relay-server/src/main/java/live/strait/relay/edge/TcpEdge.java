package live.strait.relay.edge;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.loop.MediaLoop;
import org.jspecify.annotations.Nullable;

/// The ICE-TCP listener (RFC 6544 passive, RFC 4571 framing): each frame is a datagram to all that stands behind
/// it.
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for a connection to be closed
final class TcpEdge implements AutoCloseable {
    /// What the kernel may hold unsent before it stops taking more: what is beyond waits where its age is known.
    private static final int NOT_SENT_LOW_WATER_BYTES = 16 << 10;
    private static final int MAX_FRAME_BYTES = 2048;
    /// A connection from which nothing comes for so long is not a peer's: peers check every few seconds.
    private static final int IDLE_SECONDS = 15;

    private final Channel server;
    private volatile @Nullable Acceptor acceptor;
    private final TcpConnections connections;

    TcpEdge(InetSocketAddress bind, EventLoopGroup group, TcpConnections connections) throws IOException {
        this.connections = connections;
        var future = new ServerBootstrap()
                .group(group)
                .channel(EpollServerSocketChannel.class)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(EpollChannelOption.TCP_NOTSENT_LOWAT, (long) NOT_SENT_LOW_WATER_BYTES)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        Acceptor current = acceptor;
                        if (current == null) {
                            channel.close();
                        } else {
                            current.accept(channel);
                        }
                    }
                })
                .bind(bind)
                .awaitUninterruptibly();
        if (!future.isSuccess()) {
            throw new IOException(
                    "media port %d is taken (%s): another node runs there; stop it or set media.port to a free one"
                            .formatted(bind.getPort(), future.cause().getMessage()),
                    future.cause());
        }
        server = future.channel();
    }

    int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    /// Starts to serve connections; before, and when ICE-TCP is switched off, they are closed at once.
    void accept(List<MediaLoop> loops, List<DatagramRouter> routers) {
        acceptor = new Acceptor(List.copyOf(loops), List.copyOf(routers));
    }

    @Override
    public void close() {
        server.close().syncUninterruptibly();
    }

    /// Gives each connection a loop to route its frames on.
    private final class Acceptor {
        private final List<MediaLoop> loops;
        private final List<DatagramRouter> routers;
        private final AtomicInteger next = new AtomicInteger();

        private Acceptor(List<MediaLoop> loops, List<DatagramRouter> routers) {
            this.loops = loops;
            this.routers = routers;
        }

        private void accept(Channel channel) {
            int turn = Math.floorMod(next.getAndIncrement(), loops.size());
            channel.pipeline()
                    .addLast(new IdleStateHandler(IDLE_SECONDS, 0, 0))
                    .addLast(new LengthFieldBasedFrameDecoder(MAX_FRAME_BYTES, 0, 2, 0, 2))
                    .addLast(new FrameHandler(loops.get(turn), routers.get(turn)));
        }
    }

    /// Hands one connection's frames to the router of one loop.
    private final class FrameHandler extends ChannelInboundHandlerAdapter {
        private final MediaLoop loop;
        private final DatagramRouter router;
        private @Nullable PeerAddress from;

        private FrameHandler(MediaLoop loop, DatagramRouter router) {
            this.loop = loop;
            this.router = router;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            PeerAddress address =
                    PeerAddress.tcp((InetSocketAddress) context.channel().remoteAddress());
            from = address;
            connections.opened(address, context.channel());
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf frame = (ByteBuf) message;
            PeerAddress address = from;
            try {
                if (address != null) {
                    // The connection's event loop need not be the router's: hand the bytes over to it.
                    ByteBuffer copy = ByteBuffer.allocate(frame.readableBytes());
                    frame.readBytes(copy);
                    copy.flip();
                    loop.postMedia(now -> {
                        if (router.accepts(copy)) {
                            router.route(copy, address, now, now);
                        }
                    });
                }
            } finally {
                frame.release();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            PeerAddress address = from;
            if (address != null) {
                connections.closed(address);
                loop.post(now -> router.connectionClosed(address));
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            context.close();
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
