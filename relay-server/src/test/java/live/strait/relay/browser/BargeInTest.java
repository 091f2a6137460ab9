package live.strait.relay.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import live.strait.relay.TestNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The studio and the watch page of one show, as people use them: by their buttons.
@Tag("browser")
class BargeInTest {
    private static final int TONE_HERTZ = 1_000;
    private static final List<String> QUESTIONS =
            List.of("Is this also there in green?", "这个有绿色的吗？", "¿También lo tienen en color verde?", "มีสีเขียวไหม");

    @Test
    void viewerAsksCutsInAndIsHeardByTheHostAndTheOthers(@TempDir Path folder) throws Exception {
        Path tone = ToneFile.write(folder, TONE_HERTZ);
        try (TestNode node = TestNode.start();
                Chromium host = page(node, "/studio/show?source=canvas-clock&live&lang=en");
                Chromium guest = page(node, "/watch/show?lang=en", "--use-file-for-fake-audio-capture=" + tone);
                Chromium other = page(node, "/watch/show?lang=en")) {
            for (Chromium each : List.of(host, guest, other)) {
                each.run("await laneTest.ready(); await laneTest.linked(2)");
            }
            for (String question : QUESTIONS) {
                guest.run("await laneTest.ask(args[0])", question);
            }
            assertThat(String.valueOf(host.run("return (await laneTest.board(4)).join('\\n')"))
                            .lines())
                    .containsExactlyInAnyOrder(
                            "en " + QUESTIONS.get(0),
                            "zh " + QUESTIONS.get(1),
                            "es " + QUESTIONS.get(2),
                            "th " + QUESTIONS.get(3));

            host.run("laneTest.watchBanners()");
            double clicked = guest.runForNumber("return laneTest.interrupt()");
            double painted = host.runForNumber("return laneTest.painted(1)");
            System.out.printf("click to painted: %.0f ms%n", painted - clicked);
            guest.run("await laneTest.status('seen')");

            double accepted = host.runForNumber("document.querySelector('#accept').click(); return Date.now()");
            double live = guest.runForNumber("return laneTest.stage('live')");
            System.out.printf("accepted to live on stage: %.0f ms%n", live - accepted);
            double atHost = host.runForNumber("return laneTest.hears(%d, 6000)".formatted(TONE_HERTZ));
            double atOther = other.runForNumber("return laneTest.hears(%d, 6000)".formatted(TONE_HERTZ));
            System.out.printf("the tone stands out by %.0f dB at the host, %.0f dB at a viewer%n", atHost, atOther);
            assertThat(atHost).isGreaterThan(20);
            assertThat(atOther).isGreaterThan(20);

            host.run("document.querySelector('#guests [data-guest] [data-act=end]').click()");
            guest.run("await laneTest.stage('off')");
            other.run("await laneTest.nobodyOnStage()");
        }
    }

    /// A page that says far too much loses its channels and comes back by new ones, on the same connection.
    @Test
    void channelsThatTheNodeHasClosedAreOpenedAgain() throws Exception {
        try (TestNode node = TestNode.start();
                Chromium _ = page(node, "/studio/show?source=canvas-clock&live&lang=en");
                Chromium viewer = page(node, "/watch/show?lang=en")) {
            viewer.run("await laneTest.ready(); await laneTest.linked(2)");
            viewer.run("window.connection = window.strait.viewer.peerConnection; laneTest.flood(1500)");
            viewer.run("await laneTest.channelIsBack()");
            viewer.run("await laneTest.linked(2)");
            assertThat(viewer.run("return window.connection === window.strait.viewer.peerConnection"))
                    .isEqualTo(true);
        }
    }

    @Test
    void fullStageIsSaidInTheHostsLanguageAndTheInterruptWaits() throws Exception {
        try (TestNode node = TestNode.start();
                Chromium host = page(node, "/studio/show?source=canvas-clock&lang=es");
                Chromium guest = page(node, "/watch/show?lang=en")) {
            host.run("await laneTest.ready(); strait.lane.setRules({ maxGuests: 0 })");
            guest.run("await laneTest.ready()");
            host.run("await straitTest.until(() => strait.lane.room.rules.maxGuests === 0, 'no guests')");
            guest.run("await laneTest.interrupt(); await laneTest.status('seen')");
            host.run("document.querySelector('#accept').click()");
            assertThat(
                            host.run(
                                    "return straitTest.until(() => document.querySelector('#lane-notice').textContent, 'words')"))
                    .isEqualTo("El escenario está lleno. Termina antes la parte de alguien.");
            host.run(
                    "await straitTest.until(() => document.querySelector('#accept')?.disabled === false, 'accept again')");
            guest.run("await laneTest.status('seen'); await laneTest.stage('off')");

            host.run("strait.lane.setRules({ maxGuests: 1 }); document.querySelector('#accept').click()");
            guest.run("await laneTest.stage('live')");
            host.run("await straitTest.until(() => !document.querySelector('#accept'), 'the banner is gone')");
        }
    }

    private static Chromium page(TestNode node, String path, String... flags) throws Exception {
        Chromium page = new Chromium(URI.create(node.http() + path), flags);
        page.load("lane.js");
        return page;
    }
}
