/// Rooms: who is in them, in which role, and what of theirs is forwarded to whom.
///
/// Everything here lives on the room loop. Media loops are told by their mailboxes what to bind, and tell back by
/// [live.strait.relay.peer.SessionListener] what became of a session.
///
/// Start reading at [Rooms], which is the node's side of [live.strait.signaling.control.RelayControl], then [Room].
@NullMarked
package live.strait.relay.room;

import org.jspecify.annotations.NullMarked;
