package live.strait.loadtest.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FanoutCommandTest {
    private static final int USAGE = 2;

    private final StringWriter said = new StringWriter();

    @TempDir
    private Path directory;

    @Test
    void helpShowsHowAReportIsMade() {
        CommandLine command = command();
        assertThat(command.execute("--help")).isZero();
        assertThat(said.toString()).contains("--report=DIR", "Example: strait loadtest fanout", "--report out");
    }

    @Test
    void aFileIsNoPlaceForAReport() throws Exception {
        Path file = Files.createFile(directory.resolve("taken"));
        assertThat(command().execute("--target", "http://localhost:9", "--report", file.toString()))
                .isEqualTo(USAGE);
        assertThat(said.toString()).contains("--report takes a directory");
        assertThat(command()
                        .execute(
                                "--target",
                                "http://localhost:9",
                                "--report",
                                file.resolve("below").toString()))
                .isEqualTo(USAGE);
    }

    @Test
    void aLimitNeedsARamp() {
        assertThat(command().execute("--until-late", "20ms")).isEqualTo(USAGE);
        assertThat(said.toString()).contains("--until-late needs --ramp");
    }

    private CommandLine command() {
        PrintWriter out = new PrintWriter(said, true);
        return new CommandLine(new FanoutCommand()).setOut(out).setErr(out);
    }
}
