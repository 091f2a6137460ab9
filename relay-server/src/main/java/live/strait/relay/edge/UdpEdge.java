package live.strait.relay.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.nio.ByteBuffer;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.loop.MediaLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One loop's UDP socket: a batch of datagrams in, one end of batch.
final class UdpEdge extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(UdpEdge.class);

    private final MediaLoop loop;
    private final DatagramRouter router;
    private boolean inBatch;
    private long batchBeganNanos;

    UdpEdge(MediaLoop loop, DatagramRouter router) {
        this.loop = loop;
        this.router = router;
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
            loop.counters().batchTook(System.nanoTime() - batchBeganNanos);
        }
    }

    /// A socket error, such as an ICMP refusal reported on it: this concerns one datagram, never the socket.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("loop {}: {}", loop.index(), cause.toString());
    }
}
