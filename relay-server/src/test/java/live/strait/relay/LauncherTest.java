package live.strait.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `./strait`, the launcher at the top, as far as it goes without building.
class LauncherTest {
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();
    private static final Path LAUNCHER = TOP.resolve("strait");

    @ParameterizedTest
    @ValueSource(strings = {"demo", "serve", "test", "token", "loadtest", "bench", "version"})
    void helpNamesEveryVerb(String verb) throws Exception {
        try (CommandRun run = CommandRun.of(Map.of(), LAUNCHER.toString(), "help")) {
            assertThat(run.output()).contains("\n  " + verb + " ");
            assertThat(run.exitCode()).isZero();
        }
    }

    @Test
    void homeThatIsNoJdkIsToldWithTheRemedy(@TempDir Path noJdk) throws Exception {
        try (CommandRun run =
                CommandRun.of(Map.of("STRAIT_JAVA_HOME", noJdk.toString()), LAUNCHER.toString(), "version")) {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errors())
                    .contains("STRAIT_JAVA_HOME=" + noJdk)
                    .contains("JDK 25")
                    .hasLineCount(1);
        }
    }

    @Test
    void olderJdkIsRefused(@TempDir Path old) throws Exception {
        Files.createDirectory(old.resolve("bin"));
        for (String program : List.of("java", "javac")) {
            Path file = Files.createFile(old.resolve("bin").resolve(program));
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        Files.writeString(old.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"21.0.4\"\n");
        try (CommandRun run =
                CommandRun.of(Map.of("STRAIT_JAVA_HOME", old.toString()), LAUNCHER.toString(), "version")) {
            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.errors()).contains("is not a JDK 25 or newer");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dance", "test --fats", "test --linkem /", "test --long --linkem /no/such/place"})
    void wrongUsageEndsWithCodeTwo(String arguments) throws Exception {
        try (CommandRun run = CommandRun.of(Map.of(), "sh", "-c", "\"$0\" " + arguments, LAUNCHER.toString())) {
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.errors()).startsWith("strait: ").hasLineCount(1);
        }
    }

    @Test
    void worksThroughALinkFromAnyDirectory(@TempDir Path folder) throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("a link"), LAUNCHER);
        try (CommandRun run = CommandRun.of(Map.of(), link.toString(), "test", "--help")) {
            assertThat(run.output()).contains("Example: ./strait test --fast");
            assertThat(run.exitCode()).isZero();
        }
    }

    /// Copies the sources to a folder whose name has spaces and builds them there: minutes.
    @Test
    @Tag("long")
    void freshCopyInAFolderWithSpacesBuildsAndRuns(@TempDir Path folder) throws Exception {
        Path copy = folder.resolve("a fresh copy");
        String script = "mkdir \"$1\" && cd \"$0\" && tar -cf - --exclude=target --exclude=.git . | tar -xf - -C \"$1\""
                + " && \"$1/strait\" version && \"$1/strait\" version";
        try (CommandRun run = CommandRun.of(Map.of(), "sh", "-c", script, TOP.toString(), copy.toString())) {
            assertThat(run.output()).hasLineCount(2).startsWith("Strait ");
            assertThat(run.errors()).contains("building for the first time").doesNotContain("newer than the build");
            assertThat(run.exitCode()).isZero();
        }
    }
}
