package live.strait.relay;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/// `strait version`: names the version and the JDK.
@Command(
        name = "version",
        description = "Names the version of Strait and the JDK it runs on.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: strait version"})
final class VersionCommand implements Callable<Integer>, IVersionProvider {
    private static final String BUILD = "build.properties";

    @Override
    public Integer call() {
        System.out.println(text());
        return 0;
    }

    @Override
    public String[] getVersion() {
        return new String[] {text()};
    }

    static String text() {
        return "Strait " + version() + " on JDK " + Runtime.version() + " (" + System.getProperty("java.vendor") + ")";
    }

    private static String version() {
        try (InputStream in = Objects.requireNonNull(VersionCommand.class.getResourceAsStream(BUILD))) {
            Properties build = new Properties();
            build.load(in);
            return Objects.requireNonNull(build.getProperty("version"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
