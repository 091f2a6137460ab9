package live.strait.loadtest.fanout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import live.strait.loadtest.host.HostTrace;
import live.strait.loadtest.host.SimulatedHost;
import live.strait.loadtest.host.SyntheticSource;
import live.strait.loadtest.peer.PeerConnector;
import live.strait.loadtest.peer.PeerLoop;
import live.strait.loadtest.peer.SignalingClient;
import live.strait.loadtest.stamp.PacketStamps;
import live.strait.loadtest.viewer.RoomStream;

/// The host of each room, all on one thread, and what they send as it is measured.
final class Hosts implements AutoCloseable {
    private final PeerLoop loop = new PeerLoop("hosts");
    private final List<SimulatedHost> hosts = new ArrayList<>();
    private final List<RoomStream> streams = new ArrayList<>();

    Hosts() throws IOException {}

    void publish(FanoutOptions options, SignalingClient signaling, PeerConnector connector)
            throws IOException, InterruptedException {
        HostTrace trace = options.publish().shape(HostTrace.load());
        for (int i = 0; i < options.rooms(); i++) {
            SimulatedHost host = SimulatedHost.on(loop, signaling, connector);
            PacketStamps stamps = new PacketStamps();
            hosts.add(host);
            streams.add(new RoomStream(stamps));
            SyntheticSource source =
                    new SyntheticSource(trace, options.publish().layers(), ThreadLocalRandom.current());
            host.publish(options.endpoint("whip", i), source, stamps);
        }
    }

    /// What a room's host sends.
    RoomStream stream(int room) {
        return streams.get(room);
    }

    /// How many packets each has sent so far.
    int[] sent() {
        return streams.stream().mapToInt(RoomStream::sent).toArray();
    }

    void beginMeasuring() {
        streams.forEach(RoomStream::beginMeasuring);
    }

    void endMeasuring() {
        streams.forEach(RoomStream::endMeasuring);
    }

    /// @throws IOException when one of them publishes no more: figures without it would mean nothing
    void check() throws IOException {
        String ending = hosts.stream()
                .map(SimulatedHost::ending)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        if (ending != null) {
            throw new IOException("a host's session has ended: " + ending);
        }
    }

    @Override
    public void close() {
        hosts.forEach(SimulatedHost::close);
        loop.close();
    }
}
