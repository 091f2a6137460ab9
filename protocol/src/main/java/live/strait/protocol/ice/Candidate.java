package live.strait.protocol.ice;

/// One ICE candidate as SDP carries it (RFC 8839 section 5.1).
///
/// @param address an IP address; a peer's may also be an mDNS name (`….local`), which is no address we could use
/// @param tcpType `active`, `passive` or `so` (RFC 6544), empty for UDP
public record Candidate(
        String foundation,
        int component,
        PeerAddress.Transport transport,
        long priority,
        String address,
        int port,
        Type type,
        String tcpType) {

    public enum Type {
        HOST,
        SRFLX,
        PRFLX,
        RELAY
    }
}
