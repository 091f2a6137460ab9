package live.strait.relay.journal;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import live.strait.relay.loop.LoopTask;

/// A journal whose thread is the test: [#turn] is one force, and the room loop's tasks run after it.
public final class SteppedJournal {
    private final Deque<LoopTask> roomLoop = new ArrayDeque<>();
    private final Journal journal;

    public SteppedJournal(JournalFiles files, JournalOptions options) {
        journal = new Journal(files, options, roomLoop::add);
    }

    public Journal journal() {
        return journal;
    }

    /// Reads what is there, lets it be restored, and begins with what that has become.
    public void start(Restoring restoring, Supplier<List<JournalEntry>> snapshot) throws IOException {
        journal.begin(restoring.restore(journal.recover()));
        journal.onSnapshotWanted(() -> journal.rewrite(snapshot.get()));
    }

    public void turn(long nowNanos) {
        journal.runTurn();
        for (LoopTask task = roomLoop.poll(); task != null; task = roomLoop.poll()) {
            task.run(nowNanos);
        }
    }

    /// Takes the entries of a former life and returns the state as entries.
    public interface Restoring {
        List<JournalEntry> restore(List<JournalEntry> entries);
    }
}
