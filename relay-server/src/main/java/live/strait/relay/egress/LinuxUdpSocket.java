package live.strait.relay.egress;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The system calls of the batch egress, by foreign functions on a descriptor that somebody else owns.
///
/// A call costs 4 to 5 ns beside the kernel's work and allocates nothing. Addresses are passed as numbers; whoever
/// passes them answers for the memory behind. To be used by one thread.
@SuppressWarnings("restricted") // this package is one of those where foreign functions are called
final class LinuxUdpSocket implements Kernel {
    private static final int SOL_SOCKET = 1;
    private static final int SO_DOMAIN = 39;
    private static final int AF_INET6 = 10;
    static final int SOL_UDP = 17;
    static final int UDP_SEGMENT = 103;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    private static final VarHandle ERRNO_VALUE = Linker.Option.captureStateLayout()
            .varHandle(MemoryLayout.PathElement.groupElement("errno"))
            .withInvokeExactBehavior();
    private static final MethodHandle SENDMMSG = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("sendmmsg"),
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT),
            ERRNO);
    private static final MethodHandle GETSOCKOPT = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("getsockopt"),
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS),
            ERRNO);

    private final int descriptor;
    private final SocketWatch watch;
    private final MemorySegment callState = Arena.ofAuto().allocate(Linker.Option.captureStateLayout());
    private final boolean ipv6;
    private final boolean segments;

    /// @throws IOException when the descriptor is no socket
    LinuxUdpSocket(SocketWatch watch) throws IOException {
        this.watch = watch;
        descriptor = watch.socket();
        int domain = option(SOL_SOCKET, SO_DOMAIN);
        if (domain < 0) {
            throw new IOException("descriptor " + descriptor + " is no socket: errno " + -domain);
        }
        ipv6 = domain == AF_INET6;
        segments = option(SOL_UDP, UDP_SEGMENT) >= 0;
    }

    /// Whether the structures of this package are laid out as this system's kernel wants them.
    static boolean isLinux64() {
        return "Linux".equals(System.getProperty("os.name"))
                && ValueLayout.ADDRESS.byteSize() == Long.BYTES
                && ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    }

    /// Whether addresses have the form of IPv6, IPv4 ones mapped.
    boolean isIpv6() {
        return ipv6;
    }

    /// Whether the kernel knows UDP_SEGMENT, as it does since 4.18.
    boolean knowsSegments() {
        return segments;
    }

    @Override
    public int sendmmsg(long messages, int count) {
        try {
            int sent = (int) SENDMMSG.invokeExact(callState, descriptor, messages, count, 0);
            return sent >= 0 ? sent : -errno();
        } catch (Throwable e) {
            throw new IllegalStateException("sendmmsg cannot be called", e);
        }
    }

    @Override
    public void beginLongBurst() {
        watch.lookAway();
    }

    @Override
    public boolean endLongBurst() {
        return watch.lookAgain();
    }

    /// The value of an option, or minus the errno.
    private int option(int level, int name) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(ValueLayout.JAVA_INT);
            MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, Integer.BYTES);
            int result = (int) GETSOCKOPT.invokeExact(callState, descriptor, level, name, value, length);
            return result == 0 ? value.get(ValueLayout.JAVA_INT, 0) : -errno();
        } catch (Throwable e) {
            throw new IllegalStateException("getsockopt cannot be called", e);
        }
    }

    private int errno() {
        return (int) ERRNO_VALUE.get(callState, 0L);
    }
}
