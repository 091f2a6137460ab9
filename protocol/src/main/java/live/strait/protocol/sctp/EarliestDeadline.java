package live.strait.protocol.sctp;

import live.strait.protocol.time.Deadline;
import live.strait.protocol.time.Deadline.Reason;

/// Finds the first of several deadlines. Reusable: asked after each packet, mostly with the same answer, it makes
/// an object only for a new one.
final class EarliestDeadline {
    private long atNanos;
    private Reason why = Reason.NONE;
    private Deadline last = Deadline.NEVER;

    void begin() {
        atNanos = Long.MAX_VALUE;
        why = Reason.NONE;
    }

    void consider(long candidateNanos, Reason reason) {
        if (candidateNanos < atNanos) {
            atNanos = candidateNanos;
            why = reason;
        }
    }

    Deadline deadline() {
        if (why == Reason.NONE) {
            return Deadline.NEVER;
        }
        if (last.atNanos() != atNanos || last.why() != why) {
            last = new Deadline(atNanos, why);
        }
        return last;
    }
}
