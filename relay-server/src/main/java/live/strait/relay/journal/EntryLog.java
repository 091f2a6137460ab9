package live.strait.relay.journal;

/// Where a room writes down what has to survive: [Journal], or [#NOTHING] on a node that has no data directory.
///
/// Entries are kept in the order of these calls.
public interface EntryLog {
    EntryLog NOTHING = new Nothing();

    /// Takes an entry that somebody waits for.
    ///
    /// @param completion called on the room loop when the entry is kept, or cannot be
    /// @return false when it was not taken, as the disk fails or is behind: then `completion` is not called
    boolean append(JournalEntry entry, long nowNanos, Completion completion);

    /// Takes an entry of which nobody waits.
    void append(JournalEntry entry);

    /// What becomes of an entry.
    interface Completion {
        void done(boolean isKept, long nowNanos);
    }

    /// Promises what it does not keep: a node without a data directory says so at its start.
    final class Nothing implements EntryLog {
        private Nothing() {}

        @Override
        public boolean append(JournalEntry entry, long nowNanos, Completion completion) {
            completion.done(true, nowNanos);
            return true;
        }

        @Override
        public void append(JournalEntry entry) {
            // a restart forgets it
        }
    }
}
