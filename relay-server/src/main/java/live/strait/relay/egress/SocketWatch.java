package live.strait.relay.egress;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Tells an event loop that a socket can be read, and looks away while the socket sends much.
///
/// With each packet that has left, the kernel goes through those who wait on its socket, in case they wait for
/// room. An epoll set, even one that waits for input alone, makes a message 160 ns dearer, of 2500 in all. So the
/// socket is in a set of its own, which the event loop watches in its place (epoll(7): a set can be in another),
/// and is taken out of it while a long burst is sent. What comes meanwhile is told as soon as it is back. To be
/// used by one thread.
public final class SocketWatch implements AutoCloseable {
    private static final int EPOLL_CLOEXEC = 0x80000;
    private static final int EPOLL_CTL_ADD = 1;
    private static final int EPOLL_CTL_DEL = 2;
    private static final int EPOLLIN = 1;
    /// struct epoll_event { 32 bits of events, 64 bits of data }, with a gap between them or without.
    private static final int EVENT_BYTES = 16;

    private static final MethodHandle EPOLL_CREATE = callOfInt("epoll_create1");
    private static final MethodHandle EPOLL_CTL = SystemCalls.find(
            "epoll_ctl",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG));
    private static final MethodHandle CLOSE = callOfInt("close");

    private final int socket;
    private final int descriptor;
    private final MemorySegment callState = SystemCalls.newState();
    private final MemorySegment event = Arena.ofAuto().allocate(EVENT_BYTES, Long.BYTES);
    private boolean watching;
    private boolean closed;

    /// Watches a socket, which stays its owner's.
    ///
    /// @throws IOException when the descriptor cannot be watched
    public SocketWatch(int socket) throws IOException {
        this.socket = socket;
        descriptor = invoke(EPOLL_CREATE, EPOLL_CLOEXEC);
        if (descriptor < 0) {
            throw new IOException("there is no epoll set to be had: errno " + -descriptor);
        }
        event.set(ValueLayout.JAVA_INT, 0, EPOLLIN);
        lookAgain();
        if (!watching) {
            close();
            throw new IOException("descriptor " + socket + " cannot be watched");
        }
    }

    /// Which can be read, in the sense of epoll, whenever the socket can, for as long as something is left.
    public int descriptor() {
        return descriptor;
    }

    int socket() {
        return socket;
    }

    /// Says nothing of the socket until [#lookAgain].
    void lookAway() {
        if (watching && !closed) {
            watching = control(EPOLL_CTL_DEL) < 0;
        }
    }

    /// Says again when the socket can be read; also of what has come since [#lookAway]. False when the kernel has
    /// no memory for it just now.
    boolean lookAgain() {
        if (!watching && !closed) {
            watching = control(EPOLL_CTL_ADD) >= 0;
        }
        return watching || closed;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            invoke(CLOSE, descriptor);
        }
    }

    private static MethodHandle callOfInt(String function) {
        return SystemCalls.find(function, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    }

    private int invoke(MethodHandle function, int argument) {
        try {
            return SystemCalls.resultOf((int) function.invokeExact(callState, argument), callState);
        } catch (Throwable e) {
            throw new IllegalStateException("a system call cannot be called", e);
        }
    }

    private int control(int operation) {
        try {
            return SystemCalls.resultOf(
                    (int) EPOLL_CTL.invokeExact(callState, descriptor, operation, socket, event.address()), callState);
        } catch (Throwable e) {
            throw new IllegalStateException("epoll_ctl cannot be called", e);
        }
    }
}
