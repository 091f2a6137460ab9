/// The way of sealed datagrams out of a media loop.
///
/// A session claims a buffer, writes and seals one datagram in place, and commits it with its destination. The loop
/// flushes once per batch of input. All calls are made by the loop that owns the egress.
///
/// [BatchEgress] sends by foreign functions on the loop's UDP socket (sendmmsg(2), UDP_SEGMENT of udp(7)); the
/// portable way, and TCP, are the edge's. Foreign memory stays in here: a wrong address ends the process.
///
/// Start reading at [Egress], then [BatchEgress].
@NullMarked
package live.strait.relay.egress;

import org.jspecify.annotations.NullMarked;
