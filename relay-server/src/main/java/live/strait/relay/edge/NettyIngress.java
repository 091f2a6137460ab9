package live.strait.relay.edge;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.nio.ByteBuffer;
import live.strait.protocol.ice.PeerAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The portable way in: what Netty's channel reads at once is a batch.
///
/// It has no receive times of the kernel: a datagram arrives when its batch begins.
final class NettyIngress extends ChannelInboundHandlerAdapter {
    private static final Logger log = LoggerFactory.getLogger(NettyIngress.class);

    private final LoopInput input;
    private boolean inBatch;
    private long batchBeganNanos;

    NettyIngress(LoopInput input) {
        this.input = input;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (!inBatch) {
            inBatch = true;
            batchBeganNanos = System.nanoTime();
            input.begin(batchBeganNanos);
        }
        DatagramPacket datagram = (DatagramPacket) message;
        try {
            ByteBuf content = datagram.content();
            ByteBuffer bytes = content.internalNioBuffer(content.readerIndex(), content.readableBytes())
                    .slice();
            if (input.accepts(bytes)) {
                input.take(bytes, PeerAddress.udp(datagram.sender()), batchBeganNanos);
            }
        } finally {
            datagram.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (inBatch) {
            inBatch = false;
            input.end();
        }
    }

    /// A socket error, such as an ICMP refusal reported on it: this concerns one datagram, never the socket.
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        log.debug("{}: {}", context.channel(), cause.toString());
    }
}
