package live.strait.relay.journal;

/// How much a journal takes on.
///
/// @param mostWaiting entries that may wait for the disk; beyond it questions are refused, which is better than
///     answering them seconds later. At 10 ms per force and hundreds per batch this is far away on a healthy disk
/// @param generationBytes at which a new generation is begun; also when the snapshot has doubled
/// @param retryMillis between attempts to begin anew after an error
public record JournalOptions(int mostWaiting, long generationBytes, long retryMillis) {
    public static final JournalOptions DEFAULTS = new JournalOptions(4_096, 16L << 20, 1_000);
}
