package live.strait.protocol.rtcp;

import java.util.Arrays;
import live.strait.protocol.bytes.SequenceUnwrapper;
import live.strait.protocol.time.Deadline;
import org.jspecify.annotations.Nullable;

/// Remembers when the packets of one transport arrived and makes the feedback that tells its sender.
///
/// Arrivals lie in a ring indexed by the unwrapped transport sequence number. A feedback begins where the last one
/// ended, so that what is missing in between is told as lost; a packet that comes late, from before that place,
/// moves the beginning back to itself, and what has been told since is told again as long as it is younger than
/// the back window. This is what libwebrtc's sender expects: it takes the first time it hears of a packet and lets
/// a later "received" mend an earlier "lost". A packet older than the back window is not recorded.
///
/// Arrival times should be those of the socket read. draft-holmer-rmcat-transport-wide-cc-extensions-01.
public final class TwccRecorder {
    private static final long MISSING = Long.MIN_VALUE;
    /// The same span as `TransportFeedback.MAX_STATUS_COUNT`, less one: what is unwrapped to be that far back could
    /// as well be ahead.
    private static final int MAX_SPAN = 0x7fff;

    private static final int FIRST_RING_SIZE = 256;

    private final TwccOptions options;
    private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    private long[] ring = new long[FIRST_RING_SIZE];
    private long begin;
    /// One behind the highest number seen; 0 before the first packet, as unwrapped numbers are larger.
    private long end;
    /// First number of the next feedback; `end` when all has been told.
    private long reportFrom;
    /// What is below has been forgotten.
    private long floor;

    private long lastFeedbackNanos = Long.MIN_VALUE;
    private Deadline deadline = Deadline.NEVER;
    private int feedbackCount;
    private int[] ticks = new int[64];

    public TwccRecorder(TwccOptions options) {
        this.options = options;
    }

    /// Records a packet with the 16-bit number `twccSeq`; of duplicates the first counts.
    public void onPacket(int twccSeq, long arrivalNanos) {
        long sequence = unwrapper.unwrap(twccSeq);
        long tick = Math.floorDiv(arrivalNanos, TransportFeedback.TICK_NANOS);
        if (reportFrom == end) {
            forgetBefore(tick - options.backWindowNanos() / TransportFeedback.TICK_NANOS);
        }
        if (sequence < floor || !makeRoom(sequence) || ring[slot(sequence)] != MISSING) {
            return;
        }
        ring[slot(sequence)] = tick;
        reportFrom = Math.min(reportFrom, sequence);
        if (deadline.equals(Deadline.NEVER)) {
            long atNanos = lastFeedbackNanos == Long.MIN_VALUE
                    ? arrivalNanos + options.intervalNanos()
                    : Math.max(arrivalNanos, lastFeedbackNanos + options.intervalNanos());
            deadline = new Deadline(atNanos, Deadline.Reason.TRANSPORT_FEEDBACK);
        }
    }

    /// When feedback is due; `NEVER` while nothing new has arrived.
    public Deadline nextDeadline() {
        return deadline;
    }

    /// The next feedback packet, or null when all has been told: to be called until then, as one interval may fill
    /// several packets.
    public @Nullable TransportFeedback build(int senderSsrc, int mediaSsrc, long nowNanos) {
        long first = firstReceived(reportFrom);
        if (first == end) {
            return null;
        }
        long base = Math.max(reportFrom, first - MAX_SPAN + 1);
        long reference = Math.floorDiv(ring[slot(first)], TransportFeedback.TICKS_PER_REFERENCE);
        int count = collect(base, reference * TransportFeedback.TICKS_PER_REFERENCE);
        TransportFeedback feedback = feedback(senderSsrc, mediaSsrc, base, reference, count);
        while (feedback.sizeBytes() > options.maxPacketBytes()) {
            count = upToLastReceived(count * 3 / 4);
            feedback = feedback(senderSsrc, mediaSsrc, base, reference, count);
        }
        feedbackCount++;
        reportFrom = base + count;
        if (firstReceived(reportFrom) == end) {
            reportFrom = end;
            lastFeedbackNanos = nowNanos;
            deadline = Deadline.NEVER;
        }
        return feedback;
    }

    private TransportFeedback feedback(int senderSsrc, int mediaSsrc, long base, long reference, int count) {
        return TransportFeedback.of(
                senderSsrc, mediaSsrc, (int) base, (int) reference, feedbackCount, Arrays.copyOf(ticks, count));
    }

    /// Fills `ticks` from `base` on, as far as deltas, span and bytes allow; returns how many, the last received.
    private int collect(long base, long originTick) {
        int count = 0;
        int deltaBytes = 0;
        long last = originTick;
        int limit = (int) Math.min(end - base, MAX_SPAN);
        if (ticks.length < limit) {
            ticks = new int[Math.max(limit, ticks.length * 2)];
        }
        for (int i = 0; i < limit; i++) {
            long tick = ring[slot(base + i)];
            if (tick == MISSING) {
                ticks[i] = TransportFeedback.NOT_RECEIVED;
                continue;
            }
            long delta = tick - last;
            if (delta != (short) delta) {
                break;
            }
            deltaBytes += TransportFeedback.symbolOf((int) delta);
            if (deltaBytes > options.maxPacketBytes()) {
                break;
            }
            ticks[i] = (int) (tick - originTick);
            last = tick;
            count = i + 1;
        }
        return count;
    }

    /// The longest beginning of `ticks`, of at most `count` and never less than to the first received, that ends
    /// with a packet received.
    private int upToLastReceived(int count) {
        int last = count;
        while (last > 0 && ticks[last - 1] == TransportFeedback.NOT_RECEIVED) {
            last--;
        }
        while (last == 0 || ticks[last - 1] == TransportFeedback.NOT_RECEIVED) {
            last++;
        }
        return last;
    }

    private long firstReceived(long from) {
        long sequence = from;
        while (sequence < end && ring[slot(sequence)] == MISSING) {
            sequence++;
        }
        return sequence;
    }

    private void forgetBefore(long oldestTick) {
        while (begin < end && ring[slot(begin)] < oldestTick) {
            begin++;
            floor = begin;
        }
    }

    /// Lets the ring reach `sequence`; false when that would throw away newer arrivals for an older one.
    private boolean makeRoom(long sequence) {
        if (end == 0) {
            begin = sequence;
            end = sequence;
            reportFrom = sequence;
        }
        if (sequence < begin) {
            if (end - sequence > MAX_SPAN) {
                return false;
            }
            grow(sequence, end);
            fillMissing(sequence, begin);
            begin = sequence;
        } else if (sequence >= end) {
            long newBegin = Math.max(begin, sequence + 1 - MAX_SPAN);
            grow(newBegin, sequence + 1);
            fillMissing(Math.max(end, newBegin), sequence + 1);
            begin = newBegin;
            end = sequence + 1;
            reportFrom = Math.max(reportFrom, begin);
        }
        return true;
    }

    private void fillMissing(long from, long to) {
        for (long sequence = from; sequence < to; sequence++) {
            ring[slot(sequence)] = MISSING;
        }
    }

    private void grow(long from, long to) {
        if (to - from <= ring.length) {
            return;
        }
        long[] larger = new long[Integer.highestOneBit((int) (to - from) - 1) * 2];
        for (long sequence = Math.max(begin, from); sequence < end; sequence++) {
            larger[(int) (sequence & (larger.length - 1))] = ring[slot(sequence)];
        }
        ring = larger;
    }

    private int slot(long sequence) {
        return (int) (sequence & (ring.length - 1));
    }
}
