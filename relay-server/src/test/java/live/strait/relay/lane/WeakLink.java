package live.strait.relay.lane;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import live.strait.protocol.datachannel.DataChannel;
import live.strait.protocol.datachannel.DataChannelEvent;
import live.strait.protocol.datachannel.DataChannelOptions;
import live.strait.protocol.datachannel.DataChannels;
import live.strait.protocol.datachannel.Reliability;
import live.strait.protocol.datachannel.SendOptions;
import live.strait.protocol.datachannel.SendResult;
import live.strait.protocol.link.LinkDirection;
import live.strait.protocol.link.LinkModel;
import live.strait.protocol.link.LinkProfile;
import live.strait.signaling.control.LaneLink;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.LaneError;
import live.strait.signaling.message.LaneJson;
import org.jspecify.annotations.Nullable;

/// The lane's two data channels over an emulated link, in virtual time: our SCTP at both ends, and instead of DTLS
/// the bytes that it adds.
final class WeakLink implements LaneLink {
    /// A DTLS 1.2 record's header, explicit nonce and tag (RFC 5288).
    private static final int DTLS_BYTES = 37;
    private static final int LARGEST = 2_048;
    private static final SendOptions NODE_COPY = new SendOptions(true, 50_000_000, 0);
    private static final SendOptions PAGE_COPY = new SendOptions(false, 15_000_000, 0);

    private final LaneRoom room;
    private final End node;
    private final End page;
    private @Nullable Link attached;
    private boolean isGreeted;

    /// @param hear what arrives at the page
    WeakLink(LaneRoom room, LinkProfile profile, long seed, Consumer<String> hear) {
        this.room = room;
        RandomGenerator random =
                RandomGeneratorFactory.of("Xoroshiro128PlusPlus").create(seed);
        node = new End(false, new LinkModel(profile, LinkDirection.RIGHT_TO_LEFT, seed, room.nowNanos()), random);
        page = new End(true, new LinkModel(profile, LinkDirection.LEFT_TO_RIGHT, ~seed, room.nowNanos()), random);
        node.begin(page, json -> arrived(json));
        page.begin(node, hear);
    }

    /// The room's end of it.
    void attachedAs(Link link) {
        attached = link;
    }

    /// The page says something.
    void say(ClientMessage message, boolean reliably) {
        page.send(LaneJson.write(message), reliably ? page.lane : page.fast, reliably ? SendOptions.NORMAL : PAGE_COPY);
    }

    /// Nothing is lost any more.
    void heal() {
        node.way.apply(room.nowNanos(), "loss 0% burst 0% 1");
        page.way.apply(room.nowNanos(), "loss 0% burst 0% 1");
    }

    @Override
    public Kind kind() {
        return Kind.DATA_CHANNEL;
    }

    @Override
    public void send(String json) {
        node.send(json, node.lane, SendOptions.NORMAL);
    }

    @Override
    public void sendUrgent(String json, long receipt) {
        node.send(json, node.fast, NODE_COPY.withReceipt(receipt));
    }

    @Override
    public int backlogBytes() {
        return node.channels.bufferedBytes();
    }

    @Override
    public void close(LaneError code, String reason) {
        throw new AssertionError("closed: " + code + " " + reason);
    }

    private void arrived(String json) {
        isGreeted |= json.contains("\"hello\"");
        if (isGreeted && attached != null) {
            room.lane().receive(attached, json, room.nowNanos()); // copies that overtake hello are left out
        }
    }

    /// One end of the association, and the way that its packets take.
    private final class End {
        private final LinkModel way;
        private final DataChannels channels;
        private final ByteBuffer packet = ByteBuffer.allocate(LARGEST);
        private final ByteBuffer arriving = ByteBuffer.allocate(LARGEST);
        private @Nullable DataChannel lane;
        private @Nullable DataChannel fast;
        private @Nullable End other;
        private Consumer<String> hear = json -> {};
        private boolean isDraining;
        private long pumpAtNanos = Long.MAX_VALUE;
        private long wakeAtNanos = Long.MAX_VALUE;

