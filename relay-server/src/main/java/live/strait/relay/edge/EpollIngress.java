package live.strait.relay.edge;

import io.netty.channel.IoEvent;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.unix.FileDescriptor;
import io.netty.util.concurrent.Future;
import java.nio.ByteBuffer;
import live.strait.relay.egress.SocketWatch;
import live.strait.relay.ingress.BatchIngress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads a loop's socket on the loop's thread, whenever Netty's epoll says that it has something: one batch with
/// each word, so that timers and the mailbox get their turn in between.
///
/// What epoll watches is the socket's [SocketWatch], which is reported as long as something is left
/// (level-triggered). Both stay their owner's, who cancels the registration before closing them.
final class EpollIngress implements EpollIoHandle {
    private static final Logger log = LoggerFactory.getLogger(EpollIngress.class);

    private final FileDescriptor watched;
    private final FileDescriptor descriptor;
    private final BatchIngress socket;
    private final LoopInput input;
    private final ArrivalClock clock;

    private EpollIngress(FileDescriptor descriptor, SocketWatch watch, LoopInput input) {
        this.watched = new FileDescriptor(watch.descriptor());
        this.descriptor = descriptor;
        this.input = input;
        socket = new BatchIngress(descriptor.intValue(), LoopInput.DATAGRAM_BYTES);
        clock = new ArrivalClock(System::nanoTime, socket::realTimeNanos);
    }

    /// Begins to read.
    static IoRegistration register(FileDescriptor descriptor, SocketWatch watch, IoEventLoop loop, LoopInput input) {
        Future<IoRegistration> registered =
                loop.register(new EpollIngress(descriptor, watch, input)).syncUninterruptibly();
        registered.getNow().submit(EpollIoOps.EPOLLIN);
        return registered.getNow();
    }

    @Override
    public FileDescriptor fd() {
        return watched;
    }

    @Override
    public void handle(IoRegistration registration, IoEvent event) {
        int count = socket.receive();
        if (count < 0) {
            log.debug("receiving on {}: errno {}", descriptor, -count);
        } else if (count > 0) {
            input.begin(clock.read());
            for (int i = 0; i < count; i++) {
                ByteBuffer datagram = socket.bytes(i);
                if (input.accepts(datagram)) {
                    input.take(datagram, socket.from(i), clock.arrivalNanos(socket.kernelNanos(i)));
                }
            }
            input.end();
        }
    }

    @Override
    public void close() {
        // The socket is its owner's.
    }
}
