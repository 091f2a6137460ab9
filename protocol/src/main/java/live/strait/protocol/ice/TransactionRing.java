package live.strait.protocol.ice;

/// A bounded set of STUN transactions, each known by 64 of its 96 random bits; the oldest make room for new ones.
final class TransactionRing {
    private final long[] ring;
    private int size;
    private int next;

    TransactionRing(int capacity) {
        ring = new long[capacity];
    }

    /// False when `transaction` was there already.
    boolean add(long transaction) {
        if (indexOf(transaction) >= 0) {
            return false;
        }
        ring[next] = transaction;
        next = (next + 1) % ring.length;
        size = Math.min(size + 1, ring.length);
        return true;
    }

    /// False when `transaction` was not there.
    boolean remove(long transaction) {
        int at = indexOf(transaction);
        if (at < 0) {
            return false;
        }
        size--;
        ring[at] = ring[size];
        next = size;
        return true;
    }

    void clear() {
        size = 0;
        next = 0;
    }

    private int indexOf(long transaction) {
        for (int i = 0; i < size; i++) {
            if (ring[i] == transaction) {
                return i;
            }
        }
        return -1;
    }
}
