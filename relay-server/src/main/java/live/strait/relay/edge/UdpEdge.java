package live.strait.relay.edge;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.egress.Egress;
import live.strait.relay.loop.MediaLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One loop's UDP socket: a batch of datagrams in, one end of batch.
final class UdpEdge extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(UdpEdge.class);

    private static final int RECEIVE_BATCH = 32;
    private static final int RECEIVE_DATAGRAM_BYTES = 2048;
    /// Two batches: what the socket has not taken by then it does not take in time.
    private static final WriteBufferWaterMark UNSENT = new WriteBufferWaterMark(
            NettyEgress.BATCH * Egress.DATAGRAM_BYTES, 2 * NettyEgress.BATCH * Egress.DATAGRAM_BYTES);

    private static final IntegerUnixChannelOption IP_MTU_DISCOVER =
            new IntegerUnixChannelOption("IP_MTU_DISCOVER", 0, 10);
    private static final IntegerUnixChannelOption IPV6_MTU_DISCOVER =
            new IntegerUnixChannelOption("IPV6_MTU_DISCOVER", 41, 23);
    /// IP_PMTUDISC_PROBE: the don't-fragment bit is set, and what routers say of the path is not remembered. Our
    /// packets fit any path that carries WebRTC, and the kernel's way is about a tenth shorter.
    private static final int PROBE = 3;

    private final MediaLoop loop;
    private final DatagramRouter router;
    private final BurstAlarm alarm;
    private boolean inBatch;
    private long batchBeganNanos;

    UdpEdge(MediaLoop loop, DatagramRouter router, BurstAlarm alarm) {
        this.loop = loop;
        this.router = router;
        this.alarm = alarm;
    }

    /// Opens a loop's socket, which does not read yet.
    ///
    /// @throws IOException when the port is not to be had
    static EpollDatagramChannel bind(EventLoop eventLoop, InetSocketAddress bind, int socketBufferBytes)
            throws IOException {
        var future = new Bootstrap()
                .group(eventLoop)
                .channel(EpollDatagramChannel.class)
                .option(UnixChannelOption.SO_REUSEPORT, true)
                .option(ChannelOption.SO_RCVBUF, socketBufferBytes)
                .option(ChannelOption.SO_SNDBUF, socketBufferBytes)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, UNSENT)
                // Both are needed for recvmmsg: the size of one datagram, and room for a batch of them.
                .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, RECEIVE_DATAGRAM_BYTES)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(RECEIVE_DATAGRAM_BYTES * RECEIVE_BATCH))
                .option(ChannelOption.AUTO_READ, false)
                .handler(new ChannelInboundHandlerAdapter())
                .bind(bind)
                .awaitUninterruptibly();
        if (!future.isSuccess()) {
            throw new IOException("cannot receive media on UDP " + bind + ": "
                    + future.cause().getMessage());
        }
        EpollDatagramChannel channel = (EpollDatagramChannel) future.channel();
        probePath(channel, IP_MTU_DISCOVER);
        probePath(channel, IPV6_MTU_DISCOVER);
        return channel;
    }

    private static void probePath(EpollDatagramChannel channel, IntegerUnixChannelOption option) {
        try {
            channel.config().setOption(option, PROBE);
        } catch (ChannelException e) {
            log.debug("{} is not set: {}", option.name(), e.toString()); // a socket of IPv4 knows nothing of IPv6
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!inBatch) {
            inBatch = true;
            batchBeganNanos = System.nanoTime();
            loop.beginBatch(batchBeganNanos);
        }
        DatagramPacket datagram = (DatagramPacket) message;
        try {
            ByteBuf content = datagram.content();
            ByteBuffer bytes = content.internalNioBuffer(content.readerIndex(), content.readableBytes());
            router.route(bytes.slice(), PeerAddress.udp(datagram.sender()), batchBeganNanos);
        } finally {
            datagram.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (inBatch) {
            inBatch = false;
            loop.endBatch();
            alarm.look();
            loop.counters().batchTook(System.nanoTime() - batchBeganNanos);
        }
    }

    /// A socket error, such as an ICMP refusal reported on it: this concerns one datagram, never the socket.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("loop {}: {}", loop.index(), cause.toString());
    }
}
