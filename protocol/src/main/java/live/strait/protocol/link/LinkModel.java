package live.strait.protocol.link;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import live.strait.protocol.link.LinkFates.Purpose;

/// One direction of an emulated link, in virtual time.
///
/// ```
/// send -> queue (fixed rate, bounded drop-tail FIFO)
///      -> wire (bursts, loss, corruption, delay, jitter, copies) -> poll
/// ```
/// Loss lies behind the bottleneck, as on a radio link: a lost packet has used its share of the rate. The
/// bottleneck reckons with the exact end of each transmission, and each step of the timeline takes effect at its
/// exact time, however seldom the model is called. With `reorder off` a packet also waits for those before it.
///
/// One difference to the emulator: a corrupted datagram arrives with one bit of its payload flipped, as no UDP
/// checksum takes it out.
public final class LinkModel {
    /// IPv4 and UDP headers, which rate and queue count for each datagram.
    public static final int HEADER_BYTES = 28;

    private static final int MAX_HELD = 100_000;
    private static final long NEVER = Long.MAX_VALUE;

    private final LinkProfile profile;
    private final LinkDirection direction;
    private final LinkFates fates;
    private LinkConditions conditions;
    private long timelineStart;
    private int nextStep;

    private final ArrayDeque<Packet> queue = new ArrayDeque<>();
    private long queueBytes;
    /// Of the first in the queue, still to be sent when it was last started.
    private double headBits;
    /// When the first in the queue will have been sent; `NEVER` when the queue is empty or stalled.
    private long headSentAt = NEVER;

    private final PriorityQueue<Flight> flying =
            new PriorityQueue<>(Comparator.comparingLong(Flight::at).thenComparingLong(Flight::order));
    private long packetNumber;
    private long firstNumber;
    private boolean inBurst;
    private long flightOrder;
    private long lastArrival = Long.MIN_VALUE;
    private long highestDelivered;

    private long bytesIn;
    private long packetsOut;
    private long bytesOut;
    private long lost;
    private long lostInBursts;
    private long queueDrops;
    private long downDrops;
    private long overflowDrops;
    private long duplicated;
    private long corrupted;
    private long reordered;
    private long longestQueueNanos;
    private long longestQueueBytes;

    /// A link whose timeline begins at `startNanos`.
    public LinkModel(LinkProfile profile, LinkDirection direction, long seed, long startNanos) {
        this.profile = profile;
        this.direction = direction;
        this.fates = new LinkFates(seed, direction);
        this.conditions = profile.initialConditions(direction);
        this.timelineStart = startNanos;
    }

    /// A datagram on its way through the link.
    private record Packet(long number, long cameAt, ByteBuffer bytes) {
        private int wireBytes() {
            return bytes.remaining() + HEADER_BYTES;
        }
    }

    private record Flight(long at, long order, Packet packet) {}

    /// Takes a copy of the datagram between position and limit.
    public void send(long nowNanos, ByteBuffer datagram) {
        advance(nowNanos);
        Packet packet = new Packet(packetNumber++, nowNanos, copyOf(datagram));
        bytesIn += packet.wireBytes();
        if (conditions.state == LinkConditions.State.DOWN) {
            downDrops++;
        } else if (queue.size() + flying.size() >= MAX_HELD) {
            overflowDrops++;
        } else if (!queue.isEmpty() && queueBytes + packet.wireBytes() > conditions.queueRoomBytes()) {
            // An idle link takes any packet, however small the queue.
            queueDrops++;
        } else {
            queue.add(packet);
            queueBytes += packet.wireBytes();
            longestQueueBytes = Math.max(longestQueueBytes, queueBytes);
            if (queue.size() == 1) {
                startHead(nowNanos);
            }
            serve(nowNanos);
        }
    }

    /// Fills `out` with the next datagram that has arrived by now, flipped; false when there is none.
    public boolean poll(long nowNanos, ByteBuffer out) {
        advance(nowNanos);
        Flight first = flying.peek();
        if (first == null || first.at > nowNanos) {
            return false;
        }
        flying.remove();
        Packet packet = first.packet;
        packetsOut++;
        bytesOut += packet.wireBytes();
        if (packet.number + 1 < highestDelivered) {
            reordered++;
        } else {
            highestDelivered = packet.number + 1;
        }
        out.clear();
        out.put(packet.bytes.duplicate()).flip();
        return true;
    }

