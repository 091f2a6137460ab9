package live.strait.relay.browser;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;

/// One browser process with one page, on which test scripts run.
public final class Chromium implements AutoCloseable {
    private static final List<String> FLAGS = List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-background-timer-throttling",
            "--disable-renderer-backgrounding",
            "--disable-backgrounding-occluded-windows",
            "--autoplay-policy=no-user-gesture-required",
            "--use-fake-device-for-media-stream",
            "--use-fake-ui-for-media-stream",
            "--window-size=1300,800");

    private final ChromeDriver driver;

    /// Starts a browser on `page` and loads the test scripts into it.
    public Chromium(URI page, String... moreFlags) throws IOException {
        this(
                required("chromium", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"),
                page,
                moreFlags);
    }

    /// As the other one, with a program of the caller that starts the browser.
    Chromium(Path binary, URI page, String... moreFlags) throws IOException {
        Path driverBinary = required("chromedriver", "/usr/bin/chromedriver");
        List<String> flags = new ArrayList<>(FLAGS);
        flags.addAll(List.of(moreFlags));
        ChromeOptions options = new ChromeOptions().addArguments(flags);
        options.setBinary(binary.toFile());
        options.setCapability("goog:loggingPrefs", Map.of(LogType.BROWSER, "ALL"));
        driver = new ChromeDriver(
                new ChromeDriverService.Builder()
                        .usingDriverExecutable(driverBinary.toFile())
                        .build(),
                options);
        driver.manage().timeouts().scriptTimeout(Duration.ofSeconds(90));
        open(page);
    }

    /// Opens a page, also the same one again, and loads the test scripts into it.
    public void open(URI page) throws IOException {
        driver.get(page.toString());
        driver.executeScript(resource("clock.js"));
        driver.executeScript(resource("session.js"));
    }

    /// Loads one more of the test scripts into the page.
    public void load(String script) throws IOException {
        driver.executeScript(resource(script));
    }

    /// Runs an async function body in the page and returns what it returns; a rejection fails the test.
    public @Nullable Object run(String body, Object... arguments) {
        Object result = driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                (async (...args) => {%s})(...arguments).then(
                    (value) => done({ value: value === undefined ? null : value }),
                    (error) => done({ error: String(error && error.stack || error) }));
                """.formatted(body), arguments);
        if (!(result instanceof Map<?, ?> map)) {
            throw new IllegalStateException("script returned " + result);
        }
        if (map.get("error") != null) {
            throw new AssertionError("in the page: " + map.get("error") + "\nconsole: " + console());
        }
        return map.get("value");
    }

    /// As [#run] for a script that returns an object.
    public PageReport report(String body, Object... arguments) {
        return PageReport.of(run(body, arguments));
    }

    public double runForNumber(String body, Object... arguments) {
        return run(body, arguments) instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /// What the page has written to its console.
    public List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(Object::toString)
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }

    private static Path required(String what, String... places) {
        for (String place : places) {
            Path path = Path.of(place);
            if (Files.isExecutable(path)) {
                return path;
            }
        }
        throw new AssertionError(
                what + " is missing: run ./strait test as root, or install the packages chromium and chromium-driver");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Chromium.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("no test resource " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
