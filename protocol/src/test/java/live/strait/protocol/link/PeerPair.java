package live.strait.protocol.link;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Two peers, a seeded link each way between them, and a virtual clock: ten minutes of bad network in milliseconds.
///
/// The clock jumps from event to event. What goes wrong is thrown with the seed, the time and both links'
/// figures, so that the same run can be had again: assertions go through `check`.
public final class PeerPair {
    private static final int MAX_EVENTS_PER_INSTANT = 10_000;

    private final SimulatedPeer left;
    private final SimulatedPeer right;
    private final LinkModel toRight;
    private final LinkModel toLeft;
    private final String description;
    private final ByteBuffer datagram = ByteBuffer.allocate(2000);
    private long nowNanos;
    private int eventsNow;

    public PeerPair(SimulatedPeer left, SimulatedPeer right, LinkProfile profile, long seed) {
        this.left = left;
        this.right = right;
        this.toRight = new LinkModel(profile, LinkDirection.LEFT_TO_RIGHT, seed, 0);
        this.toLeft = new LinkModel(profile, LinkDirection.RIGHT_TO_LEFT, seed, 0);
        this.description = "link " + profile + ", seed " + seed;
    }

    public long nowNanos() {
        return nowNanos;
    }

    /// The link from left to right, for its figures and for changes by hand.
    public LinkModel toRight() {
        return toRight;
    }

    public LinkModel toLeft() {
        return toLeft;
    }

    /// Goes to the next event and lets both peers handle all that is due; false when nothing will ever happen.
    public boolean advance() {
        transmit();
        long next = nextEventNanos();
        if (next == Long.MAX_VALUE) {
            return false;
        }
        if (next > nowNanos) {
            eventsNow = 0;
            nowNanos = next;
        } else if (++eventsNow > MAX_EVENTS_PER_INSTANT) {
            throw new AssertionError("time stands still: " + this);
        }
        while (toRight.poll(nowNanos, datagram)) {
            right.receive(nowNanos, datagram);
        }
        while (toLeft.poll(nowNanos, datagram)) {
            left.receive(nowNanos, datagram);
        }
        if (left.nextDeadlineNanos() <= nowNanos) {
            left.onTimeout(nowNanos);
        }
        if (right.nextDeadlineNanos() <= nowNanos) {
            right.onTimeout(nowNanos);
        }
        transmit();
        return true;
    }

    /// Handles all events of the next `duration`; the clock then stands at its end.
    public void runFor(Duration duration) {
        long end = nowNanos + duration.toNanos();
        transmit();
        while (nextEventNanos() <= end && advance()) {
            transmit();
        }
        nowNanos = end;
    }

    /// Goes on until `reached`, and fails when that takes longer than `atMost`.
    public void runUntil(BooleanSupplier reached, Duration atMost) {
        long end = nowNanos + atMost.toNanos();
        while (!reached.getAsBoolean()) {
            transmit();
            if (nextEventNanos() > end || !advance()) {
                throw new AssertionError("not reached within " + atMost + ": " + this);
            }
        }
    }

    /// Runs assertions; a failure tells the seed.
    public void check(Runnable assertions) {
        try {
            assertions.run();
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "\n" + this, e);
        }
    }

    private long nextEventNanos() {
        return Math.min(
                Math.min(toRight.nextDeliveryNanos(), toLeft.nextDeliveryNanos()),
                Math.min(left.nextDeadlineNanos(), right.nextDeadlineNanos()));
    }

    private void transmit() {
        while (left.pollTransmit(nowNanos, datagram.clear())) {
            toRight.send(nowNanos, datagram);
        }
        while (right.pollTransmit(nowNanos, datagram.clear())) {
            toLeft.send(nowNanos, datagram);
        }
    }

    @Override
    public String toString() {
        return description + ", at " + Duration.ofNanos(nowNanos) + "\n  to right " + toRight.statistics()
                + "\n  to left " + toLeft.statistics();
    }
}
