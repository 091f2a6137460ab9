package live.strait.loadtest.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.time.Duration;
import java.util.Map;
import live.strait.loadtest.LocalNode;
import live.strait.loadtest.demo.ClipSource;
import live.strait.loadtest.host.SimulatedHost;
import live.strait.loadtest.peer.PeerConnector;
import live.strait.loadtest.peer.SignalingClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;

/// The link that `strait demo` prints, opened.
@Tag("browser")
class DemoInChromiumTest {
    private static final Duration SCRIPT_PATIENCE = Duration.ofSeconds(60);

    private LocalNode node;
    private SignalingClient signaling;
    private SimulatedHost host;
    private ChromeDriver chromium;

    @BeforeEach
    void start() throws Exception {
        node = LocalNode.start();
        signaling = new SignalingClient(null);
        host = new SimulatedHost(signaling, new PeerConnector(signaling));
        host.publish(node.http().resolve("/whip/demo"), ClipSource.load(), null);
        ChromeOptions options = new ChromeOptions()
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--window-size=1300,800");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(new File("/usr/bin/chromedriver"))
                .build();
        chromium = new ChromeDriver(service, options);
        chromium.manage().timeouts().scriptTimeout(SCRIPT_PATIENCE);
    }

    @AfterEach
    void stop() {
        if (chromium != null) {
            chromium.quit();
        }
        host.close();
        signaling.close();
        node.close();
    }

    @Test
    void theWatchPagePlaysTheClip() {
        chromium.get(node.http().resolve("/watch/demo").toString());
        Map<?, ?> seen = (Map<?, ?>) chromium.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
                (async () => {
                    const video = document.querySelector('video');
                    for (let i = 0; i < 400 && !(video.videoWidth > 0 && video.currentTime > 0); i++) await pause(50);
                    await pause(2000);
                    const began = video.getVideoPlaybackQuality().totalVideoFrames;
                    await pause(6000);
                    const tracks = video.srcObject ? video.srcObject.getTracks().map((track) => track.kind) : [];
                    return {
                        frames: video.getVideoPlaybackQuality().totalVideoFrames - began,
                        width: video.videoWidth,
                        tracks: tracks.sort().join(' '),
                    };
                })().then(done, (error) => done({ error: String(error) }));
                """);

        assertThat(seen.get("error")).isNull();
        assertThat(seen.get("tracks")).isEqualTo("audio video");
        assertThat((Long) seen.get("width")).isEqualTo(1280);
        assertThat((Long) seen.get("frames")).isGreaterThan(150);
    }
}
