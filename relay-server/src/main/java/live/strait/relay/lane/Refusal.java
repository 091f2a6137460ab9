package live.strait.relay.lane;

import live.strait.signaling.message.RefusalCause;

/// Why an item is not taken, for its sender.
///
/// @param sentence friendly, and says what helps
/// @param retryAfterMillis when to try again; 0 where waiting does not help
/// @param cause for the counters and for programs
record Refusal(RefusalCause cause, String sentence, long retryAfterMillis) {
    static Refusal of(RefusalCause cause, String sentence) {
        return new Refusal(cause, sentence, 0);
    }

    /// A refusal that says in its sentence how long to wait: `%s` becomes "12 s".
    static Refusal until(RefusalCause cause, String sentence, long retryAfterMillis) {
        return new Refusal(
                cause, sentence.formatted(Math.max(1, Math.ceilDiv(retryAfterMillis, 1_000)) + " s"), retryAfterMillis);
    }
}
