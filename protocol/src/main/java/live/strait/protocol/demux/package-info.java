/// First look at a datagram: which protocol it is (RFC 7983), and why one is dropped.
///
/// Hostile or useless input is never answered with an exception: a parser returns a [DropReason], and the owner
/// counts it.
///
/// Start reading at [PacketKind].
@NullMarked
package live.strait.protocol.demux;

import org.jspecify.annotations.NullMarked;
