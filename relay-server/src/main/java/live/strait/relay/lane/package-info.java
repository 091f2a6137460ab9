/// What is said in a room: questions, interrupts, reactions, the stage, rules (`docs/lane.md`).
///
/// A [Lane] is one room, pure and with its time passed in: links come in, say `hello` and become the pages of
/// people; [Questions], [Interrupts] and [Stage] do what messages want, [RoomPicture] is what everybody sees.
/// What goes out goes straight into [live.strait.signaling.control.LaneLink]. [Lanes] puts lanes onto the room
/// loop, meets their deadlines and is what the rest of the node talks to.
///
/// An interrupt is released in its turn ([InterruptDesk]), goes over all of a host's links at once and again by
/// [UrgentCopies] until it is acknowledged. Questions go by [HostFeed] as far as the link has room, else as
/// digests. What has to survive is written by [RoomLog] and read back by [LaneMemory].
///
/// What the carriers owe: [live.strait.signaling.control.LaneLink#backlogBytes] knows soon what was sent, `close`
/// tells the peer the code, `sendUrgent` on a data channel may lose the message (here it is sent again or by
/// `send` as well).
///
/// Start reading at [Lane].
@NullMarked
package live.strait.relay.lane;

import org.jspecify.annotations.NullMarked;
