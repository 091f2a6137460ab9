package live.strait.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import live.strait.relay.Node.NodeOptions;
import live.strait.relay.edge.EdgeOptions;
import live.strait.relay.edge.UdpWay;
import live.strait.relay.room.RoomLimits;
import live.strait.signaling.control.RoomId;
import live.strait.signaling.http.HttpOptions;
import live.strait.signaling.message.Role;
import live.strait.signaling.token.Grant;
import live.strait.signaling.token.TokenIssuer;
import live.strait.signaling.token.TokenKey;
import live.strait.signaling.token.TokenKeys;
import org.jspecify.annotations.Nullable;

/// A node in this process on free ports, open to everybody, with two media loops whatever the machine: sessions
/// that come one after the other live on different ones, so that every test crosses loops.
public final class TestNode implements AutoCloseable {
    private static final int LOOPS = 2;
    private static final TokenKey KEY = TokenKey.hs256("test", "a secret of the tests, at least 32 bytes long");

    /// `-Dstrait.udp=netty` runs every test of a node over that way.
    private static final UdpWay UDP =
            UdpWay.valueOf(System.getProperty("strait.udp", "auto").toUpperCase(Locale.ROOT));

    private final Node node;

    private TestNode(Node node) {
        this.node = node;
    }

    public static TestNode start() throws Exception {
        return start(List.of());
    }

    /// A node that tells peers these addresses.
    ///
    /// @param addresses told to peers instead of the interfaces' ones
    public static TestNode start(List<InetAddress> addresses) throws Exception {
        NodeOptions options = new NodeOptions(
                HttpOptions.onPort(0).openToEverybody(),
                new EdgeOptions(
                        new InetSocketAddress("::", 0), LOOPS, true, EdgeOptions.DEFAULT_SOCKET_BUFFER_BYTES, UDP),
                addresses,
                RoomLimits.DEFAULTS,
                null,
                TestCrypto.engine());
        return new TestNode(new Node(options, new TokenKeys(List.of(KEY))));
    }

    /// A token for one room; without any, everybody may do everything as the same subject.
    public String token(String room, Role role, @Nullable String subject) {
        return new TokenIssuer(KEY, InstantSource.system())
                .issue(Grant.of(new RoomId(room), role, subject, Instant.now().plusSeconds(600)));
    }

    public Node node() {
        return node;
    }

    public URI http() {
        return URI.create("http://localhost:" + node.httpPort());
    }

    /// A figure of the metrics page.
    public double metric(String name) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(http().resolve("/metrics")).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            String page = client.send(request, BodyHandlers.ofString()).body();
            return page.lines()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(page));
        }
    }

    @Override
    public void close() {
        node.close();
    }
}
