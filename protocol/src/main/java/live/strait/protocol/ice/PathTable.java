package live.strait.protocol.ice;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The addresses that a peer has proved to be at, each by an authenticated check; a bounded number.
///
/// When it is full, the path that has been quiet for the longest time leaves, but never the selected one.
final class PathTable {
    private final List<Path> paths = new ArrayList<>();
    private final int maxPaths;
    private @Nullable Path selected;

    PathTable(int maxPaths) {
        this.maxPaths = maxPaths;
    }

    /// Called for every packet of a session: the selected path is looked at first, and nothing is allocated.
    boolean contains(PeerAddress address) {
        return find(address) != null;
    }

    @Nullable
    PeerAddress selected() {
        return selected == null ? null : selected.address;
    }

    /// Notes a packet that authenticated; false when the address has not been validated.
    boolean heard(long nowNanos, PeerAddress address) {
        Path path = find(address);
        if (path == null) {
            return false;
        }
        path.heardAtNanos = nowNanos;
        return true;
    }

    void validate(long nowNanos, PeerAddress address) {
        if (heard(nowNanos, address)) {
            return;
        }
        if (paths.size() == maxPaths) {
            paths.remove(quietest());
        }
        paths.add(new Path(address, nowNanos));
    }

    /// Sends go to `address` from now on; false when they did already, or when it has not been validated.
    boolean select(PeerAddress address) {
        Path path = find(address);
        if (path == null || path == selected) {
            return false;
        }
        selected = path;
        return true;
    }

    /// Forgets a path; when it was the selected one, the path that was heard last becomes it, if there is any.
    void remove(PeerAddress address) {
        Path path = find(address);
        if (path == null) {
            return;
        }
        paths.remove(path);
        if (path == selected) {
            selected = null;
            for (Path other : paths) {
                if (selected == null || other.heardAtNanos - selected.heardAtNanos > 0) {
                    selected = other;
                }
            }
        }
    }

    private @Nullable Path find(PeerAddress address) {
        if (selected != null && selected.address.equals(address)) {
            return selected;
        }
        for (int i = 0; i < paths.size(); i++) {
            if (paths.get(i).address.equals(address)) {
                return paths.get(i);
            }
        }
        return null;
    }

    private @Nullable Path quietest() {
        Path quietest = null;
        for (Path path : paths) {
            if (path != selected && (quietest == null || path.heardAtNanos - quietest.heardAtNanos < 0)) {
                quietest = path;
            }
        }
        return quietest;
    }

    private static final class Path {
        final PeerAddress address;
        long heardAtNanos;

        Path(PeerAddress address, long heardAtNanos) {
            this.address = address;
            this.heardAtNanos = heardAtNanos;
        }
    }
}
