package live.strait.protocol.sctp.tx;

/// Smoothed round trip, its variation, and the timeouts that follow from them (RFC 9260 section 6.3.1);
/// nanoseconds.
///
/// The retransmission timeout is smaller than the book's: see `docs/sctp.md`.
public final class RoundTripEstimate {
    private static final long QUEUE_NANOS = 30_000_000;

    private final RetransmissionOptions options;
    private long smoothedNanos;
    private long variationNanos;
    private boolean measured;
    /// The shortest, forgotten slowly: a path can get longer.
    private long bestNanos = Long.MAX_VALUE;
    private long timeoutNanos;
    private int backOff;

    public RoundTripEstimate(RetransmissionOptions options) {
        this.options = options;
        timeoutNanos = options.initialTimeoutNanos();
    }

    /// A round trip was measured, on something that was sent once (Karn).
    public void onSample(long nanos) {
        long sample = Math.max(nanos, 1);
        if (measured) {
            variationNanos += (Math.abs(smoothedNanos - sample) - variationNanos) / 4;
            smoothedNanos += (sample - smoothedNanos) / 8;
        } else {
            smoothedNanos = sample;
            variationNanos = sample / 2;
            measured = true;
        }
        bestNanos = sample < bestNanos ? sample : bestNanos + (sample - bestNanos) / 256;
        timeoutNanos = smoothedNanos + Math.max(options.marginNanos(), 4 * variationNanos);
    }

    /// The timer has expired: twice the patience, up to a bound.
    public void onTimeout() {
        backOff = Math.min(backOff + 1, 16);
    }

    /// Something new was acknowledged: the path is alive.
    public void onProgress() {
        backOff = 0;
    }

    /// RTO. The bound is small, for what comes after an outage must not wait for long; a path whose measured
    /// timeout is already beyond it is given half as much again.
    public long timeoutNanos() {
        long most = Math.max(options.maxTimeoutNanos(), timeoutNanos + timeoutNanos / 2);
        return Math.min(timeoutNanos << backOff, most);
    }

    /// How long the acknowledgment of a flight's tail may take before a probe asks for it.
    public long probeNanos() {
        if (!measured) {
            return timeoutNanos;
        }
        return Math.min(2 * smoothedNanos, smoothedNanos + 4 * variationNanos) + options.probeSlackNanos();
    }

    /// Whether packets wait in a queue on the path, as far as round trips tell: they take clearly longer than the
    /// shortest did, by more than jitter and a late acknowledgment explain.
    boolean isQueued() {
        return measured && smoothedNanos > bestNanos + bestNanos / 4 + QUEUE_NANOS;
    }

    public boolean isMeasured() {
        return measured;
    }

    public long smoothedNanos() {
        return smoothedNanos;
    }
}
