package live.strait.relay.egress;

import java.util.ArrayDeque;
import java.util.Arrays;
import live.strait.protocol.ice.PeerAddress;

/// The socket names of many peers side by side, each known by a number.
///
/// To go through thousands of [PeerAddress] objects for every frame is to fetch each from somewhere in the heap.
final class Destinations {
    private static final int NAME_LONGS = SocketNames.BYTES / Long.BYTES;

    private final SocketNames socketNames;
    private final ArrayDeque<Integer> free = new ArrayDeque<>();
    private long[] names = new long[64 * NAME_LONGS];
    private int used;

    Destinations(SocketNames socketNames) {
        this.socketNames = socketNames;
    }

    int add(PeerAddress to) {
        int number = reserve();
        try {
            put(number, to);
        } catch (RuntimeException e) {
            remove(number);
            throw e;
        }
        return number;
    }

    void put(int number, PeerAddress to) {
        socketNames.put(to, names, number * NAME_LONGS);
    }

    /// A number without a name yet.
    int reserve() {
        int number = free.isEmpty() ? used++ : free.remove();
        if ((number + 1) * NAME_LONGS > names.length) {
            names = Arrays.copyOf(names, 2 * names.length);
        }
        return number;
    }

    void remove(int number) {
        free.add(number);
    }

    /// A word of a destination's name.
    long word(int number, int i) {
        return names[number * NAME_LONGS + i];
    }
}
