package live.strait.protocol.sctp;

import live.strait.protocol.time.Deadline;
import live.strait.protocol.time.Deadline.Reason;

/// Finds the first of several deadlines, without an object for each.
final class EarliestDeadline {
    private long atNanos = Long.MAX_VALUE;
    private Reason why = Reason.NONE;

    void consider(long candidateNanos, Reason reason) {
        if (candidateNanos < atNanos) {
            atNanos = candidateNanos;
            why = reason;
        }
    }

    Deadline deadline() {
        return why == Reason.NONE ? Deadline.NEVER : new Deadline(atNanos, why);
    }
}
