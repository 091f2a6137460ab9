package live.strait.relay.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import live.strait.relay.TestNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// libwebrtc, the engine of browsers and mobile apps, publishes and watches without a browser around it.
///
/// Pictures are made at 30 a second on a machine that may be busy: a test waits for a number of them rather than
/// for a time, and fails when they do not come in [#PATIENCE].
@Tag("peer")
class LibwebrtcTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ROOM = "room";

    @ParameterizedTest
    @ValueSource(strings = {"VP8", "VP9", "H264", "AV1"})
    void pictureAndSoundArriveInEachCodec(String codec) throws Exception {
        try (TestNode node = TestNode.start();
                LibwebrtcHost _ = new LibwebrtcHost(node.http(), ROOM, codec, 640, 360);
                LibwebrtcViewer viewer = new LibwebrtcViewer(node.http(), ROOM)) {
            viewer.pictures().awaitMore(90, PATIENCE);
            viewer.sounds().awaitMore(100, PATIENCE);

            assertThat(viewer.size()).isEqualTo("640x360");
        }
    }

    @Test
    void viewerWhoCameFirstSeesTheHostWhenItComes() throws Exception {
        try (TestNode node = TestNode.start();
                LibwebrtcViewer viewer = new LibwebrtcViewer(node.http(), ROOM);
                LibwebrtcHost _ = new LibwebrtcHost(node.http(), ROOM, "VP8", 320, 180)) {
            viewer.pictures().awaitMore(60, PATIENCE);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"VP9", "H264", "AV1"})
    void hostComesBackWithAnotherCodecAndTheViewerGoesOn(String codec) throws Exception {
        try (TestNode node = TestNode.start();
                LibwebrtcViewer viewer = new LibwebrtcViewer(node.http(), ROOM)) {
            try (LibwebrtcHost host = new LibwebrtcHost(node.http(), ROOM, "VP8", 320, 180)) {
                viewer.pictures().awaitMore(60, PATIENCE);
                host.leave();
            }
            try (LibwebrtcHost _ = new LibwebrtcHost(node.http(), ROOM, codec, 640, 360)) {
                viewer.pictures().awaitMore(60, PATIENCE);
                viewer.sounds().awaitMore(100, PATIENCE);

                assertThat(viewer.size()).isEqualTo("640x360");
            }
        }
    }

    @Test
    void secondHostOfTheSameSubjectTakesOverWhileTheFirstStillSends() throws Exception {
        try (TestNode node = TestNode.start();
                LibwebrtcViewer viewer = new LibwebrtcViewer(node.http(), ROOM);
                LibwebrtcHost _ = new LibwebrtcHost(node.http(), ROOM, "VP8", 320, 180)) {
            viewer.pictures().awaitMore(60, PATIENCE);
            try (LibwebrtcHost _ = new LibwebrtcHost(node.http(), ROOM, "VP8", 640, 360)) {
                viewer.pictures().awaitMore(90, PATIENCE);

                assertThat(viewer.size()).isEqualTo("640x360");
                assertThat(node.metric("strait_rtp_padding_bytes_total"))
                        .as("some of the packets that it has decoded were padded")
                        .isPositive();
                assertThat(node.metric("strait_publishers")).isEqualTo(1);
            }
        }
    }

    @Test
    void hostAndViewerRestartIceInTheMiddleOfThePicture() throws Exception {
        try (TestNode node = TestNode.start();
                LibwebrtcHost host = new LibwebrtcHost(node.http(), ROOM, "VP8", 320, 180);
                LibwebrtcViewer viewer = new LibwebrtcViewer(node.http(), ROOM)) {
            viewer.pictures().awaitMore(60, PATIENCE);
            for (int round = 0; round < 2; round++) {
                host.restartIce();
                viewer.restartIce();
                viewer.pictures().awaitMore(90, PATIENCE);
            }
        }
    }
}
