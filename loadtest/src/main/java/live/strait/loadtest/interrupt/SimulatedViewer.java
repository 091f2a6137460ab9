package live.strait.loadtest.interrupt;

import java.util.Objects;
import live.strait.loadtest.lane.ViewerPage;
import live.strait.loadtest.peer.PeerConnector.Connection;
import live.strait.loadtest.viewer.ViewerFigures;
import org.jspecify.annotations.Nullable;

/// One viewer: its picture, its page, and whether an interrupt of it is open. Any thread.
final class SimulatedViewer {
    private final ViewerFigures figures = new ViewerFigures(System.nanoTime());
    private @Nullable ViewerPage page;
    private volatile boolean cutIn;
    private volatile @Nullable Connection connection;

    /// Before anything else.
    void opened(ViewerPage opened) {
        page = opened;
    }

    void connected(Connection made) {
        connection = made;
    }

    ViewerPage page() {
        return Objects.requireNonNull(page);
    }

    ViewerFigures figures() {
        return figures;
    }

    @Nullable
    Connection connection() {
        return connection;
    }

    /// There is a picture, and the node takes what the page says.
    boolean hasJoined() {
        return figures.hasJoined() && page().isUsable();
    }

    /// Why it does not take part, or null.
    @Nullable
    String ending() {
        String ending = figures.ending();
        return ending == null ? page().ending() : ending;
    }

    boolean mayCutIn() {
        return !cutIn && page().isUsable();
    }

    void setCutIn(boolean isOpen) {
        cutIn = isOpen;
    }
}
