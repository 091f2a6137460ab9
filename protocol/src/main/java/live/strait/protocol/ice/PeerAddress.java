package live.strait.protocol.ice;

import java.net.InetSocketAddress;

/// Where a peer's packets come from and ours go: a remote socket address and the transport that leads there.
///
/// For [Transport#TCP] the remote address names one accepted connection (RFC 6544 passive).
public record PeerAddress(InetSocketAddress socket, Transport transport) {

    public enum Transport {
        UDP,
        TCP
    }

    public static PeerAddress udp(InetSocketAddress socket) {
        return new PeerAddress(socket, Transport.UDP);
    }

    public static PeerAddress tcp(InetSocketAddress socket) {
        return new PeerAddress(socket, Transport.TCP);
    }

    @Override
    public String toString() {
        return (transport == Transport.UDP ? "udp " : "tcp ") + socket;
    }
}
