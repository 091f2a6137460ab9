package live.strait.protocol.time;

/// The next point in time at which a machine wants `onTimeout`, and why.
///
/// @param atNanos on the owner's monotonic clock; `Long.MAX_VALUE` for never
public record Deadline(long atNanos, Reason why) {
    public static final Deadline NEVER = new Deadline(Long.MAX_VALUE, Reason.NONE);

    public static Deadline earlier(Deadline a, Deadline b) {
        return b.atNanos < a.atNanos ? b : a;
    }

    public boolean isDue(long nowNanos) {
        return atNanos <= nowNanos;
    }

    /// What a machine is waiting for.
    public enum Reason {
        /// Nothing: the machine waits for input only.
        NONE,
        /// ICE: the next connectivity check of a controlling client (RFC 8445 section 14).
        ICE_CHECK,
        /// ICE: consent is refreshed (RFC 7675 section 5.1).
        ICE_CONSENT,
        /// ICE: no authenticated packet has come for too long; the session is dead.
        ICE_EXPIRY,
        /// DTLS: the handshake has taken too long.
        DTLS_EXPIRY,
        /// RTCP: a lost packet is asked for again.
        NACK,
        /// RTCP: transport-wide feedback is due.
        TRANSPORT_FEEDBACK,
        /// RTCP: a receiver report is due.
        RECEIVER_REPORT,
        /// RTCP: a sender report is due.
        SENDER_REPORT,
        /// RTCP: a key frame that was asked for has not come.
        KEY_FRAME_REQUEST,
        /// SCTP: an INIT or a COOKIE ECHO has no answer (T1, RFC 9260 section 5.1).
        SCTP_HANDSHAKE,
        /// SCTP: sent data is not acknowledged (T3, RFC 9260 section 6.3).
        SCTP_RETRANSMIT,
        /// SCTP: the tail of what was sent is not acknowledged, and a probe asks for it.
        SCTP_PROBE,
        /// SCTP: received data is to be acknowledged (RFC 9260 section 6.2).
        SCTP_SACK,
        /// SCTP: the path is to be asked whether it is alive (RFC 9260 section 8.3).
        SCTP_HEARTBEAT,
        /// SCTP: a stream reset has no answer (RFC 6525 section 5.1).
        SCTP_RESET,
        /// SCTP: a SHUTDOWN has no answer (T2, RFC 9260 section 9.2).
        SCTP_SHUTDOWN
    }
}
