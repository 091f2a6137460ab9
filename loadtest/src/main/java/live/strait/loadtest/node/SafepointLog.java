package live.strait.loadtest.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The JVM's own log of its safepoints (`-Xlog:safepoint`): how long all threads of a node stood still.
///
/// ```
/// [12.345s] Safepoint "ZMarkStartYoung", Time since last: 1 ns, Reaching safepoint: 2 ns, ..., Total: 3 ns
/// ```
/// The total counts from the request: what the slowest thread takes to stop is lost to the others, too.
public final class SafepointLog {
    private static final Pattern TOTAL = Pattern.compile("Safepoint \".*Total: +(\\d+) ns");

    private final Path file;
    private int linesBefore;

    SafepointLog(Path file) {
        this.file = file;
    }

    /// What a JVM is started with to write it.
    static String option(Path file) {
        return "-Xlog:safepoint:file=" + file + ":uptime:filecount=1,filesize=16m";
    }

    /// What is logged from now on counts.
    void begin() throws IOException {
        linesBefore = Files.readAllLines(file).size();
    }

    /// The longest since the beginning, in ns; 0 when there was none.
    long longestNanos() throws IOException {
        List<String> lines = Files.readAllLines(file);
        long longest = 0;
        for (String line : lines.subList(Math.min(linesBefore, lines.size()), lines.size())) {
            Matcher total = TOTAL.matcher(line);
            if (total.find()) {
                longest = Math.max(longest, Long.parseLong(total.group(1)));
            }
        }
        return longest;
    }
}
