package live.strait.loadtest.fanout;

import java.util.concurrent.atomic.AtomicReference;
import live.strait.loadtest.peer.PeerConnector.Connection;
import live.strait.loadtest.viewer.RoomStream;
import live.strait.loadtest.viewer.ViewerFigures;
import org.jspecify.annotations.Nullable;

/// One viewer of the run.
///
/// @param room whose host it sees
record Spectator(ViewerFigures figures, RoomStream room, AtomicReference<@Nullable Connection> connection) {
    Spectator(RoomStream room) {
        this(new ViewerFigures(System.nanoTime()), room, new AtomicReference<>());
    }

    boolean isJoining() {
        return !figures.hasJoined() && figures.ending() == null;
    }

    boolean hasFailed() {
        return !figures.hasJoined() || figures.ending() != null;
    }
}
