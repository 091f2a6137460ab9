package live.strait.loadtest.report;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import live.strait.loadtest.report.Page.Fact;
import org.jspecify.annotations.Nullable;

/// What has to be known of a run to repeat it: the command, the build, the machine.
///
/// @param commit of the build, or null where it is not known
public record Surroundings(
        String command, Instant at, @Nullable String commit, String machine, String system, String jdk) {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final String TOKEN = "--token";
    private static final int GIT_PATIENCE_SECONDS = 5;

    /// Of this process.
    ///
    /// @param arguments as they were given to `./strait`
    public static Surroundings of(List<String> arguments, Instant at) {
        return new Surroundings(
                command(arguments),
                at,
                builtFrom(),
                coresOfMachine(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                Runtime.version() + ", " + System.getProperty("java.vendor"));
    }

    /// For a page.
    public List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Command", command));
        facts.add(new Fact("Begun", TIME.format(at)));
        if (commit != null) {
            facts.add(new Fact("Commit", commit));
        }
        facts.add(new Fact("Machine", machine));
        facts.add(new Fact("System", system));
        facts.add(new Fact("JDK", jdk));
        return facts;
    }

    /// As it could be typed again, but for a token: a page is for others, too.
    static String command(List<String> arguments) {
        StringBuilder command = new StringBuilder("./strait");
        String before = "";
        for (String argument : arguments) {
            String shown = argument;
            if (before.equals(TOKEN)) {
                shown = "TOKEN";
            } else if (argument.startsWith(TOKEN + "=")) {
                shown = TOKEN + "=TOKEN";
            } else if (!argument.matches("[\\w.,:/=+@%{}-]+")) {
                shown = "'" + argument.replace("'", "'\\''") + "'";
            }
            command.append(' ').append(shown);
            before = argument;
        }
        return command.toString();
    }

    /// What git says of the place where this class was built.
    private static @Nullable String builtFrom() {
        try {
            Path built = Path.of(Surroundings.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            Path place = Files.isDirectory(built) ? built : built.resolveSibling("");
            Process git = new ProcessBuilder(
                            "git",
                            "-C",
                            place.toString(),
                            "describe",
                            "--always",
                            "--dirty",
                            "--abbrev=10",
                            "--exclude=*")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (git.waitFor(GIT_PATIENCE_SECONDS, TimeUnit.SECONDS) && git.exitValue() == 0) {
                return new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            }
            git.destroyForcibly();
        } catch (IOException | URISyntaxException e) {
            // No git, or nothing of its own: then nobody knows.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    /// Its cores, all of them: this process may be held to one.
    private static String coresOfMachine() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            List<String> models = lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .toList();
            if (!models.isEmpty()) {
                return models.size() + " cores, " + models.getFirst();
            }
        } catch (IOException e) {
            // Not Linux.
        }
        return Runtime.getRuntime().availableProcessors() + " cores, " + System.getProperty("os.arch");
    }
}
