package live.strait.relay.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import live.strait.relay.TestNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// From the click to the first frame, on localhost with a warm node; all but the first begin with what the cache has.
@Tag("browser")
class ConnectTimeTest {
    private static final int JOINS = 20;

    @Test
    void theFirstFrameComesSoonAfterTheClick() throws Exception {
        try (TestNode node = TestNode.start();
                Chromium host = new Chromium(node.http());
                Chromium viewer = new Chromium(node.http())) {
            host.run("await straitTest.host({ room: 'click', width: 640, height: 360, layers: [] })");
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < JOINS; i++) {
                millis.add(viewer.runForNumber("return straitTest.viewer({ room: 'click' })"));
                viewer.run("await window.viewer.close(); window.video.remove()");
            }
            Collections.sort(millis);
            System.out.printf(
                    "click to first frame: p50 %.0f ms, p95 %.0f ms, max %.0f ms%n",
                    millis.get(JOINS / 2), millis.get(JOINS * 95 / 100 - 1), millis.getLast());
            assertThat(millis.get(JOINS * 95 / 100 - 1)).isLessThan(500);
        }
    }
}
