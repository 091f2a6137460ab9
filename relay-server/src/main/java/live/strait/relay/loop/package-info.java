/// The threads of a node and the doors between them.
///
/// A media loop moves bytes and owns its sessions; the room loop owns rooms. Nothing is shared but through a
/// [LoopMailbox] (bounded, refusals counted) and through packet-cache slots that readers check. No locks.
///
/// What fan-out needs of each session stands in its loop's [RouteTable].
///
/// Start reading at [MediaLoop].
@NullMarked
package live.strait.relay.loop;

import org.jspecify.annotations.NullMarked;
