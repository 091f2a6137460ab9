package live.strait.relay.ingress;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The calls of the batch ingress, by foreign functions on a descriptor that somebody else owns.
///
/// Addresses are passed as numbers; whoever passes them answers for the memory behind. To be used by one thread.
@SuppressWarnings("restricted") // this package is one of those where foreign functions are called
final class LinuxReceive {
    private static final int MSG_DONTWAIT = 0x40;
    private static final int CLOCK_REALTIME = 0;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final VarHandle ERRNO = Linker.Option.captureStateLayout()
            .varHandle(MemoryLayout.PathElement.groupElement("errno"))
            .withInvokeExactBehavior();
    private static final MethodHandle RECVMMSG = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("recvmmsg"),
            FunctionDescriptor.of(
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_INT,
                    ValueLayout.JAVA_LONG),
            Linker.Option.captureCallState("errno"));
    private static final MethodHandle CLOCK_GETTIME = LINKER.downcallHandle(
            LINKER.defaultLookup().findOrThrow("clock_gettime"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG));

    private final int descriptor;
    private final MemorySegment callState = Arena.ofAuto().allocate(Linker.Option.captureStateLayout());
    /// struct timespec { long seconds, long nanoseconds }
    private final MemorySegment time = Arena.ofAuto().allocate(ValueLayout.JAVA_LONG, 2);

    LinuxReceive(int descriptor) {
        this.descriptor = descriptor;
    }

    /// Fills messages with what is there; waits for nothing.
    ///
    /// @param messages native address of the first `struct mmsghdr`
    /// @return how many were filled, or minus the errno
    int recvmmsg(long messages, int count) {
        try {
            int filled = (int) RECVMMSG.invokeExact(callState, descriptor, messages, count, MSG_DONTWAIT, 0L);
            return filled >= 0 ? filled : -(int) ERRNO.get(callState, 0L);
        } catch (Throwable e) {
            throw new IllegalStateException("recvmmsg cannot be called", e);
        }
    }

    long realTimeNanos() {
        try {
            int _ = (int) CLOCK_GETTIME.invokeExact(CLOCK_REALTIME, time.address()); // it has no way to fail
            return time.get(ValueLayout.JAVA_LONG, 0) * NANOS_PER_SECOND + time.get(ValueLayout.JAVA_LONG, 8);
        } catch (Throwable e) {
            throw new IllegalStateException("clock_gettime cannot be called", e);
        }
    }
}
