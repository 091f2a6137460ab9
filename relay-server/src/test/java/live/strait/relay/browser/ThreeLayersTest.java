package live.strait.relay.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import live.strait.relay.TestNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Chromium publishes three simulcast layers, two Chromiums watch.
@Tag("browser")
class ThreeLayersTest {
    private static final String ROOM = "layers";

    private final TestNode node;
    private final Chromium host;
    private final Chromium viewer;
    private final Chromium other;

    ThreeLayersTest() throws Exception {
        node = TestNode.start();
        host = new Chromium(node.http());
        viewer = new Chromium(node.http());
        other = new Chromium(node.http());
    }

    @BeforeEach
    void publishAndWatch() {
        host.run("await straitTest.host({ room: '%s' })".formatted(ROOM));
        host.run("""
                await straitTest.until(async () => {
                  const layers = await straitTest.hostLayers();
                  return ['q', 'h', 'f'].every((rid) => layers[rid]?.framesSent > 10);
                }, 'all three layers are sent')""");
        viewer.run("await straitTest.viewer({ room: '%s' })".formatted(ROOM));
        other.run("await straitTest.viewer({ room: '%s' })".formatted(ROOM));
        viewer.run("await straitTest.until(async () => (await straitTest.inbound()).height === 720, 'the top layer')");
        other.run("await straitTest.until(async () => (await straitTest.inbound()).height === 720, 'the top layer')");
    }

    @AfterEach
    void close() {
        other.close();
        viewer.close();
        host.close();
        node.close();
    }

    @Test
    void bothViewersDecodeWhatIsSent() throws IOException {
        PageReport sentBefore = host.report("return straitTest.hostLayers()").at("f");
        PageReport before = viewer.report("return straitTest.inbound()");
        PageReport otherBefore = other.report("return straitTest.inbound()");
        PageReport glass = viewer.report("return straitTest.glassToGlass(10000)");
        PageReport after = viewer.report("return straitTest.inbound()");
        PageReport otherAfter = other.report("return straitTest.inbound()");
        PageReport sentAfter = host.report("return straitTest.hostLayers()").at("f");

        double sent = sentAfter.number("framesSent") - sentBefore.number("framesSent");
        double decoded = after.number("framesDecoded") - before.number("framesDecoded");
        double otherDecoded = otherAfter.number("framesDecoded") - otherBefore.number("framesDecoded");
        System.out.printf(
                "720p: sent %.0f, decoded %.0f and %.0f, freezes %.0f, glass to glass %s, limitation %s%n",
                sent,
                decoded,
                otherDecoded,
                after.number("freezeCount") - before.number("freezeCount"),
                glass,
                sentAfter.text("limitation"));
        assertThat(decoded).isGreaterThanOrEqualTo(0.95 * sent);
        assertThat(otherDecoded).isGreaterThanOrEqualTo(0.95 * sent);
        assertThat(glass.number("unreadable")).isLessThan(0.05 * glass.number("pictures"));
    }

    @Test
    void switchingLayersFreezesNothing() {
        double freezes = viewer.report("return straitTest.inbound()").number("freezeCount");
        for (String step : new String[] {"q:180", "h:360", "f:720", "q:180", "f:720"}) {
            String rid = step.substring(0, 1);
            String height = step.substring(2);
            viewer.run("await window.viewer.select('%s')".formatted(rid));
            viewer.run("await straitTest.until(async () => (await straitTest.inbound()).height === %s, 'layer %s')"
                    .formatted(height, rid));
            PageReport glass = viewer.report("return straitTest.glassToGlass(1500)");
            System.out.println("layer " + rid + ": " + glass);
        }
        PageReport after = viewer.report("return straitTest.inbound()");
        System.out.println(after);
        assertThat(after.number("freezeCount") - freezes).isZero();
    }
}
