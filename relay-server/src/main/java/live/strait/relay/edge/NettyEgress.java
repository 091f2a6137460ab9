package live.strait.relay.edge;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DatagramPacket;
import io.netty.channel.unix.Errors;
import io.netty.channel.unix.SegmentedDatagramPacket;
import java.nio.ByteBuffer;
import live.strait.protocol.crypto.NativeMemory;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.egress.Egress;
import live.strait.relay.observe.LoopCounters;
import live.strait.relay.observe.LoopCounters.Counter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The portable way out: Netty's epoll channel, which turns what a batch wrote into one sendmmsg at the flush.
///
/// Packets in a row to one peer, all of one size but the last, which may be shorter, stand behind each other in a
/// pooled buffer and leave as one segmented packet (UDP_SEGMENT) where the kernel knows that. A burst for many
/// viewers goes out in batches of [#BATCH] packets, so that the first viewer does not wait for the last one's
/// packets to be sealed. While the socket is full, what is committed is dropped and counted: a queue here would
/// only make packets late.
@SuppressWarnings("FutureReturnValueIgnored") // a datagram that the kernel refuses is lost like any other
final class NettyEgress implements Egress {
    /// Packets per sendmmsg, but for what the last run has more.
    static final int BATCH = 64;

    private static final Logger log = LoggerFactory.getLogger(NettyEgress.class);
    private static final int SEGMENTS = 16;
    /// As Linux numbers errors, and Netty negates them.
    private static final int EIO = -5;

    private static final int EINVAL = -22;
    /// A whole run, and the packet that turns out to be the next run's first.
    private static final int RUN_BYTES = (SEGMENTS + 1) * DATAGRAM_BYTES;

    private static final int CHUNK_BYTES = 4 * RUN_BYTES;

    private final Channel channel;
    private final LoopCounters counters;
    private boolean segmentation = true;
    private ByteBuf chunk = ByteBufAllocator.DEFAULT.directBuffer(CHUNK_BYTES, CHUNK_BYTES);
    private @Nullable ByteBuffer window;
    /// In the chunk: where the run begins, where it ends and the claimed packet begins.
    private int runFrom;
    private int runEnd;
    private @Nullable PeerAddress runTo;
    private int runSegmentBytes;
    private int runPackets;
    private boolean runMayGrow;
    private int unflushed;

    NettyEgress(Channel channel, LoopCounters counters) {
        this.channel = channel;
        this.counters = counters;
    }

    @Override
    public ByteBuffer claim() {
        ByteBuffer bytes = window;
        if (bytes == null) {
            bytes = chunk.internalNioBuffer(runEnd, DATAGRAM_BYTES).slice();
            window = bytes;
        }
        return bytes.clear();
    }

    @Override
    public @Nullable NativeMemory memory() {
        return null;
    }

    @Override
    public int claimedAt() {
        throw new UnsupportedOperationException("there is no memory of all buffers");
    }

    @Override
    public void commit(PeerAddress to) {
        ByteBuffer packet = window;
        if (packet == null) {
            throw new IllegalStateException("commit without claim");
        }
        window = null;
        int bytes = packet.remaining();
        if (continuesRun(to, packet)) {
            runPackets++;
            runMayGrow = bytes == runSegmentBytes;
        } else {
            writeRun();
            if (runEnd + RUN_BYTES > CHUNK_BYTES) {
                beginChunk(packet);
            }
            runFrom = runEnd + packet.position();
            runTo = to;
            runSegmentBytes = bytes;
            runPackets = 1;
            runMayGrow = segmentation;
        }
        runEnd += packet.limit();
    }

    @Override
    public int know(PeerAddress to) {
        return NOWHERE;
    }

    @Override
    public void forget(int destination) {
        throw new UnsupportedOperationException("no destination is known");
    }

    @Override
    public void commit(int destination) {
        throw new UnsupportedOperationException("no destination is known");
    }

    @Override
    public void flush() {
        writeRun();
        if (unflushed > 0) {
            unflushed = 0;
            channel.flush();
        }
    }

    @Override
    public long backlogNanos(PeerAddress to, long nowNanos) {
        return 0;
    }

    @SuppressWarnings("ReferenceEquality") // a session uses one object for its path; others only cost a shorter run
    private boolean continuesRun(PeerAddress to, ByteBuffer packet) {
        return to == runTo
                && runMayGrow
                && packet.position() == 0
                && packet.remaining() <= runSegmentBytes
                && runPackets < SEGMENTS;
    }

    /// Takes a new buffer, and the packet that was written into the old one.
    private void beginChunk(ByteBuffer packet) {
        ByteBuf next = ByteBufAllocator.DEFAULT.directBuffer(CHUNK_BYTES, CHUNK_BYTES);
        next.setBytes(packet.position(), packet.duplicate());
        chunk.release(); // what was written of it holds it until the kernel has it
        chunk = next;
        runEnd = 0;
    }

    private void writeRun() {
        PeerAddress to = runTo;
        if (to == null) {
            return;
        }
        runTo = null;
        if (!channel.isWritable()) {
            for (int i = 0; i < runPackets; i++) {
                counters.drop(DropReason.SEND_BUFFER_FULL);
            }
            return;
        }
        counters.increment(Counter.EGRESS_MESSAGES);
        counters.add(Counter.DATAGRAMS_OUT, runPackets);
        counters.add(Counter.BYTES_OUT, runEnd - runFrom);
        ByteBuf run = chunk.retainedSlice(runFrom, runEnd - runFrom);
        if (runPackets == 1) {
            channel.write(new DatagramPacket(run, to.socket()), channel.voidPromise());
        } else {
            channel.write(new SegmentedDatagramPacket(run, runSegmentBytes, to.socket()))
                    .addListener((ChannelFuture done) -> onSegmentsWritten(done.cause()));
        }
        unflushed += runPackets;
        if (unflushed >= BATCH) {
            unflushed = 0;
            channel.flush();
        }
    }

    /// Which packets of a run could have gone by themselves Netty does not say; the peers ask for them again.
    private void onSegmentsWritten(@Nullable Throwable cause) {
        if (segmentation && concernsSegmentation(cause)) {
            segmentation = false;
            log.warn("UDP segmentation is refused: from now on each packet is sent by itself", cause);
        }
    }

    private static boolean concernsSegmentation(@Nullable Throwable cause) {
        return switch (cause) {
            case UnsupportedOperationException _ -> true;
            case Errors.NativeIoException refused -> refused.expectedErr() == EINVAL || refused.expectedErr() == EIO;
            case null, default -> false;
        };
    }
}
