package live.strait.protocol.time;

/// A rate with a burst: one token per thing, refilled steadily up to the burst.
///
/// Says how long to wait for the next token, so that a refusal can tell. Times are nanoseconds of the owner's
/// clock.
public final class TokenBucket {
    private static final double NANOS_PER_SECOND = 1e9;

    private double perNano;
    private final double burst;
    private double tokens;
    private long filledAtNanos;

    /// A full bucket.
    public TokenBucket(double perSecond, double burst, long nowNanos) {
        this.perNano = perSecond / NANOS_PER_SECOND;
        this.burst = burst;
        this.tokens = burst;
        this.filledAtNanos = nowNanos;
    }

    /// From now on.
    public void setRate(double perSecond, long nowNanos) {
        fill(nowNanos);
        perNano = perSecond / NANOS_PER_SECOND;
    }

    public boolean take(long nowNanos) {
        return take(1, nowNanos);
    }

    /// Takes `amount` if it is there, else nothing.
    public boolean take(double amount, long nowNanos) {
        fill(nowNanos);
        if (tokens < amount) {
            return false;
        }
        tokens -= amount;
        return true;
    }

    /// When `amount` will be there, at or after `nowNanos`.
    public long readyAtNanos(double amount, long nowNanos) {
        fill(nowNanos);
        return tokens >= amount ? nowNanos : nowNanos + (long) Math.ceil((amount - tokens) / perNano);
    }

    /// Rounded up: whoever comes back then is served.
    public long retryAfterMillis(long nowNanos) {
        return Math.ceilDiv(readyAtNanos(1, nowNanos) - nowNanos, 1_000_000);
    }

    private void fill(long nowNanos) {
        tokens = Math.min(burst, tokens + (nowNanos - filledAtNanos) * perNano);
        filledAtNanos = nowNanos;
    }
}
