package live.strait.relay.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import live.strait.relay.TestNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The studio and watch pages as people use them.
@Tag("browser")
class CuttingInTest {
    @Test
    void questionsInFourLanguagesStandOnTheBoard() throws Exception {
        try (TestNode node = TestNode.start();
                Chromium host = new Chromium(page(node, "studio", "?source=file&name=Anna"));
                Chromium viewer = new Chromium(page(node, "watch", "?name=Mei"))) {
            viewer.run("await straitTest.until(() => window.strait?.lane?.isReady, 'the lane')");
            viewer.run("""
                    for (const words of ['Does it come in blue?', '这双鞋有40码吗？', 'ส่งไปไทยไหม', 'サイズ表はありますか？']) {
                      document.querySelector('#ask-text').value = words;
                      document.querySelector('#ask-send').click();
                    }""");
            host.run("""
                    const cards = () => [...document.querySelectorAll('#board .asked')];
                    await straitTest.until(() => cards().length === 4, 'four questions');""");
            assertThat(host.run("""
                    return [...document.querySelectorAll('#board .asked')].map((asked) => asked.lang).sort().join(' ')""")).isEqualTo("en ja th zh");
            viewer.run("""
                    await straitTest.until(
                      () => [...strait.lane.items.values()].every((item) => item.state === 'accepted'), 'all are accepted')""");

            host.run("""
                    const card = [...document.querySelectorAll('#board li')].find((each) => each.textContent.includes('blue'));
                    card.querySelector('[data-act=answered]').click();""");
            viewer.run("""
                    await straitTest.until(
                      () => [...strait.lane.items.values()].some((item) => item.state === 'answered'), 'the answer')""");
        }
    }

    private static URI page(TestNode node, String page, String query) {
        return node.http().resolve("/" + page + "/show" + query);
    }
}
