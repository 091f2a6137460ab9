package live.strait.protocol.ice;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// One datagram that an agent wants sent, and where to; the owner keeps one and lets `pollTransmit` fill it.
///
/// For a TCP path the bytes are the bare STUN message: whoever owns the connection frames it (RFC 4571).
public final class IceTransmit {
    /// Position 0 to limit is the datagram.
    public final ByteBuffer bytes =
            ByteBuffer.allocateDirect(StunView.MAX_BYTES).limit(0);

    public PeerAddress to = PeerAddress.udp(new InetSocketAddress(0));

    void fill(byte[] datagram, PeerAddress destination) {
        bytes.clear().put(datagram).flip();
        to = destination;
    }
}
