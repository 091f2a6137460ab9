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
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells Linux which of this process's threads may wait: those of handshakes.
///
/// When a hundred viewers a second come to a node whose cores are full, their handshakes would get as much of a
/// core as the loop that serves five hundred others. So they have a lower priority (a higher `nice` value, which
/// takes no privileges): they get what the loops leave, and a small share where they leave nothing. The compilers
/// keep theirs, as code that stays slow costs the loops more than the compiler does.
///
/// Threads are known by their names and looked for again each second, since handshakes run on threads that come
/// and go.
@SuppressWarnings("restricted") // one of the packages where foreign functions are called
public final class ThreadPriorities implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(ThreadPriorities.class);

    /// The carriers of virtual threads, by how their names begin: handshakes.
    private static final String HANDSHAKES = "ForkJoinPool";

    /// A third of what a media loop gets, while both want all of a core. With a tenth (10) up to a third of a
    /// crowd's handshakes did not end in time.
    private static final int NICE = 5;

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

    static boolean mayWait(String name) {
        return name.startsWith(HANDSHAKES);
    }

    private void set(String number, Path name) {
        try {
            if (mayWait(Files.readString(name).strip())
                    && (int) setPriority.invokeExact(PRIO_PROCESS, Integer.parseInt(number), NICE) != 0) {
                log.debug("thread {} keeps its priority", number);
            }
        } catch (IOException e) {
            log.debug("thread {} has ended: {}", number, e.toString());
        } catch (Throwable e) {
            throw new IllegalStateException("setpriority cannot be called", e);
        }
    }
}
