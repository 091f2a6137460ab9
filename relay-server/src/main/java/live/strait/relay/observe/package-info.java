/// What a node counts, and how it is exported.
///
/// Each loop counts for itself with plain ordered writes; the exporter sums over the loops. Start at
/// [LoopCounters].
@NullMarked
package live.strait.relay.observe;

import org.jspecify.annotations.NullMarked;
