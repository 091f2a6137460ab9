package live.strait.relay.edge;

import java.net.InetSocketAddress;

/// How the node's sockets are opened.
///
/// @param bind where media is received, UDP and TCP alike; port 0 takes a free one
/// @param loops number of media loops; one per core, but never less than two, so that every deployment and every
///   test runs the way across loops
/// @param tcp whether ICE-TCP is offered
/// @param socketBufferBytes asked of the kernel for each socket and direction: the default of 208 kB holds 90
///   packets
/// @param udp which way UDP datagrams come and leave
public record EdgeOptions(InetSocketAddress bind, int loops, boolean tcp, int socketBufferBytes, UdpWay udp) {
    public static final int DEFAULT_SOCKET_BUFFER_BYTES = 4 << 20;

    public EdgeOptions {
        if (loops < 1) {
            throw new IllegalArgumentException("at least one media loop");
        }
    }

    /// The same, over another way.
    public EdgeOptions withUdp(UdpWay way) {
        return new EdgeOptions(bind, loops, tcp, socketBufferBytes, way);
    }
}
