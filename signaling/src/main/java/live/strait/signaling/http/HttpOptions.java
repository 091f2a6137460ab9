package live.strait.signaling.http;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How the HTTP front of a node is to be reached.
///
/// @param host the address to listen on; `0.0.0.0` means all of them, IPv6 included
/// @param port 0 takes any free one
/// @param open true while developing: who brings no token may do everything
/// @param tls null for plain HTTP, as behind a proxy; browsers give a camera to pages of localhost or https only
/// @param trustedProxies whose word about a client's address counts
/// @param iceServers named to clients in Link headers (RFC 9725 section 4.6); a reachable node needs none
public record HttpOptions(
        String host,
        int port,
        boolean open,
        @Nullable Tls tls,
        TrustedProxies trustedProxies,
        List<IceServer> iceServers) {

    public HttpOptions {
        iceServers = List.copyOf(iceServers);
        if (port < 0 || port > 65535) {
            throw new IllegalArgumentException("an HTTP port is 0 to 65535, not " + port);
        }
    }

    /// All addresses, tokens wanted, no TLS, no proxy in front.
    public static HttpOptions onPort(int port) {
        return new HttpOptions("0.0.0.0", port, false, null, TrustedProxies.NONE, List.of());
    }

    public HttpOptions openToEverybody() {
        return new HttpOptions(host, port, true, tls, trustedProxies, iceServers);
    }

    /// PEM files; with them HTTP/2 is spoken, too.
    public record Tls(Path certificate, Path key) {}
}
