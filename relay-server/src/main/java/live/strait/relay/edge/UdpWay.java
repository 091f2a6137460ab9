package live.strait.relay.edge;

import java.io.IOException;
import java.util.Locale;
import live.strait.relay.egress.BatchEgress;

/// The ways of UDP datagrams into a node and out of it; what arrives is the same.
public enum UdpWay {
    /// The best one that this system has.
    AUTO,
    /// `recvmmsg`, and `sendmmsg` with UDP_SEGMENT, by foreign functions: 64-bit Linux.
    BATCH,
    /// Netty's channel, wherever Netty's epoll works.
    NETTY;

    /// @throws IOException when this way was demanded and does not exist here, with the remedy
    boolean isBatch() throws IOException {
        return switch (this) {
            case AUTO -> BatchEgress.isSupported();
            case NETTY -> false;
            case BATCH -> {
                if (!BatchEgress.isSupported()) {
                    throw new IOException("media.udp: batch needs 64-bit Linux; auto or netty goes anywhere");
                }
                yield true;
            }
        };
    }

    /// As it stands in the configuration.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
