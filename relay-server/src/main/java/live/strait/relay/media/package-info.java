/// Media forwarding: from a publisher's packets to what each viewer gets.
///
/// A [Publication] takes one publisher's packets on its loop, keeps the books towards it (NACK, transport-wide
/// feedback, reports) and makes the one copy into a [PacketCache] per [SourceStream]. At the end of each batch
/// the [Fanout] of a [PublishedTrack] hands the new packets to every loop that has viewers, once. A
/// [Subscription] chooses a layer and lets its viewer see one continuous stream; while nothing changes on it, the
/// loop's [ViewerTable] writes the headers and seals, from a row for each viewer.
///
/// The way down is mailbox messages and cache slots, the way up (key frames wanted, viewers come and gone)
/// mailbox messages.
///
/// Start reading at [Publication], then [Subscription].
@NullMarked
package live.strait.relay.media;

import org.jspecify.annotations.NullMarked;
