/// The way of sealed datagrams out of a media loop.
///
/// A session claims a buffer, writes and seals one datagram in place, and commits it with its destination. The loop
/// flushes once per batch of input. All calls are made by the loop that owns the egress.
///
/// Start reading at [Egress].
@NullMarked
package live.strait.relay.egress;

import org.jspecify.annotations.NullMarked;
