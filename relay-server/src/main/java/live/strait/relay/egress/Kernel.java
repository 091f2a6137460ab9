package live.strait.relay.egress;

/// The kernel as [BatchEgress] sees it: one socket.
///
/// Tests script its refusals; in a node it is [LinuxUdpSocket].
@FunctionalInterface
interface Kernel {
    /// Sends messages in order until one is refused.
    ///
    /// @param messages native address of the first `struct mmsghdr`
    /// @return how many were sent, at least one; or minus the errno for which the first was refused
    int sendmmsg(long messages, int count);

    /// Much is going to be sent, and nobody can read meanwhile.
    default void beginLongBurst() {}

    /// Everything is sent that could be; false when this is to be said again later.
    default boolean endLongBurst() {
        return true;
    }
}
