package live.strait.loadtest.peer;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import live.strait.protocol.link.LinkDirection;
import live.strait.protocol.link.LinkModel;
import live.strait.protocol.link.LinkProfile;
import org.jspecify.annotations.Nullable;

/// The network between a peer and the rest of the world: each datagram of its socket passes here, both ways.
///
/// In front of a datagram travels one byte more, which says where it goes or where it has come from.
public final class EmulatedLink {
    private static final int DATAGRAM_BYTES = 2048;
    private static final int MOST_ADDRESSES = 256;

    private final Way up;
    private final Way down;
    private final List<InetSocketAddress> addresses = new ArrayList<>();

    /// A link whose timeline begins now.
    ///
    /// @param seed decides which datagrams are lost or late
    EmulatedLink(LinkProfile profile, long seed, long nowNanos) {
        up = new Way(new LinkModel(profile, LinkDirection.LEFT_TO_RIGHT, seed, nowNanos));
        down = new Way(new LinkModel(profile, LinkDirection.RIGHT_TO_LEFT, seed, nowNanos));
    }

    /// A link whose timeline begins now, or null for the profile that changes nothing.
    public static @Nullable EmulatedLink of(LinkProfile profile, long seed) {
        return profile.name().equals("perfect") ? null : new EmulatedLink(profile, seed, System.nanoTime());
    }

    /// From the peer.
    Way up() {
        return up;
    }

    /// To the peer.
    Way down() {
        return down;
    }

    /// Begins the timeline anew, on the peer's loop.
    void restart(long nowNanos) {
        up.model.apply(nowNanos, "restart");
        down.model.apply(nowNanos, "restart");
    }

    long nextDeliveryNanos() {
        return Math.min(up.model.nextDeliveryNanos(), down.model.nextDeliveryNanos());
    }

    private int indexOf(InetSocketAddress address) {
        int known = addresses.indexOf(address);
        if (known >= 0 || addresses.size() == MOST_ADDRESSES) {
            return known;
        }
        addresses.add(address);
        return addresses.size() - 1;
    }

    /// One of the two ways.
    final class Way {
        private final LinkModel model;
        private final ByteBuffer in = ByteBuffer.allocate(DATAGRAM_BYTES + 1);
        private final ByteBuffer out = ByteBuffer.allocate(DATAGRAM_BYTES + 1);

        private Way(LinkModel model) {
            this.model = model;
        }

        /// Takes a datagram, from position to limit; moves neither.
        void send(long nowNanos, ByteBuffer datagram, InetSocketAddress address) {
            int index = indexOf(address);
            if (index >= 0) {
                in.clear().put((byte) index).put(datagram.duplicate());
                model.send(nowNanos, in.flip());
            }
        }

        /// Where the datagram belongs that is in [#datagram] now; null when none has arrived.
        @Nullable
        InetSocketAddress poll(long nowNanos) {
            while (model.poll(nowNanos, out)) {
                int index = Byte.toUnsignedInt(out.get());
                if (index < addresses.size()) { // a link may flip bits
                    return addresses.get(index);
                }
            }
            return null;
        }

        ByteBuffer datagram() {
            return out;
        }
    }
}
