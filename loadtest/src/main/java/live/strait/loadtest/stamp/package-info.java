/// The mark that a host leaves in each packet for its viewers: which it is, what it is a part of,
/// and when it left.
///
/// Host and viewers are in one process and share one clock, so the way through any relay can be timed and counted
/// without its help: payloads pass through unchanged. Start reading at [PacketStamps].
@NullMarked
package live.strait.loadtest.stamp;

import org.jspecify.annotations.NullMarked;
