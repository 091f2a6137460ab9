package live.strait.relay.edge;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import live.strait.protocol.ice.Candidate;
import live.strait.protocol.ice.PeerAddress.Transport;

/// The host candidates that peers are told (RFC 8445 section 5.1.1.1): each address with the one port, UDP before
/// TCP.
///
/// IPv4 comes first: the simplest WHIP clients take the first candidate and no other. Loopback is named last and
/// only where the node listens on it, for peers on the same machine.
public final class LocalCandidates {
    private static final int HOST_TYPE_PREFERENCE = 126;

    private LocalCandidates() {}

    /// The candidates of a node on `port`.
    ///
    /// @param publicAddresses what to name instead of the interfaces' addresses; empty to name those
    public static List<Candidate> of(List<InetAddress> publicAddresses, EdgeOptions options, int port)
            throws SocketException {
        Set<InetAddress> addresses = new LinkedHashSet<>(publicAddresses);
        if (addresses.isEmpty()) {
            InetAddress bound = options.bind().getAddress();
            if (bound.isAnyLocalAddress()) {
                addresses.addAll(ofInterfaces());
            } else {
                addresses.add(bound);
            }
        }
        List<Candidate> candidates = new ArrayList<>();
        int localPreference = 65_535;
        for (InetAddress address : addresses) {
            candidates.add(candidate(address, port, Transport.UDP, localPreference));
            localPreference--;
        }
        if (options.tcp()) {
            for (InetAddress address : addresses) {
                candidates.add(candidate(address, port, Transport.TCP, localPreference));
                localPreference--;
            }
        }
        return candidates;
    }

    private static Candidate candidate(InetAddress address, int port, Transport transport, int localPreference) {
        // TCP is worth less than any UDP path (RFC 6544 section 4.2).
        int typePreference = transport == Transport.UDP ? HOST_TYPE_PREFERENCE : HOST_TYPE_PREFERENCE - 36;
        long priority = ((long) typePreference << 24) + ((long) localPreference << 8) + 255;
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        return new Candidate(
                (transport == Transport.UDP ? "u" : "t") + Integer.toHexString(address.hashCode()),
                1,
                transport,
                priority,
                zone < 0 ? text : text.substring(0, zone),
                port,
                Candidate.Type.HOST,
                transport == Transport.UDP ? "" : "passive");
    }

    private static List<InetAddress> ofInterfaces() throws SocketException {
        List<InetAddress> found = new ArrayList<>();
        for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
            if (each.isUp()) {
                each.inetAddresses()
                        .filter(address -> address instanceof Inet4Address || !address.isLinkLocalAddress())
                        .forEach(found::add);
            }
        }
        found.sort(Comparator.comparing(InetAddress::isLoopbackAddress)
                .thenComparing(address -> address instanceof Inet6Address));
        return found;
    }
}
