package live.strait.loadtest.socket;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The system calls of this package. What fails gives minus the errno, or an IOException where the socket is of no
/// use without it. For one thread, as errno has one place.
@SuppressWarnings("restricted") // this package is where the load test calls foreign functions
final class LinuxCalls {
    static final int EAGAIN = 11;
    private static final short AF_INET6 = 10;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final VarHandle ERRNO_VALUE = Linker.Option.captureStateLayout()
            .varHandle(MemoryLayout.PathElement.groupElement("errno"))
            .withInvokeExactBehavior();

    private static final MethodHandle SOCKET = call("socket", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle BIND = call("bind", JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle GETSOCKNAME = call("getsockname", JAVA_INT, ADDRESS, ADDRESS);
    private static final MethodHandle SETSOCKOPT = call("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle CLOSE = call("close", JAVA_INT);
    private static final MethodHandle EPOLL_CREATE = call("epoll_create1", JAVA_INT);
    private static final MethodHandle EPOLL_CTL = call("epoll_ctl", JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle EPOLL_WAIT = call("epoll_wait", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    private static final MethodHandle EVENTFD = call("eventfd", JAVA_INT, JAVA_INT);
    private static final MethodHandle EVENTFD_READ = call("eventfd_read", JAVA_INT, ADDRESS);
    private static final MethodHandle EVENTFD_WRITE = call("eventfd_write", JAVA_INT, JAVA_LONG);
    private static final MethodHandle CLOCK_GETTIME = call("clock_gettime", JAVA_INT, ADDRESS);
    private static final MethodHandle RECVMMSG = call("recvmmsg", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    private static final MethodHandle SENDTO = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("sendto"),
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT),
            ERRNO);

    private static final MethodHandle SENDMSG = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("sendmsg"),
            FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT),
            ERRNO);

    private final MemorySegment state;

    /// @param arena whose memory lives as long as this
    LinuxCalls(Arena arena) {
        state = arena.allocate(Linker.Option.captureStateLayout());
    }

    private static MethodHandle call(String name, MemoryLayout... parameters) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(JAVA_INT, parameters), ERRNO);
    }

    int socket(int domain, int type) throws IOException {
        try {
            return checked("socket", (int) SOCKET.invokeExact(state, domain, type, 0));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    private void bind(int descriptor, MemorySegment name) throws IOException {
        try {
            checked("bind", (int) BIND.invokeExact(state, descriptor, name, (int) name.byteSize()));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /// Binds a socket of IPv6 to all addresses, and tells the port that it got.
    ///
    /// @param scratch of 36 bytes at least
    int bindToFreePort(int descriptor, MemorySegment scratch) throws IOException {
        MemorySegment name = scratch.asSlice(0, SocketName.BYTES);
        name.fill((byte) 0);
        name.set(ValueLayout.JAVA_SHORT, 0, AF_INET6);
        bind(descriptor, name);
        MemorySegment length = scratch.asSlice(32, Integer.BYTES);
        length.set(JAVA_INT, 0, SocketName.BYTES);
        getsockname(descriptor, name, length);
        return SocketName.port(name);
    }

    private void getsockname(int descriptor, MemorySegment name, MemorySegment length) throws IOException {
        try {
            checked("getsockname", (int) GETSOCKNAME.invokeExact(state, descriptor, name, length));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /// Sets an option of the size of an int; minus the errno where that does not exist.
    int setsockopt(int descriptor, int level, int name, MemorySegment value) throws IOException {
        try {
            return result((int) SETSOCKOPT.invokeExact(state, descriptor, level, name, value, Integer.BYTES));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    void close(int descriptor) {
        try {
            int closed = (int) CLOSE.invokeExact(state, descriptor);
            assert closed == 0 : "a descriptor is closed once";
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    int epollCreate() throws IOException {
        try {
            return checked("epoll_create1", (int) EPOLL_CREATE.invokeExact(state, 0));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    void epollCtl(int epoll, int operation, int descriptor, MemorySegment event) throws IOException {
        try {
            checked("epoll_ctl", (int) EPOLL_CTL.invokeExact(state, epoll, operation, descriptor, event));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    int epollWait(int epoll, MemorySegment events, int count, int waitMillis) throws IOException {
        try {
            return result((int) EPOLL_WAIT.invokeExact(state, epoll, events, count, waitMillis));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    int eventfd(int flags) throws IOException {
        try {
            return checked("eventfd", (int) EVENTFD.invokeExact(state, 0, flags));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    void eventfdRead(int descriptor, MemorySegment value) throws IOException {
        try {
            int read = (int) EVENTFD_READ.invokeExact(state, descriptor, value);
            assert read == 0 || errno() == EAGAIN : errno();
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    /// From any thread: the state is its own.
    static void eventfdWrite(int descriptor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment own = arena.allocate(Linker.Option.captureStateLayout());
            int written = (int) EVENTFD_WRITE.invokeExact(own, descriptor, 1L);
            assert written == 0;
        } catch (Throwable e) {
            throw new IllegalStateException("eventfd_write cannot be called", e);
        }
    }

    void clockGettime(int clock, MemorySegment time) throws IOException {
        try {
            checked("clock_gettime", (int) CLOCK_GETTIME.invokeExact(state, clock, time));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    int recvmmsg(int descriptor, MemorySegment messages, int count, int flags) throws IOException {
        try {
            return result((int) RECVMMSG.invokeExact(state, descriptor, messages, count, flags, MemorySegment.NULL));
        } catch (Throwable e) {
            throw failed(e);
        }
    }

    int sendto(int descriptor, MemorySegment bytes, long length, MemorySegment name) {
        try {
            return result(
                    (int) (long) SENDTO.invokeExact(state, descriptor, bytes, length, 0, name, (int) name.byteSize()));
        } catch (Throwable e) {
            throw new IllegalStateException("sendto cannot be called", e);
        }
    }

    int sendmsg(int descriptor, MemorySegment header) {
        try {
            return result((int) (long) SENDMSG.invokeExact(state, descriptor, header, 0));
        } catch (Throwable e) {
            throw new IllegalStateException("sendmsg cannot be called", e);
        }
    }

    private int result(int value) {
        return value >= 0 ? value : -errno();
    }

    private int checked(String call, int value) throws IOException {
        if (value < 0) {
            throw new IOException(call + " failed: errno " + errno());
        }
        return value;
    }

    private static IOException failed(Throwable cause) {
        return cause instanceof IOException e ? e : new IOException("a system call cannot be made", cause);
    }

    private int errno() {
        return (int) ERRNO_VALUE.get(state, 0L);
    }
}
