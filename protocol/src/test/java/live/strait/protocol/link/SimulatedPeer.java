package live.strait.protocol.link;

import java.nio.ByteBuffer;

/// One end of a [PeerPair]: the verbs that every machine of ours has, so that a test wraps one or several of them.
public interface SimulatedPeer {
    /// A datagram has arrived, between position and limit; it is only lent.
    void receive(long nowNanos, ByteBuffer datagram);

    /// `nextDeadlineNanos` has passed.
    void onTimeout(long nowNanos);

    /// Fills `out`, which is clear and holds 2000 bytes, flips it and returns true; false when there is nothing
    /// to send.
    boolean pollTransmit(long nowNanos, ByteBuffer out);

    /// `Long.MAX_VALUE` for never.
    long nextDeadlineNanos();
}
