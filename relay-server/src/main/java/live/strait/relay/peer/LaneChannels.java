package live.strait.relay.peer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import live.strait.protocol.datachannel.DataChannel;
import live.strait.protocol.datachannel.DataChannelEvent;
import live.strait.protocol.datachannel.DataChannels;
import live.strait.protocol.datachannel.SendOptions;
import live.strait.protocol.datachannel.SendResult;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.dtls.DtlsMachine;
import live.strait.protocol.time.TokenBucket;
import live.strait.relay.loop.LoopTask;
import live.strait.signaling.control.LaneLink;
import live.strait.signaling.control.LanePeer;
import live.strait.signaling.message.LaneError;
import live.strait.signaling.message.LaneJson;
import live.strait.signaling.message.NodeMessage;
import org.jspecify.annotations.Nullable;

/// The lane over one session's data channels: `lane`, reliable and ordered, and `lane-fast` beside it, unordered
/// and without retransmission.
///
/// SCTP packets go into and come out of the session's DTLS records. The channels are the peer's to open; what it
/// opens under other labels is closed. The session calls from its media loop; as a [LaneLink] it is called from the
/// room loop and hops over.
public final class LaneChannels implements LaneLink {
    static final String LABEL = "lane";
    static final String FAST_LABEL = "lane-fast";

    /// A record of DTLS holds less, and so does what SCTP makes.
    private static final int PACKET_BYTES = 2_048;

    /// A fast copy that has waited longer is overtaken by the next one.
    private static final SendOptions FAST = new SendOptions(true, 50_000_000, 0);

    /// More than rooms take of any link, a host's included: what is beyond never gets to their loop, which all rooms
    /// share.
    private static final double MOST_MESSAGES_PER_SECOND = 2_500;

    private static final double MESSAGE_BURST = 4_500;

    private final DataChannels channels;
    private final Function<LaneLink, LanePeer> room;
    private final ByteBuffer packet = ByteBuffer.allocate(PACKET_BYTES);
    private @Nullable PeerSession session;
    private @Nullable DataChannel lane;
    private @Nullable DataChannel fast;
    private @Nullable LanePeer peer;
    /// `lane-fast` may overtake the first message on `lane`, which has to be hello.
    private boolean greeted;

    /// Over all links that the session has, so that a new one does not begin anew; there is one from the start on.
    private @Nullable TokenBucket messages;

    /// Sent by the room loop, and not yet taken by ours.
    private final AtomicInteger crossingBytes = new AtomicInteger();

    private volatile int bufferedBytes;

    /// The loop's mailbox was full and a message is lost: the session cannot go on in order, and ends at its next
    /// timer.
    private volatile boolean broken;

    /// @param room attaches a link when the peer has opened `lane`
    public LaneChannels(DataChannels channels, Function<LaneLink, LanePeer> room) {
        this.channels = channels;
        this.room = room;
    }

    @Override
    public Kind kind() {
        return Kind.DATA_CHANNEL;
    }

    @Override
    public void send(String json) {
        byte[] message = json.getBytes(StandardCharsets.UTF_8);
        crossingBytes.addAndGet(message.length);
        onLoop(now -> {
            crossingBytes.addAndGet(-message.length);
            transmit(lane, message, SendOptions.NORMAL, now);
        });
    }

    /// By `lane-fast`, and where the peer has not opened that, ahead of what waits on `lane`.
    @Override
    public void sendUrgent(String json, long receipt) {
        byte[] message = json.getBytes(StandardCharsets.UTF_8);
        onLoop(now -> {
            DataChannel unreliable = fast;
            if (unreliable != null) {
                transmit(unreliable, message, FAST.withReceipt(receipt), now);
            } else {
                transmit(lane, message, SendOptions.URGENT.withReceipt(receipt), now);
            }
        });
    }

    @Override
    public int backlogBytes() {
        return crossingBytes.get() + bufferedBytes;
    }

    @Override
    public void close(LaneError code, String reason) {
        byte[] farewell =
                LaneJson.write(new NodeMessage.Error(code, reason, null)).getBytes(StandardCharsets.UTF_8);
        onLoop(now -> {
            transmit(lane, farewell, SendOptions.NORMAL, now);
            closeAll(now);
        });
    }

    /// There are keys.
    void start(PeerSession owner, long nowNanos) {
        session = owner;
        messages = new TokenBucket(MOST_MESSAGES_PER_SECOND, MESSAGE_BURST, nowNanos);
        channels.connect(nowNanos);
    }

    /// Takes what has come in DTLS records.
    @Nullable
    DropReason receive(DtlsMachine dtls, long nowNanos) {
        DropReason dropped = null;
        while (dtls.pollApplicationData(packet)) {
            DropReason reason = channels.receive(nowNanos, packet);
            dropped = reason == null ? dropped : reason;
        }
        return dropped;
    }

