package live.strait.relay.edge;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import live.strait.protocol.ice.PeerAddress;

/// Sockets on this machine that take what an egress sends.
final class Receivers implements AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 20;

    private final List<DatagramChannel> channels = new ArrayList<>();
    private final List<PeerAddress> addresses = new ArrayList<>();

    Receivers(int count, InetAddress at) throws IOException {
        for (int i = 0; i < count; i++) {
            DatagramChannel channel = DatagramChannel.open();
            channels.add(channel);
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            channel.bind(new InetSocketAddress(at, 0));
            channel.configureBlocking(false);
            addresses.add(PeerAddress.udp((InetSocketAddress) channel.getLocalAddress()));
        }
    }

    PeerAddress address(int receiver) {
        return addresses.get(receiver);
    }

    /// All datagrams that are there, in their order.
    List<Received> take(int receiver) throws IOException {
        List<Received> taken = new ArrayList<>();
        ByteBuffer buffer = ByteBuffer.allocate(65_536);
        for (SocketAddress from = channels.get(receiver).receive(buffer.clear());
                from != null;
                from = channels.get(receiver).receive(buffer.clear())) {
            taken.add(new Received(
                    from,
                    ByteBuffer.allocate(buffer.position()).put(buffer.flip()).flip()));
        }
        return taken;
    }

    @Override
    public void close() throws IOException {
        for (DatagramChannel channel : channels) {
            channel.close();
        }
    }

    /// One datagram.
    record Received(SocketAddress from, ByteBuffer bytes) {}
}
