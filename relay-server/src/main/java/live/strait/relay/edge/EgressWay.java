package live.strait.relay.edge;

import java.io.IOException;
import java.util.Locale;
import live.strait.relay.egress.BatchEgress;

/// The ways of UDP datagrams out of a node; what arrives is the same.
public enum EgressWay {
    /// The best one that this system has.
    AUTO,
    /// `sendmmsg` with UDP_SEGMENT by foreign functions: 64-bit Linux.
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
                    throw new IOException("media.egress: batch needs 64-bit Linux; auto or netty goes anywhere");
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