        End(boolean opens, LinkModel way, RandomGenerator random) {
            this.way = way;
            channels = new DataChannels(DataChannelOptions.DEFAULT.withDtlsClient(opens), random, room.nowNanos());
            if (opens) {
                lane = channels.open(room.nowNanos(), "lane", "", Reliability.RELIABLE);
                fast = channels.open(room.nowNanos(), "lane-fast", "", Reliability.unordered(0));
            }
        }

        void begin(End peer, Consumer<String> listener) {
            other = peer;
            hear = listener;
            channels.connect(room.nowNanos());
            drain();
        }

        void send(String json, @Nullable DataChannel channel, SendOptions options) {
            if (channel == null) {
                return; // not open yet
            }
            ByteBuffer message = ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
            SendResult result = channels.send(room.nowNanos(), channel, message, true, options);
            if (result == SendResult.BUFFER_FULL && channel == lane) {
                throw new AssertionError("the lane is stuck");
            }
            if (this == page) {
                drain(); // a browser sends at once
            } else if (!isDraining) {
                isDraining = true; // the node sends together what the room has said together
                room.later(0, () -> {
                    isDraining = false;
                    drain();
                });
            }
        }

        private void receive(ByteBuffer datagram) {
            channels.receive(room.nowNanos(), datagram);
            drain();
        }

        /// What has arrived is heard, what is to go leaves.
        private void drain() {
            for (DataChannelEvent event = channels.pollEvent(); event != null; event = channels.pollEvent()) {
                switch (event) {
                    case DataChannelEvent.Opened(DataChannel channel)
                    when channel.label().equals("lane") -> lane = channel;
                    case DataChannelEvent.Opened(DataChannel channel) -> fast = channel;
                    case DataChannelEvent.Message(DataChannel _, ByteBuffer bytes, boolean _) ->
                        hear.accept(StandardCharsets.UTF_8.decode(bytes).toString());
                    case DataChannelEvent.Settled(long receipt, boolean delivered)
                    when attached != null -> room.lane().settled(attached, receipt, delivered, room.nowNanos());
                    case DataChannelEvent.Failed(String cause) -> throw new AssertionError(cause);
                    default -> {}
                }
            }
            while (channels.pollTransmit(room.nowNanos(), packet)) {
                packet.position(0).limit(packet.limit() + DTLS_BYTES);
                way.send(room.nowNanos(), packet);
            }
            pumpLater();
            wakeLater();
        }

        /// One event for each moment that the link names, whoever asks.
        private void pumpLater() {
            long next = way.nextDeliveryNanos();
            if (next < pumpAtNanos) {
                pumpAtNanos = next;
                room.later(Math.max(0, next - room.nowNanos()), () -> pump(next));
            }
        }

        private void pump(long dueNanos) {
            if (dueNanos != pumpAtNanos) {
                return; // overtaken by an earlier one
            }
            pumpAtNanos = Long.MAX_VALUE;
            End receiver = other;
            while (receiver != null && way.poll(room.nowNanos(), arriving)) {
                arriving.limit(arriving.limit() - DTLS_BYTES);
                receiver.receive(arriving);
            }
            pumpLater();
        }

        private void wakeLater() {
            long next = channels.nextDeadline().atNanos();
            if (next < wakeAtNanos) {
                wakeAtNanos = next;
                room.later(Math.max(0, next - room.nowNanos()), () -> wake(next));
            }
        }

        private void wake(long dueNanos) {
            if (dueNanos != wakeAtNanos) {
                return;
            }
            wakeAtNanos = Long.MAX_VALUE;
            if (channels.nextDeadline().isDue(room.nowNanos())) {
                channels.onTimeout(room.nowNanos());
            }
            drain();
        }
    }
}
