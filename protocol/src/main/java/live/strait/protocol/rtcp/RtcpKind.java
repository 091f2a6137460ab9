package live.strait.protocol.rtcp;

/// What an RTCP packet is by its header, so that a reader may leave those unread that it has no use for.
public enum RtcpKind {
    SENDER_REPORT,
    RECEIVER_REPORT,
    SOURCE_DESCRIPTION,
    BYE,
    EXTENDED_REPORT,
    GENERIC_NACK,
    /// Transport-wide feedback of arrival times.
    TRANSPORT_FEEDBACK,
    PICTURE_LOSS_INDICATION,
    FULL_INTRA_REQUEST,
    /// Application layer feedback (RFC 4585 section 6.4): REMB, and what others made of it.
    APPLICATION_FEEDBACK,
    UNKNOWN;

    /// @param countOrFormat the five bits behind version and padding
    static RtcpKind of(int packetType, int countOrFormat) {
        return switch (packetType) {
            case RtcpHeader.SENDER_REPORT -> SENDER_REPORT;
            case RtcpHeader.RECEIVER_REPORT -> RECEIVER_REPORT;
            case RtcpHeader.SOURCE_DESCRIPTION -> SOURCE_DESCRIPTION;
            case RtcpHeader.BYE -> BYE;
            case RtcpHeader.EXTENDED_REPORT -> EXTENDED_REPORT;
            case RtcpHeader.TRANSPORT_FEEDBACK ->
                switch (countOrFormat) {
                    case RtcpHeader.FMT_NACK -> GENERIC_NACK;
                    case RtcpHeader.FMT_TWCC -> TRANSPORT_FEEDBACK;
                    default -> UNKNOWN;
                };
            case RtcpHeader.PAYLOAD_FEEDBACK ->
                switch (countOrFormat) {
                    case RtcpHeader.FMT_PLI -> PICTURE_LOSS_INDICATION;
                    case RtcpHeader.FMT_FIR -> FULL_INTRA_REQUEST;
                    case RtcpHeader.FMT_APPLICATION -> APPLICATION_FEEDBACK;
                    default -> UNKNOWN;
                };
            default -> UNKNOWN;
        };
    }
}
