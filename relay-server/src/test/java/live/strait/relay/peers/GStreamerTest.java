package live.strait.relay.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import live.strait.relay.TestNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// GStreamer 1.22, an engine that shares no code with libwebrtc: SRTP profile 1 alone, no header extensions, a
/// ClientHello in fragments of 256 bytes, an audio line with port 0 in the bundle.
@Tag("peer")
class GStreamerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String ROOM = "room";

    @Test
    void h264OfGStreamerIsDecodedByLibwebrtc() throws Exception {
        try (TestNode node = TestNode.start();
                GStreamerPeer host = GStreamerPeer.publish(node.http(), ROOM);
                LibwebrtcViewer viewer = new LibwebrtcViewer(node.http(), ROOM)) {
            viewer.pictures().awaitMore(90, PATIENCE);
            viewer.sounds().awaitMore(100, PATIENCE);

            assertThat(viewer.size()).isEqualTo("640x360");
            assertThat(host.said()).noneMatch(line -> line.startsWith("offer a=extmap"));
        }
    }

    @Test
    void vp8OfLibwebrtcIsDecodedByGStreamer() throws Exception {
        try (TestNode node = TestNode.start();
                GStreamerPeer viewer = GStreamerPeer.watch(node.http(), ROOM);
                LibwebrtcHost _ = new LibwebrtcHost(node.http(), ROOM, "VP8", 640, 360)) {
            viewer.pictures().awaitMore(90, PATIENCE);
            viewer.sounds().awaitMore(100, PATIENCE);

            assertThat(viewer.said()).contains("state connected");
            assertThat(node.metric("strait_rtp_padding_bytes_total"))
                    .as("some of the packets that it has decoded were padded")
                    .isPositive();
        }
    }
}
