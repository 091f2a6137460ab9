package live.strait.relay.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import live.strait.relay.TestNode;
import live.strait.relay.peers.ShapedHost.Shape;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Hosts of the exact shape of FFmpeg's WHIP muxer and of OBS, watched by libwebrtc.
@Tag("peer")
class ShapedHostTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String ROOM = "room";

    /// Longer than the 8 s after which a peer counts as dead that is not heard: FFmpeg checks once, and its media
    /// is its only sign of life from then on.
    @Test
    void hostOfFfmpegsShapeIsCalledByTheRelayAndStaysAliveByItsMedia() throws Exception {
        try (TestNode node = TestNode.start();
                ShapedHost host = new ShapedHost(node.http(), ROOM, Shape.FFMPEG, 0);
                LibwebrtcViewer viewer = new LibwebrtcViewer(node.http(), ROOM)) {
            assertThat(host.answer()).contains("a=setup:active").doesNotContain("a=rtcp-fb", "a=extmap:");
            viewer.pictures().awaitMore(330, PATIENCE);
            viewer.sounds().awaitMore(100, PATIENCE);

            assertThat(viewer.size()).isEqualTo("640x360");
        }
    }

    /// A key frame comes every 2 s: without repair there would be no more than seven pictures from one to the next.
    @Test
    void lossesOfAHostOfObsShapeAreRepairedOnItsMediaSsrc() throws Exception {
        try (TestNode node = TestNode.start();
                ShapedHost host = new ShapedHost(node.http(), ROOM, Shape.OBS, 20);
                LibwebrtcViewer viewer = new LibwebrtcViewer(node.http(), ROOM)) {
            assertThat(host.answer()).contains("a=rtcp-fb:96 nack\r\n").doesNotContain("rtx/90000");
            Duration took = viewer.pictures().awaitMore(150, PATIENCE);

            assertThat(took).isLessThan(Duration.ofSeconds(15));
            assertThat(host.repaired().count())
                    .isGreaterThanOrEqualTo(host.lost().count() * 9 / 10);
        }
    }
}
