package live.strait.relay.egress;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;

/// The system calls of the batch egress, by foreign functions on a descriptor that somebody else owns.
///
/// A call costs 4 to 5 ns beside the kernel's work and allocates nothing. Addresses are passed as numbers; whoever
/// passes them answers for the memory behind. To be used by one thread.
final class LinuxUdpSocket implements Kernel {
    private static final int SOL_SOCKET = 1;
    private static final int SO_DOMAIN = 39;
    private static final int AF_INET6 = 10;
    static final int SOL_UDP = 17;
    static final int UDP_SEGMENT = 103;

    private static final MethodHandle SENDMMSG = SystemCalls.find(
            "sendmmsg",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT));
    private static final MethodHandle GETSOCKOPT = SystemCalls.find(
            "getsockopt",
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.ADDRESS,
                    ValueLayout.ADDRESS));

    private final int descriptor;
    private final SocketWatch watch;
    private final MemorySegment callState = SystemCalls.newState();
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
            return SystemCalls.resultOf(
                    (int) SENDMMSG.invokeExact(callState, descriptor, messages, count, 0), callState);
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
            return result == 0 ? value.get(ValueLayout.JAVA_INT, 0) : SystemCalls.resultOf(result, callState);
        } catch (Throwable e) {
            throw new IllegalStateException("getsockopt cannot be called", e);
        }
    }
}
