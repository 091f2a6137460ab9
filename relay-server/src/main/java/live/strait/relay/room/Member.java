package live.strait.relay.room;

import java.util.ArrayList;
import java.util.List;
import live.strait.relay.media.Publication;
import live.strait.relay.media.ViewerMedia;
import live.strait.relay.peer.PeerSession;
import live.strait.signaling.control.SessionRequest;
import org.jspecify.annotations.Nullable;

/// One session as its room sees it.
final class Member {
    private final Room room;
    private final SessionRequest request;
    private final PeerSession session;
    /// By which checks find the session: one, and one more for each ICE restart.
    private final List<String> localUfrags = new ArrayList<>();
    private boolean connected;

    Member(Room room, SessionRequest request, PeerSession session) {
        this.room = room;
        this.request = request;
        this.session = session;
    }

    /// The show that it was admitted to; a later one of the same name is another.
    Room room() {
        return room;
    }

    List<String> localUfrags() {
        return localUfrags;
    }

    SessionRequest request() {
        return request;
    }

    PeerSession session() {
        return session;
    }

    /// Whether ICE and DTLS are done; before, it counts as half open.
    boolean isConnected() {
        return connected;
    }

    void setConnected() {
        connected = true;
    }

    @Nullable
    Publication publication() {
        return session.media() instanceof Publication publication ? publication : null;
    }

    @Nullable
    ViewerMedia viewer() {
        return session.media() instanceof ViewerMedia viewer ? viewer : null;
    }
}
