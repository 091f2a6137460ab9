/// A whole relay in memory and in virtual time: real loops, sessions, keys and books, and no socket.
///
/// [SimNode] has the loops, [SimPeer] is one remote behind a seeded link, [SimHost] and [SimViewer] are the two
/// kinds of it. What a viewer got is judged by [ReceivedVideo], which knows nothing of the relay.
///
/// Start reading at [SimNode].
@NullMarked
package live.strait.relay.sim;

import org.jspecify.annotations.NullMarked;
