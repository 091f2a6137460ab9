package live.strait.loadtest.peer;

import java.nio.ByteBuffer;
import live.strait.protocol.rtcp.RtcpPacket;

/// What a [ClientPeer] carries: the part of a host or of a viewer. Called on the peer's loop only.
public interface PeerMedia {
    /// There are keys and a way to the relay: `peer` sends from now on.
    void onReady(ClientPeer peer, long nowNanos);

    /// A decrypted RTP packet, from position to limit; lent for the call.
    void onRtp(ByteBuffer packet, long arrivalNanos);

    void onRtcp(RtcpPacket packet, long nowNanos);

    /// When [#onTimeout] is wanted, `Long.MAX_VALUE` for never.
    long nextDeadlineNanos();

    void onTimeout(long nowNanos);

    /// The session is over; nothing is called any more.
    void onClosed(String cause);
}
