package live.strait.relay.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class ThreadPrioritiesTest {
    /// Of `/proc/self/task/NUMBER/stat`, counted behind the name in parentheses (proc(5)).
    private static final int NICE_FIELD = 16;

    /// Of `/proc/self/limits`: a value of n allows `nice` 20 - n (getrlimit(2)).
    private static final Pattern NICE_LIMIT = Pattern.compile("Max nice priority +(\\d+)");

    private static final Pattern CAPABILITIES = Pattern.compile("CapEff:\\s*(\\p{XDigit}+)");
    private static final int CAP_SYS_NICE = 23;

    @Test
    void loopsComeFirstAndBackgroundLast() {
        for (String first : List.of("media-loop-1-1", "room-loop")) {
            assertThat(ThreadPriorities.niceOf(first)).as(first).isEqualTo(-5);
        }
        for (String common : List.of("ZDirector", "C1 CompilerThre", "vert.x-eventloo", "")) {
            assertThat(ThreadPriorities.niceOf(common)).as(common).isZero();
        }
        for (String last : List.of("ForkJoinPool-1-", "ZWorkerYoung#0", "ZWorkerOld#0", "C2 CompilerThre")) {
            assertThat(ThreadPriorities.niceOf(last)).as(last).isEqualTo(5);
        }
    }

    @Test
    void threadsGetTheirPriorityWhenTheyAreFoundAndTheRestStayAsTheyAre(@TempDir Path threads) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Thread loop = waiting("media-loop-9", end);
        Thread common = waiting("vert.x-9", end);
        Thread worker = waiting("ForkJoinPool-9", end);
        try {
            Path loopEntry = entry(loop, threads);
            Path commonEntry = entry(common, threads);
            ThreadPriorities priorities = new ThreadPriorities(threads);
            priorities.look();
            Path workerEntry = entry(worker, threads);
            assertThat(nice(workerEntry)).isZero();
            priorities.look();

            assertThat(nice(loopEntry)).isEqualTo(mayRaise() ? -5 : 0);
            assertThat(nice(commonEntry)).isZero();
            assertThat(nice(workerEntry)).isEqualTo(5);
        } finally {
            end.countDown();
        }
    }

    @Test
    void aThreadThatEndsMeanwhileHarmsNothing(@TempDir Path threads) throws IOException {
        Files.createDirectory(threads.resolve("123456789"));
        ThreadPriorities priorities = new ThreadPriorities(threads);

        priorities.look();

        assertThat(threads).isNotEmptyDirectory();
    }

    private static Thread waiting(String name, CountDownLatch end) throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        Thread thread = Thread.ofPlatform().daemon().name(name).start(() -> {
            running.countDown();
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        running.await();
        return thread;
    }

    /// The thread's own directory, seen through a directory that has nobody else's.
    private static Path entry(Thread thread, Path threads) throws IOException {
        try (var all = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
            for (Path each : all) {
                if (Files.readString(each.resolve("comm")).strip().equals(thread.getName())) {
                    return Files.createSymbolicLink(threads.resolve(each.getFileName()), each.toRealPath());
                }
            }
        }
        throw new AssertionError("no thread " + thread.getName());
    }

    private static boolean mayRaise() throws IOException {
        long capabilities = Long.parseUnsignedLong(read("/proc/self/status", CAPABILITIES), 16);
        return (capabilities >> CAP_SYS_NICE & 1) == 1 || Integer.parseInt(read("/proc/self/limits", NICE_LIMIT)) >= 25;
    }

    private static String read(String file, Pattern value) throws IOException {
        Matcher matcher = value.matcher(Files.readString(Path.of(file)));
        assertThat(matcher.find()).as("%s in %s", value, file).isTrue();
        return matcher.group(1);
    }

    private static int nice(Path entry) throws IOException {
        String stat = Files.readString(entry.resolve("stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[NICE_FIELD]);
    }
}
