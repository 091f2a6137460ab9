package live.strait.protocol.ice;

import java.nio.ByteBuffer;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.time.Deadline;
import org.jspecify.annotations.Nullable;

/// The verbs that both roles share, for an owner that does not care which one it holds.
///
/// All times are nanoseconds of the owner's monotonic clock. After each `receive`, `onTimeout` or `restart` the
/// owner drains `pollTransmit` and `pollEvent`, and asks `nextDeadline` again.
public sealed interface IceAgent permits IceLiteAgent, IceClientAgent {

    /// Takes one STUN message from `from`; null when it was handled, else why it was dropped.
    @Nullable
    DropReason receive(long nowNanos, ByteBuffer stun, PeerAddress from);

    /// SRTP, SRTCP or DTLS from `from` that authenticated.
    void onAuthenticatedTraffic(long nowNanos, PeerAddress from);

    /// Whether an authenticated check has shown that the peer is at `from`: its DTLS and SRTP may be looked at.
    boolean isValidated(PeerAddress from);

    /// Where packets for the peer go, null before the first check.
    @Nullable
    PeerAddress selectedPath();

    /// Whether a check may carry this username fragment of ours: the current one, and the old one during a restart.
    boolean knowsLocalUfrag(String ufrag);

    /// A TCP connection has closed: its path is gone, and another validated one takes its place if there is one.
    void pathClosed(PeerAddress path);

    Deadline nextDeadline();

    void onTimeout(long nowNanos);

    /// Fills `out` with the next datagram; false when there is none.
    boolean pollTransmit(IceTransmit out);

    @Nullable
    IceEvent pollEvent();
}
