package live.strait.signaling.http;

/// Watches one WebSocket of the lane: whether it speaks, reads, and keeps within its rate.
///
/// No clock and no socket: whoever holds it says what happens and asks what is to be done. Times are nanoseconds
/// of any origin.
final class LaneWatch {
    private static final double NANOS_PER_SECOND = 1e9;

    private final LaneLimits limits;
    private final long openedAtNanos;
    private long heardAtNanos;
    private long pingedAtNanos;
    private boolean greeted;

    /// Above the bound since then; meaningless while `slow` is false.
    private long slowSinceNanos;

    private boolean slow;
    private double allowance;
    private long allowanceAtNanos;
    private int refused;
    private long complainedAtNanos;

    LaneWatch(LaneLimits limits, long nowNanos) {
        this.limits = limits;
        openedAtNanos = nowNanos;
        heardAtNanos = nowNanos;
        pingedAtNanos = nowNanos;
        allowance = limits.burst();
        allowanceAtNanos = nowNanos;
    }

    /// What to do with a message.
    enum Ruling {
        TAKE,
        /// Drop it, and say so.
        COMPLAIN,
        /// Drop it; its sender has been told within the last second.
        DROP,
        /// It goes on and on: close the socket.
        CLOSE
    }

    /// What to do with the socket.
    enum State {
        FINE,
        PING,
        /// It has not said who it is.
        MUTE,
        /// It is dead.
        SILENT,
        /// It does not read.
        SLOW
    }

    /// A sign of life.
    void heard(long nowNanos) {
        heardAtNanos = nowNanos;
    }

    /// It has said who it is.
    void greeted() {
        greeted = true;
    }

    /// A message has come: a bucket of `burst` messages that fills at `messagesPerSecond`.
    Ruling message(long nowNanos) {
        heard(nowNanos);
        double filled = (nowNanos - allowanceAtNanos) / NANOS_PER_SECOND * limits.messagesPerSecond();
        allowance = Math.min(limits.burst(), allowance + filled);
        allowanceAtNanos = nowNanos;
        if (allowance >= limits.burst()) {
            refused = 0; // the flood is over
        }
        if (allowance >= 1) {
            allowance--;
            return Ruling.TAKE;
        }
        refused++;
        if (refused > limits.mostRefused()) {
            return Ruling.CLOSE;
        }
        if (refused > 1 && nowNanos - complainedAtNanos < NANOS_PER_SECOND) {
            return Ruling.DROP;
        }
        complainedAtNanos = nowNanos;
        return Ruling.COMPLAIN;
    }

    /// How the socket is, with so much that it has not read.
    State look(long nowNanos, int backlogBytes) {
        boolean above = backlogBytes > limits.slowBacklogBytes();
        if (above && !slow) {
            slowSinceNanos = nowNanos;
        }
        slow = above;
        if (backlogBytes > limits.mostBacklogBytes()
                || (slow && nowNanos - slowSinceNanos > limits.slow().toNanos())) {
            return State.SLOW;
        }
        if (nowNanos - heardAtNanos > limits.silence().toNanos()) {
            return State.SILENT;
        }
        if (!greeted && nowNanos - openedAtNanos > limits.hello().toNanos()) {
            return State.MUTE;
        }
        if (nowNanos - pingedAtNanos >= limits.ping().toNanos()) {
            pingedAtNanos = nowNanos;
            return State.PING;
        }
        return State.FINE;
    }
}
