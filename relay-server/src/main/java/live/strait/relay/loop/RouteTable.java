package live.strait.relay.loop;

import java.util.ArrayDeque;
import java.util.Arrays;
import live.strait.protocol.crypto.NativeSealer;
import live.strait.protocol.ice.PeerAddress;
import live.strait.protocol.srtp.RtpSealing;
import live.strait.relay.egress.Egress;
import org.jspecify.annotations.Nullable;

/// What fan-out needs to know of each session of a loop for every packet, side by side in the order in which the
/// sessions came.
///
/// A loop goes through thousands of viewers for every frame. What each has in objects of its own lies anywhere in
/// the heap, and every one is fetched from memory, page table and all; columns are read ahead. A route has a peer
/// and a sealer only while datagrams can be sealed for it and sent.
public final class RouteTable {
    private static final int FIRST_ROUTES = 64;

    private final Egress egress;

    private final ArrayDeque<Integer> free = new ArrayDeque<>();
    private int[] destinations = new int[FIRST_ROUTES];
    private @Nullable NativeSealer[] sealers = new NativeSealer[FIRST_ROUTES];
    private long[] keys = new long[FIRST_ROUTES];
    private int[] transportSequences = new int[FIRST_ROUTES];
    private int used;

    RouteTable(Egress egress) {
        this.egress = egress;
    }

    /// A route for a new session.
    ///
    /// @param transportSequence what the first packet's number follows
    public int take(int transportSequence) {
        int route = free.isEmpty() ? used++ : free.remove();
        if (route == keys.length) {
            int length = 2 * route;
            destinations = Arrays.copyOf(destinations, length);
            sealers = Arrays.copyOf(sealers, length);
            keys = Arrays.copyOf(keys, length);
            transportSequences = Arrays.copyOf(transportSequences, length);
        }
        destinations[route] = Egress.NOWHERE;
        transportSequences[route] = transportSequence;
        return route;
    }

    /// The session has ended: nothing is left of it.
    public void giveBack(int route) {
        leadTo(route, null);
        sealBy(route, null);
        free.add(route);
    }

    /// The session's path, or null where it is none over UDP.
    public void leadTo(int route, @Nullable PeerAddress peer) {
        if (destinations[route] != Egress.NOWHERE) {
            egress.forget(destinations[route]);
            destinations[route] = Egress.NOWHERE;
        }
        if (peer != null) {
            destinations[route] = egress.know(peer);
        }
    }

    /// The session's keys, or null where nothing can be sealed in native memory.
    public void sealBy(int route, @Nullable RtpSealing sealing) {
        sealers[route] = sealing == null ? null : sealing.sealer();
        keys[route] = sealing == null ? 0 : sealing.key();
    }

    /// Where datagrams go, as [Egress#know] has said, or [Egress#NOWHERE].
    public int destination(int route) {
        return destinations[route];
    }

    /// What seals them, or null.
    public @Nullable NativeSealer sealer(int route) {
        return sealers[route];
    }

    /// For the [#sealer], where there is one.
    public long key(int route) {
        return keys[route];
    }

    /// The first of so many transport-wide sequence numbers in a row, whose low 16 bits count; one row for all lines
    /// of a session.
    public int nextTransportSequences(int route, int count) {
        int first = transportSequences[route] + 1;
        transportSequences[route] += count;
        return first;
    }
}
