package live.strait.loadtest;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import live.strait.relay.Node;
import live.strait.relay.Node.NodeOptions;
import live.strait.relay.edge.EdgeOptions;
import live.strait.relay.room.RoomLimits;
import live.strait.signaling.http.HttpOptions;
import live.strait.signaling.token.TokenKeys;
import live.strait.signaling.token.TokenVerifier;

/// A node in the test's own process, on free ports, open to everybody, with two media loops.
public final class LocalNode implements AutoCloseable {
    private final Node node;

    private LocalNode(Node node) {
        this.node = node;
    }

    public static LocalNode start() throws Exception {
        NodeOptions options = new NodeOptions(
                HttpOptions.onPort(0).openToEverybody(),
                new EdgeOptions(new InetSocketAddress("::", 0), 2, true, EdgeOptions.DEFAULT_SOCKET_BUFFER_BYTES),
                List.of(),
                RoomLimits.DEFAULTS);
        return new LocalNode(new Node(options, new TokenVerifier(new TokenKeys(List.of()), InstantSource.system())));
    }

    public URI http() {
        return URI.create("http://localhost:" + node.httpPort());
    }

    @Override
    public void close() {
        node.close();
    }
}
