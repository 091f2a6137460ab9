package live.strait.loadtest.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import live.strait.loadtest.host.HostTrace;
import live.strait.loadtest.host.SimulatedHost;
import live.strait.loadtest.host.SyntheticSource;
import live.strait.loadtest.peer.PeerConnector.Connection;
import live.strait.loadtest.stamp.PacketStamps;
import live.strait.loadtest.viewer.Audience;
import live.strait.loadtest.viewer.RoomStream;
import live.strait.loadtest.viewer.ViewerFigures;
import live.strait.loadtest.viewer.ViewerMedia;
import live.strait.relay.TestNode;
import live.strait.signaling.session.ClientOffer;
import org.junit.jupiter.api.Test;

/// Viewers that move to another network during play, through a real node over UDP.
///
/// The node has two media loops and puts each newcomer onto the emptier one: of host and two viewers, one viewer is
/// on the host's loop and one is not. The kernel spreads the new ports over the sockets of both.
class AddressChangeTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int CHANGES = 5;
    /// Pictures have to flow again for so long before the next change.
    private static final long SETTLED_NANOS = 200_000_000L;

    private final Set<Integer> ports = new HashSet<>();
    private final Audience audience = new Audience();
    private final RoomStream stream = new RoomStream(new PacketStamps());

    @Test
    void picturesGoOnWithinASecondAfterEachOfSeveralChanges() throws Exception {
        try (TestNode node = TestNode.start();
                SignalingClient signaling = new SignalingClient(null);
                SimulatedHost host = new SimulatedHost(signaling, new PeerConnector(signaling));
                PeerLoop loop = new PeerLoop("viewers")) {
            host.publish(
                    node.http().resolve("/whip/moving"),
                    new SyntheticSource(HostTrace.load(), true, new Random(1)),
                    null);
            for (int viewer = 0; viewer < 2; viewer++) {
                ViewerFigures figures = new ViewerFigures(System.nanoTime());
                WatchedViewer[] made = new WatchedViewer[1];
                Connection connection = new PeerConnector(signaling)
                        .connect(
                                node.http().resolve("/whep/moving"),
                                loop,
                                (ice, fingerprint) ->
                                        ClientOffer.view(ice, fingerprint, "viewer", List.of(ClientOffer.VP8)),
                                answer ->
                                        made[0] = new WatchedViewer(new ViewerMedia(answer, figures, audience, stream)))
                        .get(5, TimeUnit.SECONDS);
                made[0].longestGapNanos(System.nanoTime(), 5 * SECOND);
                for (int change = 0; change < CHANGES; change++) {
                    moves(connection.peer(), made[0]);
                }
                assertThat(figures.ending()).isNull();
            }
            assertThat(ports).as("a port per viewer and change").hasSize(2 * (CHANGES + 1));
        }
    }

    private void moves(ClientPeer peer, WatchedViewer viewer) throws IOException, InterruptedException {
        ports.add(peer.localPort());
        long changedNanos = System.nanoTime();
        peer.changeAddress();
        long gapNanos = viewer.longestGapNanos(changedNanos + SETTLED_NANOS, SECOND);
        ports.add(peer.localPort());
        assertThat(gapNanos / 1e6).as("ms without video").isBetween(0.0, 1000.0);
    }
}
