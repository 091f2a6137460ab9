package live.strait.protocol.datachannel;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.link.LinkProfile;
import live.strait.protocol.link.PeerPair;
import live.strait.protocol.link.SimulatedPeer;

/// Data channels as one end of a simulated link; everything that happens is kept in order.
class Endpoint implements SimulatedPeer {
    final DataChannels channels;
    final List<DataChannelEvent> events = new ArrayList<>();
    final List<DropReason> drops = new ArrayList<>();
    int packetsSent;

    Endpoint(boolean client, long seed) {
        this(DataChannelOptions.DEFAULT.withDtlsClient(client), seed);
    }

    Endpoint(DataChannelOptions options, long seed) {
        this(new DataChannels(options, new SplittableRandom(seed), 0));
    }

    Endpoint(DataChannels channels) {
        this.channels = channels;
    }

    /// Two endpoints that have begun to connect, over a link: the name of a profile, or its settings.
    static PeerPair connected(Endpoint left, Endpoint right, String link, long seed) {
        left.channels.connect(0);
        right.channels.connect(0);
        boolean named = LinkProfile.names().contains(link);
        return new PeerPair(left, right, named ? LinkProfile.named(link) : LinkProfile.parse(link, link), seed);
    }

    @Override
    public void receive(long nowNanos, ByteBuffer datagram) {
        DropReason reason = channels.receive(nowNanos, datagram);
        if (reason != null) {
            drops.add(reason);
        }
        poll(nowNanos);
    }

    @Override
    public void onTimeout(long nowNanos) {
        channels.onTimeout(nowNanos);
        poll(nowNanos);
    }

    @Override
    public boolean pollTransmit(long nowNanos, ByteBuffer out) {
        boolean sent = channels.pollTransmit(nowNanos, out);
        packetsSent += sent ? 1 : 0;
        return sent;
    }

    @Override
    public long nextDeadlineNanos() {
        return channels.nextDeadline().atNanos();
    }

    void poll(long nowNanos) {
        for (DataChannelEvent event = channels.pollEvent(); event != null; event = channels.pollEvent()) {
            events.add(event);
            onEvent(nowNanos, event);
        }
    }

    void onEvent(long nowNanos, DataChannelEvent event) {}

    SendResult send(long nowNanos, DataChannel channel, String text) {
        return channels.send(
                nowNanos, channel, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), true, SendOptions.NORMAL);
    }

    <T extends DataChannelEvent> List<T> events(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    List<String> texts() {
        return events(DataChannelEvent.Message.class).stream()
                .map(message -> StandardCharsets.UTF_8
                        .decode(message.bytes().duplicate())
                        .toString())
                .toList();
    }

    /// The channel that the peer has opened under this label.
    DataChannel opened(String label) {
        return events(DataChannelEvent.Opened.class).stream()
                .map(DataChannelEvent.Opened::channel)
                .filter(channel -> channel.label().equals(label))
                .reduce((first, last) -> last)
                .orElseThrow();
    }
}
