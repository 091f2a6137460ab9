package live.strait.relay.browser;

import static org.assertj.core.api.Assertions.assertThat;

import live.strait.relay.TestNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The thinnest real chain: a browser publishes one VP8 layer, another one watches.
@Tag("browser")
class ChromiumToChromiumTest {

    @Test
    void oneLayerReachesAViewerOnTheOtherLoop() throws Exception {
        try (TestNode node = TestNode.start();
                Chromium host = new Chromium(node.http());
                Chromium viewer = new Chromium(node.http())) {
            host.run("await straitTest.host({ room: 'thin', width: 640, height: 360, layers: [] })");
            viewer.runForNumber("return straitTest.viewer({ room: 'thin' })");
            PageReport picture = viewer.report("return straitTest.glassToGlass(5000)");
            PageReport inbound = viewer.report("return straitTest.inbound()");

            assertThat(picture.number("pictures")).isGreaterThan(100);
            assertThat(picture.number("p95")).isLessThan(500);
            assertThat(inbound.number("framesDecoded")).isGreaterThan(100);
            // What is muted has no energy.
            viewer.run("window.video.muted = false; await straitTest.sleep(1000)");
            assertThat(viewer.report("return straitTest.inbound('audio')").number("audioEnergy"))
                    .isPositive();
        }
    }
}
