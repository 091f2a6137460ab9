package live.strait.relay.peer;

/// Why a session ended.
public enum SessionEnd {
    /// The peer deleted its resource or said goodbye by DTLS.
    PEER_LEFT,
    /// No authenticated packet came for longer than the session's life allows.
    SILENCE,
    /// The peer never finished ICE and DTLS.
    NEVER_CONNECTED,
    /// The DTLS handshake failed, or its certificate was not the announced one.
    HANDSHAKE_FAILED,
    /// The same subject published again and took over.
    TAKEN_OVER,
    /// The room was ended.
    ROOM_ENDED,
    /// The node stops.
    NODE_STOPPING,
    /// An error of ours; the log has it.
    INTERNAL_ERROR
}
