/// The fast way of datagrams into a media loop: batches by recvmmsg(2), each datagram with the kernel's receive
/// time.
///
/// [BatchIngress] reads a UDP socket that somebody else has opened and closes, by foreign functions. It waits for
/// nothing and knows no loop: the edge asks it when the socket has something. Times are those of CLOCK_REALTIME, as
/// the kernel stamps (SO_TIMESTAMPNS of socket(7)); the edge brings them onto its own clock. Foreign memory stays
/// in here: a wrong address ends the process. All calls are made by the loop that owns the ingress.
///
/// Start reading at [BatchIngress].
@NullMarked
package live.strait.relay.ingress;

import org.jspecify.annotations.NullMarked;
