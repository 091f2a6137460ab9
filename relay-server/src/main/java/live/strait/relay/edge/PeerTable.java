package live.strait.relay.edge;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.peer.PeerSession;
import org.jspecify.annotations.Nullable;

/// Finds the session a datagram belongs to: by source address, and for a first check by username fragment.
///
/// Each loop has its own table of addresses and is the only one to touch it. The username fragments are shared by
/// all loops: written at admission, read once per STUN request.
final class PeerTable {
    private final Map<PeerAddress, PeerSession> byAddress = new HashMap<>();
    private final ConcurrentHashMap<String, PeerSession> byUfrag;

    PeerTable(ConcurrentHashMap<String, PeerSession> byUfrag) {
        this.byUfrag = byUfrag;
    }

    @Nullable
    PeerSession byAddress(PeerAddress from) {
        return byAddress.get(from);
    }

    @Nullable
    PeerSession byUfrag(String localUfrag) {
        return byUfrag.get(localUfrag);
    }

    void learn(PeerAddress from, PeerSession session) {
        byAddress.put(from, session);
    }

    /// Forgets an address, unless another session has taken it over meanwhile.
    void forget(PeerAddress from, PeerSession session) {
        byAddress.remove(from, session);
    }
}
