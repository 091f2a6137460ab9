package live.strait.protocol.ice;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/// What an agent has for its owner: datagrams to send and events, each in order.
final class Outbox {
    /// An owner that drains after each call never holds more than a few; a peer resends what is lost here.
    private static final int MAX_DATAGRAMS = 64;

    private final ArrayDeque<Datagram> datagrams = new ArrayDeque<>();
    private final ArrayDeque<IceEvent> events = new ArrayDeque<>();

    /// Queues a datagram; one beyond the bound takes the place of the oldest.
    void send(byte[] bytes, PeerAddress to) {
        if (datagrams.size() == MAX_DATAGRAMS) {
            datagrams.remove();
        }
        datagrams.add(new Datagram(bytes, to));
    }

    void tell(IceEvent event) {
        events.add(event);
    }

    boolean pollTransmit(IceTransmit out) {
        Datagram next = datagrams.poll();
        if (next == null) {
            return false;
        }
        out.fill(next.bytes, next.to);
        return true;
    }

    @Nullable
    IceEvent pollEvent() {
        return events.poll();
    }

    void discardDatagrams() {
        datagrams.clear();
    }

    private static final class Datagram {
        final byte[] bytes;
        final PeerAddress to;

        Datagram(byte[] bytes, PeerAddress to) {
            this.bytes = bytes;
            this.to = to;
        }
    }
}
