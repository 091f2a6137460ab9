package live.strait.relay.loop;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one thread that owns rooms: everything that is decided rather than forwarded.
public final class RoomLoop implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(RoomLoop.class);

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("room-loop").factory());

    /// Runs `task` on the loop, from any thread.
    public void execute(LoopTask task) {
        thread.execute(() -> guarded(task));
    }

    /// Runs `task` again and again.
    @SuppressWarnings("FutureReturnValueIgnored") // ends with the loop, and its errors are logged
    public void every(long periodMillis, LoopTask task) {
        thread.scheduleWithFixedDelay(() -> guarded(task), periodMillis, periodMillis, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdown();
    }

    /// A bug in one task must not end the others.
    private static void guarded(LoopTask task) {
        try {
            task.run(System.nanoTime());
        } catch (RuntimeException bug) {
            log.error("error on the room loop", bug);
        }
    }
}
