package live.strait.protocol.rtcp;

/// Measures the round trip from the answers to our sender reports (LSR, DLSR) or reference times (DLRR).
///
/// RFC 3550 section 6.4.1: arrival of the answer, less the time we had stated, less the time the peer held it; all
/// three in 1/65536 s (15 us). Smoothed as in RFC 6298 section 2.3 with 1/8. An answer that contradicts itself is
/// ignored: negative by more than the clocks' grain, or longer than `MAX_NANOS`.
public final class RoundTripEstimator {
    /// No link that carries a call has a longer one; a larger figure comes from a broken or hostile peer.
    public static final long MAX_NANOS = 30_000_000_000L;
    /// What the two roundings may take off a round trip near zero, in 1/65536 s.
    private static final int GRAIN = 2;

    private long smoothedNanos = -1;
    private long latestNanos = -1;

    /// Takes one answer; false when it says nothing (no report had arrived there yet) or nonsense.
    ///
    /// @param statedTime compact NTP time of ours that the peer answers: LSR or last RR
    /// @param heldFor in 1/65536 s: DLSR or DLRR
    /// @param nowCompact our compact NTP time at the arrival of the answer
    public boolean onAnswer(int statedTime, int heldFor, int nowCompact) {
        if (statedTime == 0) {
            return false;
        }
        int roundTrip = nowCompact - statedTime - heldFor;
        if (roundTrip < -GRAIN) {
            return false;
        }
        long nanos = NtpClock.durationNanos(Math.max(0, roundTrip));
        if (nanos > MAX_NANOS) {
            return false;
        }
        latestNanos = nanos;
        smoothedNanos = smoothedNanos < 0 ? nanos : smoothedNanos + (nanos - smoothedNanos) / 8;
        return true;
    }

    public boolean isMeasured() {
        return smoothedNanos >= 0;
    }

    /// Smoothed, or `otherwise` before the first measure.
    public long smoothedNanos(long otherwise) {
        return isMeasured() ? smoothedNanos : otherwise;
    }

    /// Of the last answer, or `otherwise` before the first.
    public long latestNanos(long otherwise) {
        return isMeasured() ? latestNanos : otherwise;
    }
}
