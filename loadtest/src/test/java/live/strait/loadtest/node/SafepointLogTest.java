package live.strait.loadtest.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafepointLogTest {
    private static final String LINE = """
            [0.512s] Safepoint "ZMarkStartYoung", Time since last: 41025437 ns, Reaching safepoint: 5170 ns, Cleanup: 80 ns, \
            At safepoint: 12820 ns, Leaving safepoint: 3000 ns, Total: %d ns, Threads: 0 runnable, 20 total
            """;

    @Test
    void longestSinceTheBeginningCounts(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("safepoints.log");
        Files.writeString(file, LINE.formatted(9_000_000));
        SafepointLog log = new SafepointLog(file);
        log.begin();
        assertThat(log.longestNanos()).isZero();
        Files.writeString(
                file, LINE.formatted(21_070) + LINE.formatted(300_500) + LINE.formatted(7), StandardOpenOption.APPEND);
        assertThat(log.longestNanos()).isEqualTo(300_500);
    }

    /// The text of the log is the JVM's own affair: it is asked, not remembered.
    @Test
    void safepointsOfARealJvmAreRead(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("safepoints.log");
        Process jvm = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        SafepointLog.option(file),
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Collecting.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(jvm.waitFor()).isZero();
        assertThat(new SafepointLog(file).longestNanos()).isPositive();
    }

    /// A program that has a safepoint.
    static final class Collecting {
        private Collecting() {}

        public static void main(String[] arguments) {
            System.gc();
        }
    }
}
