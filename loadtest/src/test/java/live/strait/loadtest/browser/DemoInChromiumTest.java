package live.strait.loadtest.browser;

import static org.assertj.core.api.Assertions.assertThat;

import live.strait.loadtest.demo.ClipSource;
import live.strait.loadtest.host.SimulatedHost;
import live.strait.loadtest.peer.PeerConnector;
import live.strait.loadtest.peer.SignalingClient;
import live.strait.relay.TestNode;
import live.strait.relay.browser.Chromium;
import live.strait.relay.browser.PageReport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The link that `strait demo` prints, opened.
@Tag("browser")
class DemoInChromiumTest {

    @Test
    void theWatchPagePlaysTheClip() throws Exception {
        try (TestNode node = TestNode.start();
                SignalingClient signaling = new SignalingClient(null);
                SimulatedHost host = new SimulatedHost(signaling, new PeerConnector(signaling))) {
            host.publish(node.http().resolve("/whip/demo"), ClipSource.load(), null);
            try (Chromium page = new Chromium(node.http().resolve("/watch/demo"))) {
                PageReport seen = page.report("""
                        const video = document.querySelector('video');
                        await straitTest.until(() => video.videoWidth > 0 && video.currentTime > 0, 'a picture');
                        await straitTest.sleep(2000);
                        const began = video.getVideoPlaybackQuality().totalVideoFrames;
                        await straitTest.sleep(6000);
                        return {
                            frames: video.getVideoPlaybackQuality().totalVideoFrames - began,
                            width: video.videoWidth,
                            tracks: video.srcObject.getTracks().map((track) => track.kind).sort().join(' '),
                        };""");

                assertThat(seen.text("tracks")).isEqualTo("audio video");
                assertThat(seen.number("width")).isEqualTo(1280);
                assertThat(seen.number("frames")).isGreaterThan(150);
            }
        }
    }
}
