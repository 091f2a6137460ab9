package live.strait.relay.sim;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import live.strait.protocol.datachannel.DataChannel;
import live.strait.protocol.datachannel.DataChannelEvent;
import live.strait.protocol.datachannel.DataChannelOptions;
import live.strait.protocol.datachannel.DataChannels;
import live.strait.protocol.datachannel.Reliability;
import live.strait.protocol.datachannel.SendOptions;
import org.jspecify.annotations.Nullable;

/// The page's end of the lane's data channels, for any simulated peer; they open by themselves when it is
/// connected.
public final class SimChannels {
    private static final int PACKET_BYTES = 2048;

    private final SimPeer peer;
    private final ByteBuffer packet = ByteBuffer.allocate(PACKET_BYTES);
    private final Queue<String> heard = new ArrayDeque<>();
    private @Nullable DataChannels channels;
    private @Nullable DataChannel lane;
    private @Nullable DataChannel fast;
    private boolean open;
    private boolean over;

    SimChannels(SimPeer peer) {
        this.peer = peer;
    }

    /// Whether `lane` is open.
    public boolean isOpen() {
        return open;
    }

    /// Whether the node has closed `lane`.
    public boolean isOver() {
        return over;
    }

    /// What the node has said and nobody has heard yet, oldest first.
    public Queue<String> heard() {
        return heard;
    }

    /// Opens another pair, whatever has become of the first.
    public void openAgain() {
        DataChannels association = Objects.requireNonNull(channels);
        long nowNanos = peer.node().nowNanos();
        lane = association.open(nowNanos, "lane", "", Reliability.RELIABLE);
        fast = association.open(nowNanos, "lane-fast", "", Reliability.unordered(0));
        open = false;
        over = false;
    }

    /// By `lane`.
    public void say(byte[] message) {
        send(lane, message);
    }

    /// By `lane-fast`.
    public void sayFast(byte[] message) {
        send(fast, message);
    }

    private void send(@Nullable DataChannel channel, byte[] message) {
        if (!over) {
            Objects.requireNonNull(channels)
                    .send(
                            peer.node().nowNanos(),
                            Objects.requireNonNull(channel),
                            ByteBuffer.wrap(message),
                            true,
                            SendOptions.NORMAL);
        }
    }

    /// Called every step.
    void tick(long nowNanos) {
        DataChannels association = channels;
        if (association == null) {
            association = new DataChannels(DataChannelOptions.DEFAULT.withDtlsClient(true), peer.random(), nowNanos);
            lane = association.open(nowNanos, "lane", "", Reliability.RELIABLE);
            fast = association.open(nowNanos, "lane-fast", "", Reliability.unordered(0));
            association.connect(nowNanos);
            channels = association;
        }
        while (peer.dtls().pollApplicationData(packet)) {
            association.receive(nowNanos, packet);
        }
        if (association.nextDeadline().isDue(nowNanos)) {
            association.onTimeout(nowNanos);
        }
        for (DataChannelEvent event = association.pollEvent(); event != null; event = association.pollEvent()) {
            switch (event) {
                case DataChannelEvent.Opened(DataChannel channel) -> open |= channel == lane;
                case DataChannelEvent.Message(DataChannel _, ByteBuffer bytes, boolean _) ->
                    heard.add(StandardCharsets.UTF_8.decode(bytes).toString());
                case DataChannelEvent.Closed(DataChannel channel) -> over |= channel == lane;
                case DataChannelEvent.Failed(String _) -> over = true;
                default -> {} // of no interest here
            }
        }
        while (association.pollTransmit(nowNanos, packet)) {
            peer.dtls().sendApplicationData(packet);
        }
    }
}
