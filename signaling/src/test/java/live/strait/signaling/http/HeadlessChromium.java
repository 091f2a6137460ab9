package live.strait.signaling.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A browser on one page, which it has no other hand in: what comes of it shows at the server.
final class HeadlessChromium implements AutoCloseable {
    private static final List<Path> PLACES = List.of(
            Path.of("/usr/bin/chromium"), Path.of("/usr/bin/chromium-browser"), Path.of("/usr/bin/google-chrome"));
    private static final List<String> FLAGS = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--autoplay-policy=no-user-gesture-required");

    private final Process browser;

    /// Opens `url`.
    ///
    /// @param profile an empty folder, into which it writes until it is closed
    HeadlessChromium(String url, Path profile, String... moreFlags) throws IOException {
        Path chromium = PLACES.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no Chromium: apt-get install chromium"));
        List<String> command = new ArrayList<>();
        command.add(chromium.toString());
        command.addAll(FLAGS);
        command.addAll(List.of(moreFlags));
        command.add("--user-data-dir=" + profile);
        command.add(url);
        browser = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /// Its children write into the profile until they are gone, and the folder is deleted after the test.
    @Override
    public void close() {
        List<ProcessHandle> all = new ArrayList<>(browser.descendants().toList());
        all.add(browser.toHandle());
        browser.destroy();
        for (ProcessHandle each : all) {
            each.onExit()
                    .orTimeout(5, TimeUnit.SECONDS)
                    .handle((_, _) -> each.destroyForcibly())
                    .join();
        }
    }
}
