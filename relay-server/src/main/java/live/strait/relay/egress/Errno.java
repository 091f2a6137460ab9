package live.strait.relay.egress;

/// The errors of `sendmmsg` that change what is done next, as Linux numbers them; every other one costs a datagram.
final class Errno {
    /// A signal came first.
    static final int EINTR = 4;
    /// The device cannot segment, or not compute checksums.
    static final int EIO = 5;
    /// The socket's send buffer is full.
    static final int EAGAIN = 11;
    /// Segments do not fit the path's MTU, or the kernel does not segment on this path.
    static final int EINVAL = 22;
    /// Larger than the device's MTU.
    static final int EMSGSIZE = 90;
    static final int EOPNOTSUPP = 95;

    private Errno() {}

    /// Whether a run may be refused for this although each of its packets alone may go.
    static boolean concernsSegmentation(int errno) {
        return errno == EIO || errno == EINVAL || errno == EMSGSIZE || errno == EOPNOTSUPP;
    }
}
