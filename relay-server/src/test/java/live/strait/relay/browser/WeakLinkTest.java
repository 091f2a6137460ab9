package live.strait.relay.browser;

import static org.assertj.core.api.Assertions.assertThat;

import live.strait.relay.LossyProxy;
import live.strait.relay.TestNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// 5 % of all RTP and RTCP is lost, both ways, on one of the two links: retransmission makes up for it.
@Tag("browser")
class WeakLinkTest {
    private static final double LOSS = 0.05;

    @Test
    void retransmissionRepairsTheViewersLink() throws Exception {
        try (TestNode node = TestNode.start();
                LossyProxy link = new LossyProxy(node.node().mediaPort(), 11);
                Chromium host = new Chromium(node.http());
                Chromium viewer = new Chromium(node.http())) {
            viewer.run("straitTest.viaPort(%d)".formatted(link.port()));
            assertFramesSurvive(link, host, viewer);
        }
    }

    @Test
    void retransmissionRepairsTheHostsLink() throws Exception {
        try (TestNode node = TestNode.start();
                LossyProxy link = new LossyProxy(node.node().mediaPort(), 12);
                Chromium host = new Chromium(node.http());
                Chromium viewer = new Chromium(node.http())) {
            host.run("straitTest.viaPort(%d)".formatted(link.port()));
            assertFramesSurvive(link, host, viewer);
        }
    }

    /// One layer, so that what is sent is what is watched.
    private static void assertFramesSurvive(LossyProxy link, Chromium host, Chromium viewer) {
        host.run("await straitTest.host({ room: 'weak', width: 640, height: 360, layers: [] })");
        viewer.run("await straitTest.viewer({ room: 'weak' })");
        link.setLoss(LOSS);
        viewer.run("await straitTest.sleep(1000)");
        double sentBefore = host.report("return straitTest.hostLayers()").at("").number("framesSent");
        double decodedBefore = viewer.report("return straitTest.inbound()").number("framesDecoded");
        viewer.run("await straitTest.sleep(15000)");
        PageReport sent = host.report("return straitTest.hostLayers()").at("");
        PageReport inbound = viewer.report("return straitTest.inbound()");
        double framesSent = sent.number("framesSent") - sentBefore;
        double framesDecoded = inbound.number("framesDecoded") - decodedBefore;
        System.out.printf("sent %.0f, decoded %.0f: %s; host %s%n", framesSent, framesDecoded, inbound, sent);
        assertThat(framesSent).isGreaterThan(200);
        assertThat(framesDecoded).isGreaterThanOrEqualTo(0.99 * framesSent);
    }
}
