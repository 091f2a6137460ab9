/// The sockets of a node: the only package with Netty's transport.
///
/// One epoll event loop per media loop, each with a UDP socket of its own on the shared port (SO_REUSEPORT), and
/// one TCP listener on the same number (RFC 6544 passive). The edge reads a batch, takes the time once, finds the
/// session of each datagram in the [PeerTable], and flushes once. It reads the clock; nothing behind it does.
///
/// By the batch way ([UdpWay]) only the event loop is Netty's: the socket is read and written by foreign functions.
///
/// Start reading at [MediaEdge].
@NullMarked
package live.strait.relay.edge;

import org.jspecify.annotations.NullMarked;
