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
        PageReport sentBefore = host.report("return straitTest.hostLayers()").at("");
        PageReport before = viewer.report("return straitTest.inbound()");
        viewer.run("await straitTest.sleep(15000)");
        PageReport inbound = viewer.report("return straitTest.inbound()");
        PageReport sent = host.report("return straitTest.hostLayers()").at("");
        double sentRate = sent.rateSince(sentBefore, "framesSent");
        double decodedRate = inbound.rateSince(before, "framesDecoded");
        System.out.printf("sent %.2f/s, decoded %.2f/s: %s; host %s%n", sentRate, decodedRate, inbound, sent);
        assertThat(sentRate).isGreaterThan(10);
        assertThat(inbound.number("nacks") + sent.number("nacks")).isPositive();
        assertThat(decodedRate).isGreaterThanOrEqualTo(0.99 * sentRate);
    }
}
