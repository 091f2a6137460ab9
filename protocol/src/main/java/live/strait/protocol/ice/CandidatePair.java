package live.strait.protocol.ice;

/// One remote candidate of a controlling agent and the checks that are under way to it (RFC 8445 section 6.1.2.6).
///
/// There is one local base, the owner's socket, so a remote address is the whole pair.
final class CandidatePair {
    /// A check is sent anew at most this many times less often than at first.
    private static final int MAX_BACKOFF = 8;

    final PeerAddress remote;

    /// An answer to one of the last 16 checks is taken; at the shortest backoff that is three seconds' worth.
    private final TransactionRing unanswered = new TransactionRing(16);

    private boolean valid;
    private long nextCheckAtNanos = Long.MAX_VALUE;
    private long backoffNanos;

    CandidatePair(PeerAddress remote) {
        this.remote = remote;
    }

    /// Whether the peer has answered from here with the current credentials or the ones before.
    boolean isValid() {
        return valid;
    }

    long nextCheckAtNanos() {
        return nextCheckAtNanos;
    }

    /// Begins checking from `atNanos` on, over and over until there is an answer.
    void check(long atNanos, long retransmitNanos) {
        nextCheckAtNanos = atNanos;
        backoffNanos = retransmitNanos;
    }

    /// Plans one check, as consent wants it.
    void checkOnce(long atNanos) {
        nextCheckAtNanos = atNanos;
        backoffNanos = 0;
    }

    void stopChecking() {
        nextCheckAtNanos = Long.MAX_VALUE;
    }

    /// Takes note that a check has left. Each is a transaction of its own: RFC 8489 would repeat the same one,
    /// but an answer should say which check it answers, and a nomination that is repeated is meant.
    void onSent(long nowNanos, long transaction, long retransmitNanos) {
        unanswered.add(transaction);
        if (backoffNanos == 0) {
            stopChecking();
            return;
        }
        nextCheckAtNanos = nowNanos + backoffNanos;
        backoffNanos = Math.min(2 * backoffNanos, MAX_BACKOFF * retransmitNanos);
    }

    /// Whether `transaction` is one of ours; each is answered once, so that a copy of an old answer is no consent.
    boolean takeAnswer(long transaction) {
        return unanswered.remove(transaction);
    }

    void onValidated() {
        valid = true;
    }

    void forgetChecks() {
        unanswered.clear();
    }
}
