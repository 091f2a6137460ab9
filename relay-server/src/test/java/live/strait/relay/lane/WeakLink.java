package live.strait.relay.lane;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import live.strait.protocol.link.LinkDirection;
import live.strait.protocol.link.LinkModel;
import live.strait.protocol.link.LinkProfile;
import live.strait.signaling.control.LaneLink;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.LaneError;
import live.strait.signaling.message.LaneJson;

/// A data channel over an emulated link, one datagram for each message.
///
/// What is reliable is sent again a round trip and a bit later until it has arrived, within a small window; what
/// is urgent is sent once. Each datagram is as large as it would be with the headers of SCTP and DTLS.
final class WeakLink implements LaneLink {
    private static final int HEADER_BYTES = 70;
    private static final int LARGEST = 4_096;
    /// Two packets of what is reliable.
    private static final int WINDOW_BYTES = 2_400;

    private final LaneRoom room;
    private final long resendNanos;
    private final Way toPage;
    private final Way toNode;
    private Consumer<String> atNode = json -> {};
    private boolean isGreeted;

    /// @param hear what arrives at the page
    WeakLink(LaneRoom room, LinkProfile profile, long rttMillis, long seed, Consumer<String> hear) {
        this.room = room;
        this.resendNanos = (rttMillis + 100) * 1_000_000;
        this.toPage = new Way(new LinkModel(profile, LinkDirection.RIGHT_TO_LEFT, seed, room.nowNanos()), hear);
        this.toNode = new Way(
                new LinkModel(profile, LinkDirection.LEFT_TO_RIGHT, ~seed, room.nowNanos()), json -> arrived(json));
    }

    /// @param receive what arrives at the node
    void attachedAs(Consumer<String> receive) {
        atNode = receive;
    }

    private void arrived(String json) {
        isGreeted |= json.contains("\"hello\"");
        if (isGreeted) {
            atNode.accept(json); // as the carrier does: copies that overtake hello are left out
        }
    }

    /// The page says something.
    void say(ClientMessage message, boolean reliably) {
        toNode.send(LaneJson.write(message), reliably);
    }

    @Override
    public Kind kind() {
        return Kind.DATA_CHANNEL;
    }

    @Override
    public void send(String json) {
        toPage.send(json, true);
    }

    @Override
    public void sendUrgent(String json) {
        toPage.send(json, false);
    }

    @Override
    public int backlogBytes() {
        return toPage.outstandingBytes;
    }

    @Override
    public void close(LaneError code, String reason) {
        throw new AssertionError("closed: " + code + " " + reason);
    }

    private final class Way {
        private final LinkModel link;
        private final Consumer<String> hear;
        private final Map<Long, String> messages = new HashMap<>();
        private final Set<Long> outstanding = new HashSet<>();
        /// Those that have not been heard, in their order, and of them those that have come.
        private final Deque<Long> reliable = new ArrayDeque<>();
        private final Map<Long, String> waiting = new HashMap<>();
        private final ByteBuffer out = ByteBuffer.allocate(LARGEST);
        private long sent;
        private final Deque<Long> unsent = new ArrayDeque<>();
        private int outstandingBytes;
        private int inFlightBytes;
        private long pumpAtNanos = Long.MAX_VALUE;

        Way(LinkModel link, Consumer<String> hear) {
            this.link = link;
            this.hear = hear;
        }

        void send(String json, boolean reliably) {
            long number = sent++;
            messages.put(number, json);
            if (reliably) {
                outstanding.add(number);
                reliable.addLast(number);
                outstandingBytes += json.length();
                unsent.addLast(number);
                sendWaiting();
            } else {
                transmit(number, json);
            }
        }

        /// As far as the window allows: urgent messages do not wait behind these.
        private void sendWaiting() {
            while (!unsent.isEmpty() && inFlightBytes < WINDOW_BYTES) {
                long number = unsent.removeFirst();
                String json = Objects.requireNonNull(messages.get(number));
                inFlightBytes += json.length();
                keepSending(number, json);
            }
        }

        private void hearInOrder() {
            while (!reliable.isEmpty() && waiting.containsKey(reliable.getFirst())) {
                hear.accept(Objects.requireNonNull(waiting.remove(reliable.removeFirst())));
            }
        }

        private void keepSending(long number, String json) {
            transmit(number, json);
            room.later(resendNanos, () -> {
                if (outstanding.contains(number)) {
                    keepSending(number, json);
                }
            });
        }

        private void transmit(long number, String json) {
            int bytes = json.getBytes(StandardCharsets.UTF_8).length + HEADER_BYTES;
            ByteBuffer datagram = ByteBuffer.allocate(bytes);
            datagram.putLong(0, number);
            link.send(room.nowNanos(), datagram);
            pumpLater();
        }

        /// One event for each moment that the link names, whoever asks.
        private void pumpLater() {
            long next = link.nextDeliveryNanos();
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
            while (link.poll(room.nowNanos(), out)) {
                long number = out.getLong(0);
                String json = messages.remove(number);
                if (json != null) { // else the same message again
                    if (outstanding.remove(number)) {
                        outstandingBytes -= json.length();
                        inFlightBytes -= json.length();
                        sendWaiting();
                        waiting.put(number, json);
                        hearInOrder();
                    } else {
                        hear.accept(json);
                    }
                }
            }
            pumpLater();
        }
    }
}
