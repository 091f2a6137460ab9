package live.strait.protocol.sctp.tx;

import org.jspecify.annotations.Nullable;

/// Fragments that have a TSN and are not cumulatively acknowledged, in order of their TSNs.
///
/// A ring without holes, found by TSN.
final class Flight {
    private @Nullable OutgoingFragment[] ring = new OutgoingFragment[64];
    private long firstTsn;
    private int size;
    /// Of the fragments that are in flight, with their headers.
    private int bytesInFlight;

    Flight(long firstTsn) {
        this.firstTsn = firstTsn;
    }

    /// The TSN that the next fragment gets.
    long nextTsn() {
        return firstTsn + size;
    }

    long firstTsn() {
        return firstTsn;
    }

    int size() {
        return size;
    }

    int bytesInFlight() {
        return bytesInFlight;
    }

    /// Appends the fragment with `nextTsn`.
    void add(OutgoingFragment fragment) {
        if (size == ring.length) {
            grow();
        }
        ring[index(fragment.tsn)] = fragment;
        size++;
    }

    /// The fragment with this TSN, which must lie from `firstTsn` to before `nextTsn`.
    OutgoingFragment get(long tsn) {
        OutgoingFragment fragment = tsn < firstTsn || tsn >= nextTsn() ? null : ring[index(tsn)];
        if (fragment == null) {
            throw new IndexOutOfBoundsException(tsn);
        }
        return fragment;
    }

    /// Takes out the first fragment.
    OutgoingFragment removeFirst() {
        OutgoingFragment first = get(firstTsn);
        leave(first, OutgoingFragment.State.ACKNOWLEDGED);
        ring[index(firstTsn)] = null;
        firstTsn++;
        size--;
        return first;
    }

    /// Notes that a fragment was put on the wire.
    void sent(OutgoingFragment fragment, long nowNanos) {
        if (fragment.state != OutgoingFragment.State.IN_FLIGHT) {
            bytesInFlight += fragment.chunkBytes();
        }
        fragment.state = OutgoingFragment.State.IN_FLIGHT;
        fragment.sentAtNanos = nowNanos;
        fragment.transmissions++;
        fragment.missingReports = 0;
    }

    /// Gives a fragment another state than `IN_FLIGHT`.
    void leave(OutgoingFragment fragment, OutgoingFragment.State state) {
        if (fragment.state == OutgoingFragment.State.IN_FLIGHT) {
            bytesInFlight -= fragment.chunkBytes();
        }
        fragment.state = state;
    }

    private int index(long tsn) {
        return (int) tsn & (ring.length - 1);
    }

    private void grow() {
        @Nullable OutgoingFragment[] larger = new OutgoingFragment[ring.length * 2];
        for (long tsn = firstTsn; tsn < nextTsn(); tsn++) {
            larger[(int) tsn & (larger.length - 1)] = ring[index(tsn)];
        }
        ring = larger;
    }
}