    /// Tells the room what has happened and puts what is to be sent into DTLS records.
    void drain(DtlsMachine dtls, long nowNanos) {
        for (DataChannelEvent event = channels.pollEvent(); event != null; event = channels.pollEvent()) {
            switch (event) {
                case DataChannelEvent.Opened(DataChannel channel) -> onOpened(channel, nowNanos);
                case DataChannelEvent.Message(DataChannel channel, ByteBuffer bytes, boolean text) ->
                    onMessage(channel, bytes, nowNanos);
                case DataChannelEvent.Settled(long receipt, boolean delivered) -> onSettled(receipt, delivered);
                case DataChannelEvent.Closed(DataChannel channel) -> onClosed(channel);
                case DataChannelEvent.Failed(String cause) -> onEnded();
                case DataChannelEvent.Connected(), DataChannelEvent.BufferedLow() -> {}
            }
        }
        while (channels.pollTransmit(nowNanos, packet)) {
            dtls.sendApplicationData(packet);
        }
        bufferedBytes = channels.bufferedBytes();
    }

    /// Whether the room has sent more, which crosses over now: all of it shares packets.
    boolean isMoreComing() {
        return crossingBytes.get() > 0;
    }

    long nextDeadlineNanos() {
        return channels.nextDeadline().atNanos();
    }

    void onTimeout(PeerSession owner, long nowNanos) {
        if (broken) {
            owner.end(SessionEnd.INTERNAL_ERROR, "the loop's mailbox was full and a message of the lane is lost");
        } else if (channels.nextDeadline().isDue(nowNanos)) {
            channels.onTimeout(nowNanos);
        }
    }

    /// The session is over.
    void onEnded() {
        lane = null;
        fast = null;
        detach();
    }

    private void detach() {
        LanePeer attached = peer;
        peer = null;
        if (attached != null) {
            attached.closed();
        }
    }

    private void onOpened(DataChannel channel, long nowNanos) {
        if (channel.label().equals(LABEL) && (lane == null || lane.state() != DataChannel.State.OPEN)) {
            detach(); // from the one that is on its way out, where the page was quicker than its end
            lane = channel;
            greeted = false;
            peer = room.apply(this);
        } else if (channel.label().equals(FAST_LABEL)) {
            closeChannel(fast, nowNanos);
            fast = channel;
        } else {
            channels.close(nowNanos, channel);
        }
    }

    private void onMessage(DataChannel channel, ByteBuffer bytes, long nowNanos) {
        LanePeer attached = peer;
        if (attached == null || (channel != lane && !greeted)) {
            return; // a fast copy that came before hello: more follow
        }
        TokenBucket allowed = messages;
        if (allowed == null || !allowed.take(nowNanos)) {
            drop(DropReason.LANE_FLOOD);
            return;
        }
        greeted = true;
        // Enough of what is too large for the room to see that it is.
        bytes.limit(Math.min(bytes.limit(), bytes.position() + LaneJson.MOST_CLIENT_BYTES + 1));
        attached.receive(StandardCharsets.UTF_8.decode(bytes).toString());
    }

    private void onSettled(long receipt, boolean delivered) {
        LanePeer attached = peer;
        if (attached != null) {
            attached.settled(receipt, delivered);
        }
    }

    private void onClosed(DataChannel channel) {
        if (channel == fast) {
            fast = null;
        } else if (channel == lane) {
            lane = null;
            detach();
        }
    }

    private void drop(DropReason reason) {
        PeerSession owner = session;
        if (owner != null) {
            owner.loop().counters().drop(reason);
        }
    }

    private void closeAll(long nowNanos) {
        closeChannel(lane, nowNanos);
        closeChannel(fast, nowNanos);
        detach(); // a channel that is closing still delivers, as long as its peer likes
    }

    private void closeChannel(@Nullable DataChannel channel, long nowNanos) {
        if (channel != null) {
            channels.close(nowNanos, channel);
        }
    }

    private void transmit(@Nullable DataChannel channel, byte[] message, SendOptions options, long nowNanos) {
        if (channel == null) {
            return; // closed while the message crossed over
        }
        SendResult result = channels.send(nowNanos, channel, ByteBuffer.wrap(message), true, options);
        if (result == SendResult.BUFFER_FULL && channel == lane) {
            // The peer has not taken a message for a minute, or too many. A hole in what is in order would be worse
            // than a new start.
            closeAll(nowNanos);
        }
    }

    private void onLoop(LoopTask task) {
        PeerSession owner = session;
        if (owner != null && !owner.loop().post(now -> owner.runOnLane(task, now))) {
            broken = true;
        }
    }
}
