package live.strait.relay.edge;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.unix.IntegerUnixChannelOption;
import io.netty.channel.unix.UnixChannelOption;
import java.io.IOException;
import java.net.InetSocketAddress;
import live.strait.relay.egress.BatchEgress;
import live.strait.relay.egress.Egress;
import live.strait.relay.egress.EgressOptions;
import live.strait.relay.egress.SocketWatch;
import live.strait.relay.ingress.BatchIngress;
import live.strait.relay.observe.LoopCounters;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One loop's UDP socket, and the way of datagrams through it.
///
/// Netty opens it either way. By the batch way the channel then leaves the event loop, which watches the bare
/// descriptor instead: nobody but we read and write on it, until it is closed.
final class UdpEdge implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(UdpEdge.class);

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

    /// The kernel says of each datagram when it came in.
    private static final IntegerUnixChannelOption SO_TIMESTAMPNS =
            new IntegerUnixChannelOption("SO_TIMESTAMPNS", 1, 35);

    private final IoEventLoop eventLoop;
    private final EpollDatagramChannel channel;
    /// Null where the channel reads and writes.
    private final @Nullable SocketWatch watch;

    private @Nullable IoRegistration reading;

    /// Opens the socket, which is not read yet.
    ///
    /// @throws IOException when the port or the way is not to be had
    UdpEdge(UdpWay way, IoEventLoop eventLoop, InetSocketAddress bind, int socketBufferBytes) throws IOException {
        boolean isBatch = way.isBatch();
        this.eventLoop = eventLoop;
        channel = bind(eventLoop, bind, socketBufferBytes);
        trySet(IP_MTU_DISCOVER, PROBE);
        trySet(IPV6_MTU_DISCOVER, PROBE);
        if (isBatch) {
            trySet(SO_TIMESTAMPNS, 1);
            channel.deregister().syncUninterruptibly();
        }
        watch = isBatch ? watch(channel) : null;
    }

    /// The socket's way out; to be used by the loop.
    Egress egress(LoopCounters counters) throws IOException {
        return watch != null
                ? BatchEgress.over(watch, counters, EgressOptions.DEFAULTS, System::nanoTime)
                : new NettyEgress(channel, counters);
    }

    /// Begins to read, on the loop.
    void readInto(LoopInput input) {
        if (watch != null) {
            reading = EpollIngress.register(channel.fd(), watch, eventLoop, input);
        } else {
            channel.pipeline().addLast(new NettyIngress(input));
            channel.config().setAutoRead(true);
        }
    }

    InetSocketAddress address() {
        return channel.localAddress();
    }

    @Override
    public void close() {
        IoRegistration registration = reading;
        if (registration != null) {
            registration.cancel(); // on the loop, before the channel closes there
        }
        channel.close().syncUninterruptibly();
        if (watch != null) {
            eventLoop.submit(watch::close).syncUninterruptibly();
        }
    }

    private static EpollDatagramChannel bind(IoEventLoop eventLoop, InetSocketAddress bind, int socketBufferBytes)
            throws IOException {
        var future = new Bootstrap()
                .group(eventLoop)
                .channel(EpollDatagramChannel.class)
                .option(UnixChannelOption.SO_REUSEPORT, true)
                .option(ChannelOption.SO_RCVBUF, socketBufferBytes)
                .option(ChannelOption.SO_SNDBUF, socketBufferBytes)
                .option(ChannelOption.WRITE_BUFFER_WATER_MARK, UNSENT)
                // Both are needed for Netty's recvmmsg: the size of one datagram, and room for a batch of them.
                .option(EpollChannelOption.MAX_DATAGRAM_PAYLOAD_SIZE, LoopInput.DATAGRAM_BYTES)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new FixedRecvByteBufAllocator(LoopInput.DATAGRAM_BYTES * BatchIngress.BATCH))
                .option(ChannelOption.AUTO_READ, false)
                .handler(new ChannelInboundHandlerAdapter())
                .bind(bind)
                .awaitUninterruptibly();
        if (!future.isSuccess()) {
            throw new IOException("cannot receive media on UDP " + bind + ": "
                    + future.cause().getMessage());
        }
        return (EpollDatagramChannel) future.channel();
    }

    private static SocketWatch watch(EpollDatagramChannel channel) throws IOException {
        try {
            return new SocketWatch(channel.fd().intValue());
        } catch (IOException e) {
            channel.close().syncUninterruptibly();
            throw e;
        }
    }

    private void trySet(IntegerUnixChannelOption option, int value) {
        try {
            channel.config().setOption(option, value);
        } catch (ChannelException e) {
            log.debug("{} is not set: {}", option.name(), e.toString()); // a socket of IPv4 knows nothing of IPv6
        }
    }
}