    /// When `poll` is to be called next: a datagram arrives, or something changes that may make one arrive.
    /// `Long.MAX_VALUE` while the link holds none.
    public long nextDeliveryNanos() {
        Flight first = flying.peek();
        long next = first == null ? NEVER : first.at;
        if (!queue.isEmpty()) {
            next = Math.min(next, Math.min(headSentAt, stepNanos()));
        }
        return next;
    }

    /// Changes the conditions by hand, from now on and also for what is queued; the words are those of a profile,
    /// `restart` included.
    public void apply(long nowNanos, String settings) {
        LinkSettings parsed = LinkSettings.parse(settings);
        advance(nowNanos);
        change(nowNanos, parsed);
    }

    public LinkStatistics statistics() {
        return new LinkStatistics(
                packetNumber,
                bytesIn,
                packetsOut,
                bytesOut,
                lost,
                lostInBursts,
                queueDrops,
                downDrops,
                overflowDrops,
                duplicated,
                corrupted,
                reordered,
                longestQueueNanos,
                longestQueueBytes);
    }

    private void advance(long nowNanos) {
        for (long at = stepNanos(); at <= nowNanos; at = stepNanos()) {
            serve(at);
            change(at, profile.steps().get(nextStep++).settings());
        }
        serve(nowNanos);
    }

    private long stepNanos() {
        List<LinkProfile.Step> steps = profile.steps();
        return nextStep < steps.size() ? timelineStart + steps.get(nextStep).atNanos() : NEVER;
    }

    private void change(long nowNanos, LinkSettings settings) {
        if (headSentAt != NEVER) {
            headBits = (headSentAt - nowNanos) / 1e9 * conditions.rateBps;
        }
        if (settings.isRestart()) {
            conditions = profile.initialConditions(direction);
            timelineStart = nowNanos;
            nextStep = 0;
            firstNumber = packetNumber;
            inBurst = false;
        }
        settings.applyTo(conditions, direction);
        if (conditions.state == LinkConditions.State.DOWN) {
            downDrops += queue.size();
            queue.clear();
            queueBytes = 0;
        }
        headSentAt = sentAt(nowNanos);
    }

    /// Moves what the bottleneck has sent by now to the wire, with the exact end of each transmission.
    private void serve(long nowNanos) {
        while (headSentAt <= nowNanos) {
            long at = headSentAt;
            Packet packet = queue.remove();
            queueBytes -= packet.wireBytes();
            startHead(at);
            longestQueueNanos = Math.max(longestQueueNanos, at - packet.cameAt);
            wire(packet, at);
        }
    }

    private void startHead(long atNanos) {
        Packet head = queue.peek();
        headBits = head == null ? 0 : head.wireBytes() * 8.0;
        headSentAt = sentAt(atNanos);
    }

    private long sentAt(long fromNanos) {
        boolean idle = queue.isEmpty() || conditions.state == LinkConditions.State.STALL;
        return idle ? NEVER : fromNanos + conditions.transmissionNanos(headBits);
    }

    private void wire(Packet packet, long sentAt) {
        long number = packet.number - firstNumber;
        inBurst = fates.uniform(Purpose.BURST, number) < (inBurst ? 1 - conditions.badToGood : conditions.goodToBad);
        if (inBurst) {
            lostInBursts++;
            return;
        }
        if (fates.uniform(Purpose.LOSS, number) < conditions.loss) {
            lost++;
            return;
        }
        if (fates.uniform(Purpose.CORRUPTION, number) < conditions.corruption) {
            flipBit(packet.bytes, fates.uniform(Purpose.CORRUPT_BIT, number));
        }
        long arrival =
                Math.max(sentAt, sentAt + (long) (conditions.delayNanos + fates.jitterNanos(conditions, number)));
        if (!conditions.reorder) {
            arrival = Math.max(arrival, lastArrival);
        }
        lastArrival = arrival;
        flying.add(new Flight(arrival, flightOrder++, packet));
        if (fates.uniform(Purpose.DUPLICATION, number) < conditions.duplication) {
            duplicated++;
            flying.add(new Flight(arrival, flightOrder++, packet));
        }
    }

    private void flipBit(ByteBuffer bytes, double where) {
        if (bytes.hasRemaining()) {
            corrupted++;
            int bit = (int) (where * bytes.remaining() * 8);
            bytes.put(bit / 8, (byte) (bytes.get(bit / 8) ^ (1 << (bit % 8))));
        }
    }

    private static ByteBuffer copyOf(ByteBuffer datagram) {
        ByteBuffer copy = ByteBuffer.allocate(datagram.remaining());
        return copy.put(0, datagram, datagram.position(), datagram.remaining());
    }
}
