package live.strait.loadtest.host;

/// Decides when the next video packet may leave, as the pacer of Chromium does.
///
/// It sends at 2.5 times the target rate, yet in bursts: packets leave back to back until they owe 40 ms of that
/// rate, then nothing leaves until all is paid. A usual frame is one burst; a key frame takes several. Audio does
/// not wait here, but what it takes is owed, too.
final class BurstPacer {
    private static final double PACING_FACTOR = 2.5;
    private static final long BURST_NANOS = 40_000_000;

    private final double bytesPerNano;
    private double owedBytes;
    private boolean resting;
    private long latestNanos;

    /// @param targetBps what the encoders make on average
    BurstPacer(long targetBps) {
        bytesPerNano = targetBps * PACING_FACTOR / 8 / 1e9;
    }

    boolean maySend(long nowNanos) {
        pay(nowNanos);
        return !resting;
    }

    void onSent(int bytes, long nowNanos) {
        pay(nowNanos);
        owedBytes += bytes;
        resting |= owedBytes >= BURST_NANOS * bytesPerNano;
    }

    /// When a packet that waits may leave.
    long nextSendNanos() {
        return resting ? latestNanos + (long) Math.ceil(owedBytes / bytesPerNano) : latestNanos;
    }

    private void pay(long nowNanos) {
        if (nowNanos > latestNanos) {
            owedBytes = latestNanos == 0 ? 0 : Math.max(0, owedBytes - (nowNanos - latestNanos) * bytesPerNano);
            latestNanos = nowNanos;
        }
        resting &= owedBytes > 0;
    }
}
