package live.strait.loadtest.peer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import live.strait.protocol.datachannel.DataChannel;
import live.strait.protocol.datachannel.DataChannelEvent;
import live.strait.protocol.datachannel.DataChannelOptions;
import live.strait.protocol.datachannel.DataChannels;
import live.strait.protocol.datachannel.Reliability;
import live.strait.protocol.datachannel.SendOptions;
import live.strait.protocol.dtls.DtlsMachine;
import live.strait.protocol.dtls.DtlsRole;
import live.strait.signaling.control.SctpParameters;
import live.strait.signaling.session.ClientAnswer;
import org.jspecify.annotations.Nullable;

/// The two data channels that the SDK opens on a session: `lane`, in order and without loss, and `lane-fast`, for
/// copies that nobody sends again.
///
/// SCTP packets travel in the peer's DTLS records. As in a browser, what is sent leaves at once.
public final class LaneChannels {
    private static final int PACKET_BYTES = 2048;
    /// The SDK sends no copy while the one before it waits: what has waited as long as two are apart is dropped.
    private static final SendOptions FAST = new SendOptions(false, 15_000_000, 0);

    private final PeerLane page;
    private final DataChannels channels;
    private final ByteBuffer packet = ByteBuffer.allocate(PACKET_BYTES);
    private @Nullable ClientPeer peer;
    private @Nullable DataChannel lane;
    private @Nullable DataChannel fast;
    private boolean open;

    /// Channels to the server that has given this answer.
    ///
    /// @throws IllegalArgumentException when it takes none
    public LaneChannels(ClientAnswer answer, PeerLane page, RandomGenerator random) {
        this.page = page;
        SctpParameters theirs = answer.sctp();
        if (theirs == null) {
            throw new IllegalArgumentException("the server takes no data channels");
        }
        int largest = (int) Math.min(theirs.maxMessageSizeBytes(), SctpParameters.OURS.maxMessageSizeBytes());
        DataChannelOptions options = DataChannelOptions.DEFAULT
                .withDtlsClient(answer.ourDtlsRole() == DtlsRole.CLIENT)
                .withRemote(theirs.port(), largest == 0 ? Integer.MAX_VALUE : largest);
        channels = new DataChannels(options, random, System.nanoTime());
    }

    /// By `lane`.
    public void send(String json) {
        send(lane, json, SendOptions.NORMAL);
    }

    /// By `lane-fast`: at once or never.
    public void sendFast(String json) {
        send(fast, json, FAST);
    }

    void start(ClientPeer owner, long nowNanos) {
        peer = owner;
        lane = channels.open(nowNanos, "lane", "", Reliability.RELIABLE);
        fast = channels.open(nowNanos, "lane-fast", "", Reliability.unordered(0));
        channels.connect(nowNanos);
    }

    /// Takes what has come in DTLS records, and tells the page.
    void receive(DtlsMachine dtls, long nowNanos) {
        while (dtls.pollApplicationData(packet)) {
            channels.receive(nowNanos, packet);
        }
        for (DataChannelEvent event = channels.pollEvent(); event != null; event = channels.pollEvent()) {
            switch (event) {
                case DataChannelEvent.Opened(DataChannel channel)
                when channel == lane -> {
                    open = true;
                    page.onOpen(this, nowNanos);
                }
                case DataChannelEvent.Message(DataChannel _, ByteBuffer bytes, boolean _) ->
                    page.onText(StandardCharsets.UTF_8.decode(bytes).toString(), nowNanos);
                case DataChannelEvent.Closed(DataChannel channel) when channel == lane -> end("closed by the node");
                case DataChannelEvent.Failed(String cause) -> end(cause);
                default -> {}
            }
        }
    }

    /// Puts what is to be sent into DTLS records.
    void transmit(DtlsMachine dtls, long nowNanos) {
        while (channels.pollTransmit(nowNanos, packet)) {
            dtls.sendApplicationData(packet);
        }
    }

    long nextDeadlineNanos() {
        return Math.min(channels.nextDeadline().atNanos(), open ? page.nextDeadlineNanos() : Long.MAX_VALUE);
    }

    void onTimeout(long nowNanos) {
        if (channels.nextDeadline().isDue(nowNanos)) {
            channels.onTimeout(nowNanos);
        }
        if (open && page.nextDeadlineNanos() <= nowNanos) {
            page.onTimeout(nowNanos);
        }
    }

    void end(String cause) {
        lane = null;
        fast = null;
        if (open) {
            open = false;
            page.onClosed(cause);
        }
    }

    private void send(@Nullable DataChannel channel, String json, SendOptions options) {
        ClientPeer owner = peer;
        if (channel != null && owner != null) {
            long nowNanos = System.nanoTime();
            channels.send(nowNanos, channel, ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)), true, options);
            owner.sendChannels(nowNanos);
        }
    }
}
