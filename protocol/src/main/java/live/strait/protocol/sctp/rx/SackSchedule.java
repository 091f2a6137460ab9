package live.strait.protocol.sctp.rx;

/// When received data is acknowledged (RFC 9260 section 6.2).
///
/// Bulk at once for each two packets' worth; small packets where the sender asks for it or a gap or a duplicate
/// shows loss, otherwise after a delay. But a SACK that has to travel alone keeps that delay from the one before
/// it: a lane carries many small messages both ways, data of our own leaves soon and takes the SACK along, and a
/// SACK in a record and a datagram of its own is half as large as such a message.
final class SackSchedule {
    static final long NEVER = Long.MAX_VALUE;

    /// Of data: two packets of a browser, which are not quite full.
    private static final int BULK_BYTES = 2_000;

    private final long delayNanos;
    private long lastNanos;
    private boolean wanted;
    private boolean any;
    private int bytes;
    private long dueAtNanos = NEVER;

    SackSchedule(long delayNanos) {
        this.delayNanos = delayNanos;
    }

    /// A packet with so much data has been handled.
    void onPacket(long nowNanos, int dataBytes) {
        bytes += dataBytes;
        long due = nowNanos + delayNanos;
        if (!any || bytes >= BULK_BYTES) { // the first of all: RFC 9260 section 5.1
            due = nowNanos;
        } else if (wanted) {
            due = Math.max(nowNanos, lastNanos + delayNanos);
        }
        dueAtNanos = Math.min(dueAtNanos, due);
    }

    /// The next packet's end is acknowledged as soon as may be.
    void want() {
        wanted = true;
    }

    void atOnce() {
        dueAtNanos = Long.MIN_VALUE;
    }

    long dueAtNanos() {
        return dueAtNanos;
    }

    void sent(long nowNanos) {
        lastNanos = nowNanos;
        any = true;
        wanted = false;
        bytes = 0;
        dueAtNanos = NEVER;
    }
}
