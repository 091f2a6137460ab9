package live.strait.protocol.link;

/// What one direction of a link does to packets at the moment; changed in place by [LinkSettings].
///
/// Probabilities are 0 to 1, times nanoseconds (fractions are kept, as the emulator keeps them).
final class LinkConditions {
    /// What `jitter` means: plus or minus; sigma, cut at three; mean of what is added.
    enum Distribution {
        UNIFORM,
        NORMAL,
        EXPONENTIAL
    }

    /// `DOWN` drops all, `STALL` holds back what the bottleneck has not sent.
    enum State {
        UP,
        DOWN,
        STALL
    }

    double delayNanos;
    double jitterNanos;
    Distribution distribution = Distribution.UNIFORM;
    boolean reorder;
    double loss;
    double goodToBad;
    double badToGood = 1;
    double duplication;
    double corruption;
    double rateBps = Double.POSITIVE_INFINITY;
    double queueNanos = 200e6;
    /// Limits the queue in place of `queueNanos` when it is not 0.
    double queueBytes;
    State state = State.UP;

    LinkConditions copy() {
        LinkConditions copy = new LinkConditions();
        copy.delayNanos = delayNanos;
        copy.jitterNanos = jitterNanos;
        copy.distribution = distribution;
        copy.reorder = reorder;
        copy.loss = loss;
        copy.goodToBad = goodToBad;
        copy.badToGood = badToGood;
        copy.duplication = duplication;
        copy.corruption = corruption;
        copy.rateBps = rateBps;
        copy.queueNanos = queueNanos;
        copy.queueBytes = queueBytes;
        copy.state = state;
        return copy;
    }

    /// Bytes that may wait at the bottleneck, the packet being sent included.
    double queueRoomBytes() {
        if (queueBytes > 0) {
            return queueBytes;
        }
        return Double.isInfinite(rateBps) ? Double.POSITIVE_INFINITY : queueNanos / 1e9 * rateBps / 8;
    }

    long transmissionNanos(double bits) {
        return (long) (bits / rateBps * 1e9);
    }
}
