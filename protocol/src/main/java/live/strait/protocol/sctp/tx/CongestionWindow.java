package live.strait.protocol.sctp.tx;

/// How many bytes may be in flight (RFC 9260 section 7.2); bytes include chunk headers.
final class CongestionWindow {
    /// Of packets, at the start: ten, as RFC 6928 allows TCP and as browsers do. A first message of some kilobytes
    /// then takes one round trip.
    private static final int INITIAL_PACKETS = 10;

    /// Of packets, after a loss (RFC 9260 section 7.2.3).
    private static final int LEAST_PACKETS = 4;

    private final int packetBytes;
    private long bytes;
    private long slowStartThreshold = Long.MAX_VALUE;
    private long partialBytes;
    /// Recovery lasts until this TSN is acknowledged: losses of one flight halve the window once.
    private long recoveryEnd = Long.MIN_VALUE;
    private boolean recovering;

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
    void onAcknowledged(int ackedBytes, boolean wasFull, boolean nothingLeft, long cumulativeTsn) {
        if (recovering && cumulativeTsn >= recoveryEnd) {
            recovering = false;
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
    void onLoss(long highestTsn) {
        if (recovering) {
            return;
        }
        recovering = true;
        recoveryEnd = highestTsn;
        shrink();
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
