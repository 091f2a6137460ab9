package live.strait.protocol.ice;

/// The transactions of the last checks, so that a copy of an old one is not mistaken for news.
///
/// STUN has no protection against replay: whoever has seen a check with USE-CANDIDATE could send it again from an
/// address of its own and pull the media there, and a copy that a slow network delivers late would move
/// the path back. A copy is therefore answered, as RFC 8489 section 6.3.1 wants, but selects nothing.
final class RecentTransactions {
    /// Browsers check up to 20 times a second while they connect: three seconds' worth.
    private static final int REMEMBERED = 64;

    private final long[] ring = new long[REMEMBERED];
    private int next;

    /// Whether `transaction` is new; it is remembered.
    boolean add(long transaction) {
        for (long known : ring) {
            if (known == transaction) {
                return false;
            }
        }
        ring[next] = transaction;
        next = (next + 1) % REMEMBERED;
        return true;
    }
}
