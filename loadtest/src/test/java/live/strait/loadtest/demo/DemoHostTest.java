package live.strait.loadtest.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.TimeUnit;
import live.strait.loadtest.LocalNode;
import live.strait.loadtest.host.SimulatedHost;
import live.strait.loadtest.peer.PeerConnector;
import live.strait.loadtest.peer.PeerConnector.Connection;
import live.strait.loadtest.peer.PeerLoop;
import live.strait.loadtest.peer.SignalingClient;
import live.strait.signaling.session.ClientOffer;
import org.junit.jupiter.api.Test;

class DemoHostTest {
    /// A second until the next key frame of the clip, and some for the relay's first look at the layers.
    private static final long PATIENCE_SECONDS = 10;

    private final LayerWatch watch = new LayerWatch();

    @Test
    void aViewerGetsEachLayerThatItAsksFor() throws Exception {
        try (LocalNode node = LocalNode.start();
                SignalingClient signaling = new SignalingClient(null);
                SimulatedHost host = new SimulatedHost(signaling, new PeerConnector(signaling));
                PeerLoop loop = new PeerLoop("viewer")) {
            host.publish(node.http().resolve("/whip/demo"), ClipSource.load(), null);
            Connection viewer = new PeerConnector(signaling)
                    .connect(
                            node.http().resolve("/whep/demo"),
                            loop,
                            (ice, fingerprint) ->
                                    ClientOffer.view(ice, fingerprint, "viewer", List.of(ClientOffer.VP8)),
                            answer -> watch)
                    .get(PATIENCE_SECONDS, TimeUnit.SECONDS);

            awaitWidth(1280);
            select(viewer.resource(), "q");
            awaitWidth(320);
            select(viewer.resource(), "h");
            awaitWidth(640);
            select(viewer.resource(), "f");
            awaitWidth(1280);
            assertThat(host.ending()).isNull();
        }
    }

    private void awaitWidth(int wanted) throws InterruptedException {
        int width = 0;
        while (width != wanted) {
            Integer next = watch.widths().poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(next).as("a key frame, %d wide at last", wanted).isNotNull();
            width = next;
        }
    }

    private static void select(URI session, String rid) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create(session + "/layer"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"encodingId\":\"" + rid + "\"}"))
                    .build();
            assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(204);
        }
    }
}
