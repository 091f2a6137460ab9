package live.strait.loadtest.peer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import live.strait.protocol.ice.Candidate;
import live.strait.protocol.ice.PeerAddress;
import live.strait.signaling.session.ClientAnswer;

/// The UDP addresses of an answer that a client can send to, by the server's preference.
final class RemoteAddresses {
    private static final int MOST = 8;

    private RemoteAddresses() {}

    static List<PeerAddress> of(ClientAnswer answer) {
        List<Candidate> candidates = new ArrayList<>(answer.candidates());
        candidates.removeIf(candidate -> candidate.transport() != PeerAddress.Transport.UDP || candidate.port() == 0);
        candidates.sort(Comparator.comparingLong(Candidate::priority).reversed());
        List<PeerAddress> addresses = new ArrayList<>();
        for (Candidate candidate : candidates) {
            try {
                InetAddress address = InetAddress.ofLiteral(candidate.address());
                addresses.add(PeerAddress.udp(new InetSocketAddress(address, candidate.port())));
            } catch (IllegalArgumentException e) {
                // An mDNS name: nothing that we could resolve.
            }
        }
        return addresses.subList(0, Math.min(MOST, addresses.size()));
    }
}
