package live.strait.loadtest.demo;

import static org.assertj.core.api.Assertions.assertThat;

import live.strait.loadtest.host.SimulatedHost;
import live.strait.loadtest.peer.PeerConnector;
import live.strait.loadtest.peer.PeerConnector.Connection;
import live.strait.loadtest.peer.PeerLoop;
import live.strait.loadtest.peer.SignalingClient;
import live.strait.loadtest.recording.PacketRecorder;
import live.strait.loadtest.recording.RoomRecorder;
import live.strait.relay.TestNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("peer")
class DemoHostTest {
    /// A second until the next key frame of the clip, and some for the relay's first look at the layers.
    private static final long PATIENCE_SECONDS = 10;

    private final PacketRecorder watch = new PacketRecorder();

    @Test
    void aViewerGetsEachLayerThatItAsksFor() throws Exception {
        try (TestNode node = TestNode.start();
                SignalingClient signaling = new SignalingClient(null);
                SimulatedHost host = new SimulatedHost(signaling, new PeerConnector(signaling));
                PeerLoop loop = new PeerLoop("viewer")) {
            host.publish(node.http().resolve("/whip/demo"), ClipSource.load(), null);
            Connection viewer = RoomRecorder.watch(node.http(), "demo", signaling, loop, watch);

            watch.awaitWidth(1280, PATIENCE_SECONDS);
            RoomRecorder.select(viewer.resource(), "q");
            watch.awaitWidth(320, PATIENCE_SECONDS);
            RoomRecorder.select(viewer.resource(), "h");
            watch.awaitWidth(640, PATIENCE_SECONDS);
            RoomRecorder.select(viewer.resource(), "f");
            watch.awaitWidth(1280, PATIENCE_SECONDS);
            assertThat(host.ending()).isNull();
        }
    }
}
