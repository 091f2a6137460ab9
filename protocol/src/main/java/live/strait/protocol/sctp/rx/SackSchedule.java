package live.strait.protocol.sctp.rx;

/// When received data is acknowledged (RFC 9260 section 6.2).
///
/// At once for each second packet with data, where a gap or a duplicate shows loss, and where the sender asks for
/// it; otherwise after a delay that lets the acknowledgment share a packet with an answer.
final class SackSchedule {
    static final long NEVER = Long.MAX_VALUE;

    private final long delayNanos;
    /// Packets since the last SACK; the first of all is acknowledged at once (RFC 9260 section 5.1).
    private int packets = 1;
    private long dueAtNanos = NEVER;

    SackSchedule(long delayNanos) {
        this.delayNanos = delayNanos;
    }

    /// A packet with data has been handled.
    void onPacket(long nowNanos) {
        packets++;
        if (packets >= 2) {
            dueAtNanos = nowNanos;
        } else if (dueAtNanos == NEVER) {
            dueAtNanos = nowNanos + delayNanos;
        }
    }

    void atOnce() {
        dueAtNanos = Long.MIN_VALUE;
    }

    long dueAtNanos() {
        return dueAtNanos;
    }

    void sent() {
        packets = 0;
        dueAtNanos = NEVER;
    }
}
