package live.strait.relay.peer;

import live.strait.protocol.ice.PeerAddress;

/// Who is told, on the session's loop, what became of it.
public interface SessionListener {

    /// ICE and DTLS are done.
    void onConnected(PeerSession session);

    /// The last call for this session.
    void onEnded(PeerSession session, SessionEnd end, String detail);

    /// Datagrams from `from` belong to this session from now on.
    void onPathValidated(PeerSession session, PeerAddress from);

    /// Datagrams from `from` belong to it no longer.
    void onPathForgotten(PeerSession session, PeerAddress from);
}
