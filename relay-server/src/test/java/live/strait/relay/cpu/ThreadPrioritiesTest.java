package live.strait.relay.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class ThreadPrioritiesTest {
    /// Of `/proc/self/task/NUMBER/stat`, counted behind the name in parentheses (proc(5)).
    private static final int NICE_FIELD = 16;

    @Test
    void backgroundWaitsForEverythingElse() {
        for (String first :
                List.of("media-loop-1-1", "room-loop", "ZDirector", "C1 CompilerThre", "vert.x-eventloo", "")) {
            assertThat(ThreadPriorities.mayWait(first)).as(first).isFalse();
        }
        for (String first : List.of("ForkJoinPool-1-", "ZWorkerYoung#0", "ZWorkerOld#0", "C2 CompilerThre")) {
            assertThat(ThreadPriorities.mayWait(first)).as(first).isTrue();
        }
    }

    @Test
    void threadsAreLoweredWhenTheyAreFoundAndStayAsTheyAreAfterwards(@TempDir Path threads) throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Thread loop = waiting("media-loop-9", end);
        Thread worker = waiting("ForkJoinPool-9", end);
        try {
            Path loopEntry = entry(loop, threads);
            ThreadPriorities priorities = new ThreadPriorities(threads);
            priorities.look();
            Path workerEntry = entry(worker, threads);
            assertThat(nice(workerEntry)).isZero();
            priorities.look();

            assertThat(nice(loopEntry)).isZero();
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

    private static int nice(Path entry) throws IOException {
        String stat = Files.readString(entry.resolve("stat"));
        return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[NICE_FIELD]);
    }
}
