package live.strait.protocol.sctp.tx;

/// How many bytes may be in flight (RFC 9260 section 7.2); bytes include chunk headers.
final class CongestionWindow {
    /// Of packets, at the start: ten, as RFC 6928 allows TCP and as browsers do. A first message of some kilobytes
    /// then takes one round trip.
    private static final int INITIAL_PACKETS = 10;

    /// Of packets, after a loss (RFC 9260 section 7.2.3).
    private static final int LEAST_PACKETS = 4;

    /// Of packets, where round trips tell of a queue.
    private static final int QUEUED_PACKETS = 2;

    /// Of the window, after a round trip with a queue and after a loss without one.
    private static final double EASED = 0.8;

    private final int packetBytes;
    private long bytes;
    private long slowStartThreshold = Long.MAX_VALUE;
    private long partialBytes;
    /// Recovery lasts until this TSN is acknowledged: losses of one flight halve the window once.
    private long recoveryEnd = Long.MIN_VALUE;
    private boolean recovering;
    /// A queue is answered once a round trip: until this TSN is acknowledged.
    private long roundEnd = Long.MIN_VALUE;

    CongestionWindow(int packetBytes) {
        this.packetBytes = packetBytes;
        bytes = (long) INITIAL_PACKETS * packetBytes;
    }

    long bytes() {
        return bytes;
    }

    boolean isRecovering() {
        return recovering;
    }

    /// The cumulative acknowledgment has moved.
    ///
    /// @param ackedBytes newly acknowledged, in gap blocks too
    /// @param wasFull the window had been used up before
    /// @param queued whether round trips tell of a queue: then the window yields instead of filling it until it
    ///   overflows, as TCP Vegas (Brakmo and Peterson 1995); what is urgent would stand in that queue
    /// @param highestTsn the highest that has been sent
    void onAcknowledged(
            int ackedBytes, boolean wasFull, boolean nothingLeft, long cumulativeTsn, boolean queued, long highestTsn) {
        if (recovering && cumulativeTsn >= recoveryEnd) {
            recovering = false;
        }
        if (queued) {
            if (cumulativeTsn >= roundEnd) {
                roundEnd = highestTsn;
                bytes = Math.max((long) (bytes * EASED), Math.min(bytes, (long) QUEUED_PACKETS * packetBytes));
                slowStartThreshold = bytes;
                partialBytes = 0;
            }
            return;
        }
        if (bytes <= slowStartThreshold) {
            if (wasFull && !recovering) {
                bytes += Math.min(ackedBytes, packetBytes);
            }
            return;
        }
        partialBytes += ackedBytes;
        if (partialBytes >= bytes && wasFull) {
            partialBytes -= bytes;
            bytes += packetBytes;
        }
        if (nothingLeft) {
            partialBytes = 0;
        }
    }

    /// A fragment was found lost by later ones that arrived.
    ///
    /// @param highestTsn the highest that has been sent
    /// @param queued whether the round trip tells of a queue: without one the link loses by itself, and with half a
    ///   window for each of its losses a lane of some packets would starve (as TCP Veno, Fu and Liew 2003)
    void onLoss(long highestTsn, boolean queued) {
        if (recovering) {
            return;
        }
        recovering = true;
        recoveryEnd = highestTsn;
        if (queued) {
            shrink();
        } else {
            slowStartThreshold =
                    Math.max((long) (bytes * EASED), Math.min(bytes, (long) INITIAL_PACKETS * packetBytes));
            partialBytes = 0;
        }
        bytes = slowStartThreshold;
    }

    /// The retransmission timer has expired: nothing is known about the path any more.
    void onTimeout() {
        shrink();
        bytes = packetBytes;
        recovering = false;
    }

    private void shrink() {
        slowStartThreshold = Math.max(bytes / 2, (long) LEAST_PACKETS * packetBytes);
        partialBytes = 0;
    }
}
