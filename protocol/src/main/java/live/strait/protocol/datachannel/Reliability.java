package live.strait.protocol.datachannel;

/// How hard a channel tries (RFC 8832 section 5.1).
///
/// @param ordered messages are delivered in the order they were sent
/// @param maxRetransmits of each message; -1 for no limit
/// @param maxLifetimeMillis a message is not sent, or sent again, after this; -1 for no limit
public record Reliability(boolean ordered, int maxRetransmits, int maxLifetimeMillis) {
    public static final Reliability RELIABLE = new Reliability(true, -1, -1);
    public static final Reliability RELIABLE_UNORDERED = new Reliability(false, -1, -1);

    public Reliability {
        if (maxRetransmits < -1 || maxLifetimeMillis < -1 || (maxRetransmits >= 0 && maxLifetimeMillis >= 0)) {
            throw new IllegalArgumentException("a channel has one limit: retransmits or lifetime, 0 or more");
        }
    }

    /// Unordered, each message sent `retransmits + 1` times at most.
    public static Reliability unordered(int retransmits) {
        return new Reliability(false, retransmits, -1);
    }

    /// Unordered, nothing sent after `lifetimeMillis`.
    public static Reliability lifetime(int lifetimeMillis) {
        return new Reliability(false, -1, lifetimeMillis);
    }
}
