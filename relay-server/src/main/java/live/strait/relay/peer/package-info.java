/// One remote peer: ICE, DTLS and SRTP put together, and the media behind them.
///
/// A session lives on one media loop for life and is touched by no other thread. It knows addresses but no sockets:
/// bytes come in by `receive`, leave through the loop's egress.
///
/// Start reading at [PeerSession].
@NullMarked
package live.strait.relay.peer;

import org.jspecify.annotations.NullMarked;
