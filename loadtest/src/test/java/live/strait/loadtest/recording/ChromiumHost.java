package live.strait.loadtest.recording;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import live.strait.loadtest.demo.ClipSource;
import live.strait.relay.browser.Chromium;
import live.strait.relay.browser.PageReport;

/// A Chromium that publishes three layers of VP8, 1280x720 at 30, and Opus, by the page's own SDK.
///
/// The picture is drawn to cost what a camera's does (`camera.js`), the sound is the demo clip's.
public final class ChromiumHost implements AutoCloseable {
    private final Chromium browser;

    /// Publishes and returns when all layers are sent.
    public ChromiumHost(URI node, String room) throws IOException {
        browser = new Chromium(node);
        try {
            browser.run(new String(resource(ChromiumHost.class, "camera.js"), StandardCharsets.UTF_8));
            String sound = Base64.getEncoder().encodeToString(resource(ClipSource.class, "sound.opus"));
            browser.run("await straitCamera.publish(args[0], args[1])", room, sound);
        } catch (IOException | RuntimeException | AssertionError e) {
            browser.close();
            throw e;
        }
    }

    /// What the browser says that it has sent, by rid.
    public PageReport layers() {
        return browser.report("return straitTest.hostLayers()");
    }

    @Override
    public void close() {
        browser.close();
    }

    private static byte[] resource(Class<?> owner, String name) throws IOException {
        try (InputStream in = owner.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("no resource " + name);
            }
            return in.readAllBytes();
        }
    }
}
