package live.strait.loadtest.peer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import live.strait.loadtest.socket.PeerSockets;
import live.strait.protocol.ice.Candidate;
import live.strait.protocol.ice.PeerAddress;
import live.strait.signaling.session.ClientAnswer;

/// The UDP addresses of an answer that a client can send to, by the server's preference.
final class RemoteAddresses {
    private static final int MOST = 8;

    private RemoteAddresses() {}

    /// @throws IOException when the sockets reach none of them
    static List<PeerAddress> of(ClientAnswer answer, PeerSockets sockets) throws IOException {
        List<Candidate> candidates = new ArrayList<>(answer.candidates());
        candidates.removeIf(candidate -> candidate.transport() != PeerAddress.Transport.UDP || candidate.port() == 0);
        candidates.sort(Comparator.comparingLong(Candidate::priority).reversed());
        List<PeerAddress> addresses = new ArrayList<>();
        for (Candidate candidate : candidates) {
            try {
                InetAddress address = InetAddress.ofLiteral(candidate.address());
                if (sockets.reaches(address)) {
                    addresses.add(PeerAddress.udp(new InetSocketAddress(address, candidate.port())));
                }
            } catch (IllegalArgumentException e) {
                // An mDNS name: nothing that we could resolve.
            }
        }
        if (addresses.isEmpty()) {
            throw new IOException("the answer has no UDP candidate that we reach: " + candidates);
        }
        return addresses.subList(0, Math.min(MOST, addresses.size()));
    }
}
