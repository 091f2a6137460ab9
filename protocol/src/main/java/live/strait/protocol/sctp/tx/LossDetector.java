package live.strait.protocol.sctp.tx;

/// Finds fragments that must be lost because later ones have arrived.
///
/// Two rules. By number: three SACKs reported later fragments but not this one (RFC 9260 section 7.2.4); that works
/// once, as a fragment that was sent again is later than its number says. By time, as RACK does for TCP (RFC 8985):
/// something that was sent after it has arrived, and its own round trip plus a quarter of one, for packets that
/// overtake each other, has passed. That finds the loss of a retransmission too, which the book leaves to the
/// timer.
final class LossDetector {
    private static final int REPORTS = 3;
    private static final long NEVER = Long.MAX_VALUE;
    private static final long LEAST_REORDERING_NANOS = 3_000_000;

    private final Flight flight;
    private final RoundTripEstimate roundTrip;
    /// When the latest fragment that has arrived was sent, and how long it took.
    private long arrivedSentAtNanos = Long.MIN_VALUE;
    private long arrivedTsn;
    private long arrivedRoundTripNanos;
    private long leastRoundTripNanos = NEVER;
    private long dueAtNanos = NEVER;

    LossDetector(Flight flight, RoundTripEstimate roundTrip) {
        this.flight = flight;
        this.roundTrip = roundTrip;
    }

    /// A fragment was newly acknowledged.
    void onArrived(long nowNanos, OutgoingFragment fragment) {
        long took = nowNanos - fragment.sentAtNanos;
        if (fragment.transmissions == 1) {
            leastRoundTripNanos = Math.min(leastRoundTripNanos, took);
        } else if (took < leastRoundTripNanos) {
            // Too soon for the last copy: it was an earlier one.
            return;
        }
        if (isBefore(arrivedSentAtNanos, arrivedTsn, fragment)) {
            arrivedSentAtNanos = fragment.sentAtNanos;
            arrivedTsn = fragment.tsn;
            arrivedRoundTripNanos = took;
        }
    }

    /// Marks what is lost.
    ///
    /// @param highestArrived TSN below which a fragment in flight is missing from the SACK at hand;
    ///   `Long.MIN_VALUE` when there is none
    /// @return how many were marked
    int detect(long nowNanos, long highestArrived) {
        dueAtNanos = NEVER;
        int lost = 0;
        long patience = arrivedRoundTripNanos + Math.max(roundTrip.smoothedNanos() / 4, LEAST_REORDERING_NANOS);
        for (long tsn = flight.firstTsn(); tsn < flight.nextTsn(); tsn++) {
            OutgoingFragment fragment = flight.get(tsn);
            if (fragment.state != OutgoingFragment.State.IN_FLIGHT) {
                continue;
            }
            boolean missing = tsn < highestArrived && ++fragment.missingReports >= REPORTS;
            if (missing && fragment.transmissions == 1) {
                flight.leave(fragment, OutgoingFragment.State.LOST);
                lost++;
            } else if (!isBefore(arrivedSentAtNanos, arrivedTsn, fragment)) {
                long lostAt = fragment.sentAtNanos + patience;
                if (lostAt <= nowNanos) {
                    flight.leave(fragment, OutgoingFragment.State.LOST);
                    lost++;
                } else {
                    dueAtNanos = Math.min(dueAtNanos, lostAt);
                }
            }
        }
        return lost;
    }

    private static boolean isBefore(long sentAtNanos, long tsn, OutgoingFragment fragment) {
        return sentAtNanos < fragment.sentAtNanos || (sentAtNanos == fragment.sentAtNanos && tsn <= fragment.tsn);
    }

    /// When `detect` will find something by time alone.
    long dueAtNanos() {
        return dueAtNanos;
    }
}
