package live.strait.relay.lane;

/// Why an item is not taken, for its sender.
///
/// @param sentence friendly, and says what helps
/// @param retryAfterMillis when to try again; 0 where waiting does not help
/// @param cause for the counters
record Refusal(Cause cause, String sentence, long retryAfterMillis) {

    /// What refusals are counted by.
    enum Cause {
        PERSON_RATE,
        ROOM_RATE,
        SLOW_MODE,
        BLOCKED_WORD,
        MUTED,
        INTERRUPTS_OFF,
        ONE_IS_OPEN,
        QUEUE_FULL,
        BOARD_FULL,
        DISK
    }

    static Refusal of(Cause cause, String sentence) {
        return new Refusal(cause, sentence, 0);
    }

    /// A refusal that says in its sentence how long to wait: `%s` becomes "12 s".
    static Refusal until(Cause cause, String sentence, long retryAfterMillis) {
        return new Refusal(
                cause, sentence.formatted(Math.max(1, Math.ceilDiv(retryAfterMillis, 1_000)) + " s"), retryAfterMillis);
    }
}
