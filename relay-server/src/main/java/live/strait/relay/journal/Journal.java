package live.strait.relay.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import live.strait.relay.loop.LoopTask;
import live.strait.relay.observe.PrometheusText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The append-only log of a node, forced to disk in groups on a thread of its own.
///
/// While one force runs, and for some milliseconds after it, what comes waits and becomes the next batch: the more
/// comes, the larger the batches. After an error everything is refused until a snapshot
/// of all rooms has become a new file; the rooms are asked for one again and again.
public final class Journal implements EntryLog, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Journal.class);

    /// Between two forces: each costs the loops, which may share a core with this thread, some ten changes of threads,
    /// and nobody who waits for an acknowledgment notices.
    static final long GATHER_MILLIS = 10;

    private final Generations generations;
    private final JournalOptions options;
    private final Consumer<LoopTask> roomLoop;
    private final AtomicLong kept = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicLong forces = new AtomicLong();
    private final LinkedBlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();
    private volatile boolean isFailing;
    /// Guarded by this, as its change and the queue's have to be one.
    private boolean isRefusing;

    private Frames.Content recovered = new Frames.Content(List.of(), 0, 0);
    private long rewriteAtBytes;
    private Runnable snapshotWanted = () -> {};
    private @Nullable Thread thread;

    /// What the next turn keeps. A snapshot holds what was appended before it and none of what comes after.
    private sealed interface Waiting {
        /// @param completion null when nobody waits
        record Entry(JournalEntry entry, EntryLog.@Nullable Completion completion) implements Waiting {}

        record Snapshot(List<JournalEntry> entries) implements Waiting {}

        record End() implements Waiting {}
    }

    /// @param roomLoop runs completions, in order
    public Journal(JournalFiles files, JournalOptions options, Consumer<LoopTask> roomLoop) {
        this.generations = new Generations(files);
        this.options = options;
        this.roomLoop = roomLoop;
    }

    /// Reads what a former life of the node has kept, before anything else is done.
    ///
    /// @throws IOException when there is a journal that cannot be read
    public List<JournalEntry> recover() throws IOException {
        recovered = generations.recover();
        return recovered.entries();
    }

    /// Begins a file with what of the recovered is still of use.
    ///
    /// @throws IOException when the directory cannot be written
    public void begin(List<JournalEntry> snapshot) throws IOException {
        generations.begin(snapshot);
        rewriteAtBytes = nextRewriteBytes();
    }

    /// From now on entries are kept.
    ///
    /// @param wanted asks for a [#rewrite]; called on the room loop
    public void start(Runnable wanted) {
        if (!recovered.isEmpty()) {
            log.info(
                    "journal: {} entries of a former life, {} of another version left out, {} torn bytes cut",
                    recovered.entries().size(),
                    recovered.unknown(),
                    recovered.tornBytes());
        }
        onSnapshotWanted(wanted);
        thread = Thread.ofPlatform().name("journal").daemon().start(this::run);
    }

    void onSnapshotWanted(Runnable wanted) {
        snapshotWanted = wanted;
    }

    @Override
    public boolean append(JournalEntry entry, long nowNanos, EntryLog.Completion completion) {
        return waiting.size() < options.mostWaiting() && offer(new Waiting.Entry(entry, completion));
    }

    @Override
    public void append(JournalEntry entry) {
        offer(new Waiting.Entry(entry, null));
    }

    /// All rooms as they are now: the next file begins with it. On the room loop, so that it stands in the right
    /// place between the entries.
    public synchronized void rewrite(List<JournalEntry> allRooms) {
        isRefusing = false; // what comes now stands behind the snapshot, and fails with it if that fails
        waiting.add(new Waiting.Snapshot(allRooms));
    }

    /// Keeps what was appended, and stops.
    @Override
    public void close() {
        waiting.add(new Waiting.End());
        try {
            if (thread != null) {
                thread.join();
            }
            generations.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            log.warn("journal: could not be closed: {}", e.getMessage());
        }
    }

    public void exportTo(PrometheusText metrics) {
        metrics.counter("strait_journal_entries", "Entries that are on disk", kept::get);
        metrics.counter("strait_journal_failures", "Entries that could not be kept", failed::get);
        metrics.counter("strait_journal_forces", "Times that entries were forced to disk", forces::get);
        metrics.gauge("strait_journal_failing", "1 while nothing can be kept", () -> isFailing ? 1 : 0);
        metrics.gauge("strait_journal_waiting", "Entries that wait for the disk", waiting::size);
    }

    private synchronized boolean offer(Waiting.Entry entry) {
        if (isRefusing) {
            failed.incrementAndGet();
            return false;
        }
        return waiting.add(entry);
    }

    private void run() {
        try {
            while (takeTurn(waiting.poll(options.retryMillis(), TimeUnit.MILLISECONDS))) {
                Thread.sleep(GATHER_MILLIS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Keeps what waits, up to a snapshot and with it.
    ///
    /// @param first of the queue, or null when nothing has come for a while
    /// @return false at the end
    private boolean takeTurn(@Nullable Waiting first) {
        if (first == null && isFailing) {
            roomLoop.accept(now -> snapshotWanted.run());
        }
        List<Waiting.Entry> batch = new ArrayList<>();
        Waiting next = first;
        while (next instanceof Waiting.Entry entry) {
            batch.add(entry);
            next = waiting.poll();
        }
        if (!batch.isEmpty()) {
            keep(batch);
        }
        if (next instanceof Waiting.Snapshot(List<JournalEntry> snapshot)) {
            rewriteNow(snapshot);
        }
        return !(next instanceof Waiting.End);
    }

    /// A turn without waiting, for a test that is the journal's thread.
    void runTurn() {
        takeTurn(waiting.poll());
    }

    private void keep(List<Waiting.Entry> batch) {
        boolean isKept = false;
        try {
            generations.append(batch.stream().map(Waiting.Entry::entry).toList());
            isKept = true;
            kept.addAndGet(batch.size());
            forces.incrementAndGet();
            if (generations.sizeBytes() >= rewriteAtBytes) {
                rewriteAtBytes = Long.MAX_VALUE; // once, until it is done
                roomLoop.accept(now -> snapshotWanted.run());
            }
        } catch (IOException | RuntimeException e) {
            failed.addAndGet(batch.size());
            refuse(e);
        }
        boolean outcome = isKept;
        roomLoop.accept(now -> batch.forEach(each -> {
            if (each.completion() != null) {
                each.completion().done(outcome, now);
            }
        }));
    }

    private void rewriteNow(List<JournalEntry> snapshot) {
        try {
            generations.begin(snapshot);
            forces.incrementAndGet();
            if (isFailing) {
                log.info("journal: entries are kept again");
            }
            isFailing = false;
        } catch (IOException | RuntimeException e) {
            if (generations.isBroken()) {
                refuse(e);
            } else {
                log.warn("journal: could not begin a new file and goes on with the old one: {}", e.getMessage());
            }
        }
        rewriteAtBytes = nextRewriteBytes();
    }

    private long nextRewriteBytes() {
        return generations.sizeBytes() + Math.max(options.generationBytes(), generations.sizeBytes());
    }

    private synchronized void refuse(Exception cause) {
        if (!isFailing) {
            log.error("journal: nothing can be kept, questions are refused until it works again: {}", cause.toString());
        }
        isFailing = true;
        isRefusing = waiting.stream().noneMatch(Waiting.Snapshot.class::isInstance);
    }
}
