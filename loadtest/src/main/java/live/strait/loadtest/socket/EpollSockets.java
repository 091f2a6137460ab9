package live.strait.loadtest.socket;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Sockets of Linux, by foreign functions: runs are received whole, with the kernel's own time of arrival.
///
/// A descriptor is its socket's index. One call of `recvmmsg` per socket that has something; what it leaves is
/// reported again by the next wait.
public final class EpollSockets implements PeerSockets {
    private static final Logger LOG = LoggerFactory.getLogger(EpollSockets.class);
    static final int AF_INET6 = 10;
    /// SOCK_DGRAM, SOCK_NONBLOCK, SOCK_CLOEXEC.
    static final int NON_BLOCKING_DATAGRAMS = 2 | 0x800 | 0x80000;

    static final int SO_RCVBUF = 8;
    static final int IPPROTO_IPV6 = ReceivedMessages.IPPROTO_IPV6;
    static final int IPV6_V6ONLY = 26;
    private static final int EFD_NONBLOCK = 0x800;
    private static final int EPOLLIN = 1;
    private static final int EPOLL_CTL_ADD = 1;
    static final int MSG_DONTWAIT = 0x40;

    /// So few that tasks, a viewer's click among them, do not wait until a whole crowd has read its key frame.
    private static final int EVENTS = 16;

    /// A peer rarely has more waiting; what is left is reported again.
    private static final int MESSAGES = 8;

    private static final int MOST_DATAGRAM_BYTES = 2048;
    private static final int SOCKET_BUFFER_BYTES = 1 << 20;
    /// `struct epoll_event` is packed on x86-64 alone.
    private static final int EVENT_DATA = System.getProperty("os.arch").equals("amd64") ? 4 : 8;

    private static final int EVENT_BYTES = EVENT_DATA + 8;

    private final Arena arena = Arena.ofShared();
    private final LinuxCalls calls = new LinuxCalls(arena);
    private final ReceivedMessages received = new ReceivedMessages(arena, MESSAGES);
    private final MemorySegment events = arena.allocate((long) EVENTS * EVENT_BYTES, 8);
    private final MemorySegment scratch = arena.allocate(64, 8);
    private final MemorySegment outgoing = arena.allocate(MOST_DATAGRAM_BYTES, 64);
    private final ByteBuffer outgoingBytes = outgoing.asByteBuffer();
    private final KernelClock clock;
    private final int epoll;
    private final int waker;
    private @Nullable EpollSocket[] sockets = new EpollSocket[64];

    public EpollSockets() throws IOException {
        epoll = calls.epollCreate();
        waker = calls.eventfd(EFD_NONBLOCK);
        watch(waker);
        clock = new KernelClock(calls, scratch);
    }

    /// Whether the structures of this package are laid out as this system's kernel wants them.
    public static boolean isSupported() {
        return "Linux".equals(System.getProperty("os.name"))
                && ValueLayout.ADDRESS.byteSize() == Long.BYTES
                && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    }

    @Override
    public PeerSocket bind(Receiver receiver) throws IOException {
        int descriptor = calls.socket(AF_INET6, NON_BLOCKING_DATAGRAMS);
        try {
            set(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, 0);
            set(descriptor, ReceivedMessages.SOL_SOCKET, SO_RCVBUF, SOCKET_BUFFER_BYTES);
            set(descriptor, ReceivedMessages.SOL_SOCKET, ReceivedMessages.SO_TIMESTAMPNS, 1);
            set(descriptor, ReceivedMessages.SOL_UDP, ReceivedMessages.UDP_GRO, 1);
            EpollSocket opened = new EpollSocket(descriptor, calls.bindToFreePort(descriptor, scratch), receiver);
            watch(descriptor);
            if (descriptor >= sockets.length) {
                sockets = Arrays.copyOf(sockets, Math.max(descriptor + 1, 2 * sockets.length));
            }
            sockets[descriptor] = opened;
            return opened;
        } catch (IOException e) {
            calls.close(descriptor);
            throw e;
        }
    }

