/// What survives a crash of the node: accepted questions, interrupts, rules and bans.
///
/// One file at a time, of one generation: a magic, then frames of length, CRC-32C and JSON ([Frames]), each a
/// [JournalEntry]. A generation begins with a snapshot of all rooms and is written beside the former one, forced,
/// renamed, and its directory forced, so that the newest file is always whole but for its torn tail. [Journal]
/// appends on a thread of its own, forces once for all that came meanwhile, and reports back on the room loop;
/// who fails to keep something says so, and the node goes on.
///
/// The files stand behind [JournalFiles], so that a test can forget what was not forced.
///
/// Start reading at [Journal].
@NullMarked
package live.strait.relay.journal;

import org.jspecify.annotations.NullMarked;
