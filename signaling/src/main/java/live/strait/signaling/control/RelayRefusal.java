package live.strait.signaling.control;

/// A request that the relay does not grant, with a sentence for whoever asked.
public final class RelayRefusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    public RelayRefusal(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /// Why, and with which HTTP status it is answered.
    public enum Reason {
        /// Another subject publishes in this room.
        ROOM_TAKEN(409),
        /// The viewer decodes nothing of what the host sends.
        NO_COMMON_CODEC(422),
        /// The session is not there, or not any more.
        UNKNOWN_SESSION(404),
        /// The node carries as many sessions or rooms as it may.
        NODE_FULL(503),
        /// Too many sessions of this address have not connected yet.
        TOO_MANY_HALF_OPEN(429);

        private final int httpStatus;

        Reason(int httpStatus) {
            this.httpStatus = httpStatus;
        }

        public int httpStatus() {
            return httpStatus;
        }
    }
}