    @Override
    public boolean poll(long waitMillis) throws IOException {
        int count = calls.epollWait(epoll, events, EVENTS, Math.toIntExact(waitMillis));
        clock.check();
        for (int i = 0; i < count; i++) {
            int descriptor = events.get(ValueLayout.JAVA_INT_UNALIGNED, (long) i * EVENT_BYTES + EVENT_DATA);
            if (descriptor == waker) {
                calls.eventfdRead(waker, scratch);
            } else if (sockets[descriptor] != null) {
                receive(sockets[descriptor]);
            }
        }
        return count > 0;
    }

    /// A number of a closed descriptor may be another one's by now.
    @Override
    public void wakeUp() {
        synchronized (arena) {
            if (arena.scope().isAlive()) {
                LinuxCalls.eventfdWrite(waker);
            }
        }
    }

    @Override
    public boolean seesMessages() {
        return true;
    }

    @Override
    public void close() {
        for (EpollSocket each : sockets) {
            if (each != null) {
                each.close();
            }
        }
        synchronized (arena) {
            calls.close(epoll);
            calls.close(waker);
            arena.close();
        }
    }

    private void receive(EpollSocket socket) throws IOException {
        int count = calls.recvmmsg(socket.descriptor, received.headers(), MESSAGES, MSG_DONTWAIT);
        for (int i = 0; i < count; i++) {
            received.read(i);
            InetSocketAddress from = received.sender(i);
            long arrivalNanos = clock.nanoTimeOf(received.kernelNanos());
            int length = received.length(i);
            int segmentBytes = received.segmentBytes();
            ByteBuffer bytes = received.bytes(i);
            received.prepare(i);
            for (int at = 0; at < length && socket.isOpen(); at += segmentBytes) {
                int end = Math.min(length, at + segmentBytes);
                // A view of its own would be an object for each; indices are absolute anyway.
                bytes.clear().position(at).limit(end);
                socket.receiver.receive(bytes, from, arrivalNanos, at == 0);
            }
        }
    }

    void set(int descriptor, int level, int option, int value) throws IOException {
        scratch.set(ValueLayout.JAVA_INT, 0, value);
        int result = calls.setsockopt(descriptor, level, option, scratch);
        if (result < 0) {
            LOG.debug("socket option {}/{} is not set: errno {}", level, option, -result);
        }
    }

    private void watch(int descriptor) throws IOException {
        MemorySegment event = scratch.asSlice(0, EVENT_BYTES);
        event.fill((byte) 0);
        event.set(ValueLayout.JAVA_INT_UNALIGNED, 0, EPOLLIN);
        event.set(ValueLayout.JAVA_INT_UNALIGNED, EVENT_DATA, descriptor);
        calls.epollCtl(epoll, EPOLL_CTL_ADD, descriptor, event);
    }

    /// One peer's socket.
    final class EpollSocket implements PeerSocket {
        final int descriptor;
        private final int port;
        private final Receiver receiver;
        private final MemorySegment to = arena.allocate(SocketName.BYTES, 8);
        private @Nullable InetSocketAddress lastTo;

        EpollSocket(int descriptor, int port, Receiver receiver) {
            this.descriptor = descriptor;
            this.port = port;
            this.receiver = receiver;
        }

        @Override
        public int localPort() {
            return port;
        }

        @Override
        public void send(ByteBuffer datagram, InetSocketAddress address) {
            if (!isOpen() || datagram.remaining() > MOST_DATAGRAM_BYTES) {
                return;
            }
            if (!address.equals(lastTo)) {
                SocketName.write(to, address);
                lastTo = address;
            }
            int length = datagram.remaining();
            outgoingBytes.put(0, datagram, datagram.position(), length);
            int sent = calls.sendto(descriptor, outgoing, length, to);
            if (sent < 0) {
                LOG.debug("sending to {}: errno {}", address, -sent);
            }
        }

        @Override
        public void close() {
            if (isOpen()) {
                sockets[descriptor] = null;
                calls.close(descriptor);
            }
        }

        private boolean isOpen() {
            return sockets[descriptor] == this;
        }
    }
}
