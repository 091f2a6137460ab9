package live.strait.relay.cpu;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells Linux which of this process's threads come first, the loops, and which may wait: those of handshakes, and
/// what the JVM does in the background.
///
/// When a hundred viewers a second come to a node whose cores are full, their handshakes would get as much of a
/// core as the loop that serves five hundred others. A compilation or a collection of garbage takes tens of
/// milliseconds in which a loop would get every other slice. So they have a lower priority (a higher `nice` value,
/// which takes no privileges): they get what the loops leave, and a small share where they leave nothing. The first
/// of the two compilers (C1) keeps its own, as the interpreter, which it replaces, is slower than it costs.
///
/// Loops get a higher priority than the rest where the process may give it (root, CAP_SYS_NICE, or a limit such as
/// systemd's `LimitNICE=-5`): while a frame goes out to hundreds, a scheduler that is fair to eight threads that
/// want the core leaves them less than half of it.
///
/// Threads are known by their names and looked for again each second, since they come and go.
@SuppressWarnings("restricted") // one of the packages where foreign functions are called
public final class ThreadPriorities implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(ThreadPriorities.class);

    /// By how their names begin: the carriers of virtual threads, which are handshakes; the optimizing compiler;
    /// ZGC's workers.
    private static final List<String> BACKGROUND = List.of("ForkJoinPool", "C2 Compiler", "ZWorker");

    /// A third of what a common thread gets, while both want all of a core.
    private static final int BACKGROUND_NICE = 5;

    /// What moves media and interrupts.
    private static final List<String> LOOPS = List.of("media-loop", "room-loop");

    /// Three times the weight of a common thread.
    private static final int LOOP_NICE = -5;

    private static final Path THREADS = Path.of("/proc/self/task");
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    /// The first argument of setpriority: a thread, on Linux.
    private static final int PRIO_PROCESS = 0;

    private final Path threads;
    private final MethodHandle setPriority;
    private final Set<String> known = new HashSet<>();

    /// @param threads a directory for each thread, named by its number, with its name in the file `comm`
    ThreadPriorities(Path threads) {
        this.threads = threads;
        setPriority = Linker.nativeLinker()
                .downcallHandle(
                        Linker.nativeLinker().defaultLookup().findOrThrow("setpriority"),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT));
    }

    /// Sees to them from now on, as long as the process lives; for a process that is a node and nothing else.
    public static void keep() {
        if (Files.isDirectory(THREADS)) {
            Thread.ofPlatform().daemon().name("priorities").start(new ThreadPriorities(THREADS));
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                look();
                Thread.sleep(LOOK_AGAIN);
            }
        } catch (IOException e) {
            log.warn("threads keep their priorities: {}", e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Gives those that were not there the last time their priority.
    void look() throws IOException {
        Set<String> living = new HashSet<>();
        try (DirectoryStream<Path> each = Files.newDirectoryStream(threads)) {
            for (Path thread : each) {
                String number = thread.getFileName().toString();
                living.add(number);
                if (known.add(number)) {
                    set(number, thread.resolve("comm"));
                }
            }
        }
        known.retainAll(living);
    }

    /// Which `nice` value a thread is to have; 0 where it keeps what it has.
    static int niceOf(String name) {
        if (LOOPS.stream().anyMatch(name::startsWith)) {
            return LOOP_NICE;
        }
        return BACKGROUND.stream().anyMatch(name::startsWith) ? BACKGROUND_NICE : 0;
    }

    private void set(String number, Path name) {
        try {
            int nice = niceOf(Files.readString(name).strip());
            if (nice != 0 && (int) setPriority.invokeExact(PRIO_PROCESS, Integer.parseInt(number), nice) != 0) {
                log.debug("thread {} does not get priority {}", number, nice);
            }
        } catch (IOException e) {
            log.debug("thread {} has ended: {}", number, e.toString());
        } catch (Throwable e) {
            throw new IllegalStateException("setpriority cannot be called", e);
        }
    }
}
