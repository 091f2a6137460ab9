package live.strait.relay.browser;

import static org.assertj.core.api.Assertions.assertThat;

import live.strait.relay.LossyProxy;
import live.strait.relay.TestNode;
import live.strait.signaling.message.Role;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Hosts come, go, reload and sit beside each other; viewers do nothing about it.
@Tag("browser")
class RoomLifeTest {
    private static final String SMALL = "width: 640, height: 360, layers: []";

    @Test
    void viewerWaitsForTheHostAndSeesItAgainAfterAReload() throws Exception {
        try (TestNode node = TestNode.start();
                Chromium host = new Chromium(node.http());
                Chromium viewer = new Chromium(node.http())) {
            viewer.run("window.first = straitTest.viewer({ room: 'life' }); window.first.catch(() => {})");
            viewer.run(
                    "await straitTest.until(() => window.viewer?.peerConnection?.connectionState === 'connected', 'waiting')");
            host.run("await straitTest.host({ room: 'life', %s })".formatted(SMALL));
            viewer.run("await window.first");
            viewer.run("window.session = window.viewer.peerConnection");

            host.open(node.http());
            host.run("await straitTest.host({ room: 'life', %s })".formatted(SMALL));
            PageReport after = viewer.report("return straitTest.glassToGlass(4000)");
            System.out.println("after the reload: " + after);
            assertThat(after.number("pictures")).isGreaterThan(40);
            assertThat(viewer.run("return window.session === window.viewer.peerConnection"))
                    .isEqualTo(true);

            host.open(node.http());
            host.run("await straitTest.host({ room: 'life', codec: 'vp9', %s })".formatted(SMALL));
            PageReport inVp9 = viewer.report("return straitTest.glassToGlass(4000)");
            System.out.println("in VP9: " + inVp9);
            assertThat(inVp9.number("pictures")).isGreaterThan(40);
            assertThat(viewer.run("return window.session === window.viewer.peerConnection"))
                    .isEqualTo(true);
        }
    }

    @Test
    void anotherSubjectIsRefusedAndACohostSitsBeside() throws Exception {
        try (TestNode node = TestNode.start();
                Chromium host = new Chromium(node.http());
                Chromium cohost = new Chromium(node.http());
                Chromium viewer = new Chromium(node.http())) {
            host.run("await straitTest.host({ room: 'duo', token: '%s', width: 640, height: 360, layers: [] })"
                    .formatted(node.token("duo", Role.HOST, "ana")));
            Object status = cohost.run("""
                    const answer = await fetch('/whip/duo', { method: 'POST', body: await straitTest.anOffer(),
                      headers: { 'content-type': 'application/sdp', authorization: 'Bearer %s' } });
                    return answer.status + ' ' + (await answer.json()).detail;""".formatted(node.token("duo", Role.HOST, "mallory")));
            assertThat(String.valueOf(status)).startsWith("409 another host is live");

            cohost.run("await straitTest.host({ room: 'duo', token: '%s', width: 320, height: 240, layers: [] })"
                    .formatted(node.token("duo", Role.COHOST, "ben")));
            PageReport sizes = viewer.report("return straitTest.watchTwo('duo')");
            System.out.println("two publications: " + sizes);
            assertThat(sizes.number("first")).isEqualTo(360);
            assertThat(sizes.number("second")).isEqualTo(240);
        }
    }

    @Test
    void picturesGoOnWhenTheViewersAddressChanges() throws Exception {
        try (TestNode node = TestNode.start();
                LossyProxy link = new LossyProxy(node.node().mediaPort(), 13);
                Chromium host = new Chromium(node.http());
                Chromium viewer = new Chromium(node.http())) {
            viewer.run("straitTest.viaPort(%d)".formatted(link.port()));
            host.run("await straitTest.host({ room: 'roam', %s })".formatted(SMALL));
            viewer.run("await straitTest.viewer({ room: 'roam' })");
            link.roam();
            PageReport after = viewer.report("return straitTest.glassToGlass(6000)");
            System.out.println("after the address changed: " + after);
            // A browser behind a NAT that rebinds does not know; its next check, within 2.5 s, tells the relay.
            assertThat(after.number("longestGap")).isLessThan(3_500);
            assertThat(after.number("pictures")).isGreaterThan(50);
        }
    }
}
