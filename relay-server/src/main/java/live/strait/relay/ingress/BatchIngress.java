package live.strait.relay.ingress;

import java.nio.ByteBuffer;
import live.strait.protocol.ice.PeerAddress;

/// Reads datagrams from the loop's own socket, a batch with each call, and allocates nothing for what it reads.
///
/// What [#receive] has brought stands in native memory until the next call, and may be changed in place. A source
/// that has been seen lately is the same object again.
public final class BatchIngress {
    /// Datagrams per batch at most; what is left in the socket comes with the next.
    public static final int BATCH = 32;
    /// No errors: there was nothing to read, or a signal came first.
    private static final int EAGAIN = 11;

    private static final int EINTR = 4;

    private final LinuxReceive calls;
    private final ReceivedMessages messages;
    private final SourceAddresses sources = new SourceAddresses();
    private int received;

    /// @param descriptor of a UDP socket that does not block, and stays its owner's
    /// @param datagramBytes room for one; of a larger one so many bytes are received, and the rest is lost
    public BatchIngress(int descriptor, int datagramBytes) {
        calls = new LinuxReceive(descriptor);
        messages = new ReceivedMessages(BATCH, datagramBytes);
    }

    /// Reads what is there, up to a batch.
    ///
    /// @return how many datagrams; or minus the errno, which concerns one datagram and is gone with this call
    public int receive() {
        for (int i = 0; i < received; i++) {
            messages.prepare(i);
        }
        int result = calls.recvmmsg(messages.address(), BATCH);
        received = Math.max(0, result);
        return result == -EAGAIN || result == -EINTR ? 0 : result;
    }

    /// Datagram `i` of the batch, from position 0 to limit.
    public ByteBuffer bytes(int i) {
        return messages.bytes(i);
    }

    public PeerAddress from(int i) {
        return sources.read(messages.names(), messages.nameAt(i));
    }

    /// When it came to this machine, as [#realTimeNanos]; 0 where the kernel was not asked for it, or does not say.
    public long kernelNanos(int i) {
        return messages.kernelNanos(i);
    }

    /// The clock by which the kernel stamps, in nanoseconds since 1970. It may be set at any time.
    public long realTimeNanos() {
        return calls.realTimeNanos();
    }
}
