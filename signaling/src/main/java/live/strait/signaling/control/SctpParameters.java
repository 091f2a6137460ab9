package live.strait.signaling.control;

/// What a peer's `m=application` line says about its end of the SCTP association (RFC 8841).
///
/// @param port of SCTP, inside DTLS
/// @param maxMessageSizeBytes the largest message that the peer takes; 0: any
public record SctpParameters(int port, long maxMessageSizeBytes) {
    /// What everybody uses, and what counts where nothing is said.
    public static final int USUAL_PORT = 5000;

    /// What a peer takes that says nothing (RFC 8841 section 6.1).
    public static final long DEFAULT_MAX_MESSAGE_SIZE_BYTES = 65_536;

    /// Our end: as browsers have it, and far more than any message of the lane.
    public static final SctpParameters OURS = new SctpParameters(USUAL_PORT, 262_144);

    public SctpParameters {
        if (port < 1 || port > 65_535 || maxMessageSizeBytes < 0) {
            throw new IllegalArgumentException("no SCTP port and message size: " + port + ", " + maxMessageSizeBytes);
        }
    }
}
