package live.strait.protocol.demux;

/// Why a datagram or a packet was dropped; one counter each, under this name in lower case, at `/metrics`.
public enum DropReason {
    /// An empty datagram.
    EMPTY,
    /// A datagram larger than any packet that a peer has reason to send.
    OVERSIZED,
    /// Too short for what its first byte says it is.
    TRUNCATED,
    /// The first byte belongs to no protocol we speak (RFC 7983).
    UNKNOWN_PROTOCOL,
    /// Media, DTLS or RTCP from an address that no session has validated.
    UNKNOWN_PEER,
    /// A STUN message that does not parse, or is not a request or answer we expect.
    STUN_MALFORMED,
    /// A STUN request for a username fragment that no session has.
    STUN_UNKNOWN_UFRAG,
    /// STUN MESSAGE-INTEGRITY is missing or wrong.
    STUN_UNAUTHENTICATED,
    /// DTLS beyond the limits of concurrent handshakes, queue or record size.
    DTLS_REFUSED,
    /// Not made of whole DTLS records and handshake messages.
    DTLS_MALFORMED,
    /// DTLS before a ClientHello, or after the association has ended.
    DTLS_UNEXPECTED,
    /// DTLS of which no record authenticated, or all had been seen before.
    DTLS_UNAUTHENTICATED,
    /// RTP or RTCP before the DTLS handshake has given us keys.
    SRTP_NOT_READY,
    /// SRTP authentication failed.
    SRTP_UNAUTHENTICATED,
    /// SRTP index already seen, or older than the replay window (RFC 3711 section 3.3.2).
    SRTP_REPLAYED,
    /// An RTP header that contradicts its own lengths.
    RTP_MALFORMED,
    /// RTP whose SSRC maps to no negotiated media (mid, rid or SSRC).
    RTP_UNKNOWN_SSRC,
    /// RTP with a payload type that was not negotiated.
    RTP_UNKNOWN_PAYLOAD_TYPE,
    /// RTP that came so late or far off that its place in the sequence is not known any more.
    RTP_OUT_OF_WINDOW,
    /// RTCP that does not parse.
    RTCP_MALFORMED,
    /// Not made of an SCTP header and whole chunks, or a chunk that contradicts its own lengths.
    SCTP_MALFORMED,
    /// An SCTP checksum that is neither right nor zero (RFC 9653).
    SCTP_CHECKSUM,
    /// SCTP with the ports or the verification tag of another association (RFC 9260 section 8.5).
    SCTP_UNKNOWN_ASSOCIATION,
    /// SCTP that the state of the association has no use for.
    SCTP_UNEXPECTED,
    /// SCTP data beyond the window that we had offered.
    SCTP_OUT_OF_WINDOW,
    /// A message of the lane beyond any rate at which pages speak.
    LANE_FLOOD,
    /// RTP sent by a peer that may only receive.
    RTP_FROM_VIEWER,
    /// A second copy of a packet that we already have (for example a retransmission that came twice).
    DUPLICATE,
    /// A stream beyond the limit of streams of one session.
    TOO_MANY_STREAMS,
    /// The mailbox of another loop was full.
    MAILBOX_FULL,
    /// The socket's send buffer was full.
    SEND_BUFFER_FULL,
    /// The kernel refused to send: no route, or more than the device's MTU.
    SEND_REFUSED,
    /// A cache slot was overwritten while it was being read.
    CACHE_OVERRUN,
    /// A TCP peer read too slowly: its backlog exceeded its bound in time.
    TCP_BACKLOG
}
