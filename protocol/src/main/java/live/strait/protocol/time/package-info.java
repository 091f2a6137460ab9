/// Deadlines of the state machines.
///
/// A machine in `live.strait.protocol` never reads a clock. Its owner passes `nowNanos` (any monotonic origin,
/// the same for all machines of one owner) into every call, asks `nextDeadline()` and calls `onTimeout(nowNanos)`
/// when it has passed. Each deadline carries its reason, so that counters per reason show a busy loop at once.
///
/// Start reading at [Deadline]; a rate with a burst is a [TokenBucket].
@NullMarked
package live.strait.protocol.time;

import org.jspecify.annotations.NullMarked;
