/// A WebRTC client without a browser: what a host or a viewer does on the wire, from the POST to the last packet.
///
/// [SignalingClient] sends the offer and reads the answer (WHIP and WHEP are the same exchange), [PeerConnector]
/// makes a [ClientPeer] of it, which holds the machines of `protocol` in the client's role: ICE, DTLS, SRTP. What
/// is sent and received behind them is a [PeerMedia]. Each peer has a UDP socket of its own, as real ones have;
/// hundreds of them share the one thread of a [PeerLoop].
///
/// Thread rule: everything of a peer happens on its loop's thread. Times are nanoseconds of `System.nanoTime`.
/// Start reading at [ClientPeer].
@NullMarked
package live.strait.loadtest.peer;

import org.jspecify.annotations.NullMarked;
