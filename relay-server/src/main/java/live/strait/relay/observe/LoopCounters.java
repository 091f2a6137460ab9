package live.strait.relay.observe;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import live.strait.protocol.demux.DropReason;

/// The counters of one media loop: written by the loop, read by the exporter at any time.
@SuppressWarnings("EnumOrdinal") // the index into the counts, within one process
public final class LoopCounters {
    private static final DropReason[] DROP_REASONS = DropReason.values();

    private final AtomicLongArray counts = new AtomicLongArray(Counter.values().length);
    private final AtomicLongArray drops = new AtomicLongArray(DROP_REASONS.length);
    /// Upper bounds in microseconds of the loop-latency histogram; one more bucket takes the rest.
    private static final long[] LATENCY_BOUNDS_MICROS = {50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 50_000, 250_000
    };

    private final AtomicLongArray latencyBuckets = new AtomicLongArray(LATENCY_BOUNDS_MICROS.length + 1);
    private final AtomicLong longestGapNanos = new AtomicLong();
    private long latencySumNanos;
    private long cameAroundNanos = Long.MIN_VALUE;
    private volatile long threadId = -1;

    /// The calling thread is the loop's.
    public void ownThread() {
        threadId = Thread.currentThread().threadId();
    }

    public void add(Counter counter, long delta) {
        int i = counter.ordinal();
        counts.setRelease(i, counts.getPlain(i) + delta);
    }

    public void increment(Counter counter) {
        add(counter, 1);
    }

    public void drop(DropReason reason) {
        int i = reason.ordinal();
        drops.setRelease(i, drops.getPlain(i) + 1);
    }

    /// How long one batch kept the loop from the next.
    public void batchTook(long nanos) {
        int bucket = 0;
        while (bucket < LATENCY_BOUNDS_MICROS.length && nanos > LATENCY_BOUNDS_MICROS[bucket] * 1_000) {
            bucket++;
        }
        latencyBuckets.setRelease(bucket, latencyBuckets.getPlain(bucket) + 1);
        latencySumNanos += nanos;
    }

    /// The loop begins a batch; called at each, so that the time between two is what an input waits at most.
    public void cameAround(long nowNanos) {
        long gap = cameAroundNanos == Long.MIN_VALUE ? 0 : nowNanos - cameAroundNanos;
        cameAroundNanos = nowNanos;
        if (gap > longestGapNanos.getPlain()) {
            longestGapNanos.accumulateAndGet(gap, Math::max);
        }
    }

    /// The longest time between two batches since this was asked last.
    public long takeLongestGapNanos() {
        return longestGapNanos.getAndSet(0);
    }

    public long get(Counter counter) {
        return counts.getAcquire(counter.ordinal());
    }

    public long get(DropReason reason) {
        return drops.getAcquire(reason.ordinal());
    }

    /// The id of the loop's thread, or -1 before it runs.
    long threadId() {
        return threadId;
    }

    static long[] latencyBoundsMicros() {
        return LATENCY_BOUNDS_MICROS.clone();
    }

    long latencyBucket(int bucket) {
        return latencyBuckets.getAcquire(bucket);
    }

    long latencySumNanos() {
        return latencySumNanos;
    }

    /// What is counted, each exported as `strait_…_total` with its sentence as help text.
    public enum Counter {
        DATAGRAMS_IN("UDP datagrams and framed TCP packets received"),
        BYTES_IN("Bytes received in them"),
        DATAGRAMS_OUT("UDP datagrams and framed TCP packets sent"),
        BYTES_OUT("Bytes sent in them"),
        EGRESS_MESSAGES("Messages to the kernel that carried the UDP datagrams out, a run of packets to one peer each"),
        EGRESS_CALLS("System calls that carried those messages"),
        DATAGRAMS_HANDED_OVER("Datagrams that arrived on another loop than their session's"),
        RTCP_UNREAD("Datagrams of RTCP that carry nothing we have a use for, and were not decrypted"),
        RTP_IN("RTP packets received from publishers, retransmissions included"),
        RTP_LOST("RTP packets of publishers that were missing when the next came"),
        RTP_RECOVERED("RTP packets of publishers that a retransmission brought"),
        RTP_FORWARDED("RTP packets sent to viewers for the first time"),
        RTP_FOLLOWED(
                "RTP packets of those forwarded that took the short way: to viewers who stay with a layer that comes in its turn"),
        RTP_RESENT("RTP packets sent to viewers again because they asked"),
        RTP_PADDING_BYTES("Bytes of padding in packets to viewers, so that those of a frame are of one size"),
        NACK_RECEIVED("Sequence numbers that viewers asked for again"),
        NACK_UNANSWERED("Sequence numbers asked for that the cache has no more"),
        KEY_FRAMES_REQUESTED("Picture loss indications sent to publishers"),
        FANOUT_ALLOCATED_BYTES("Bytes of objects that loops made while they fanned out and sent what a batch brought"),
        LAYER_SWITCHES("Times that a viewer's video moved to another layer or publication"),
        SESSION_ERRORS("Sessions closed because of an error of ours");

        private final String help;

        Counter(String help) {
            this.help = help;
        }

        public String help() {
            return help;
        }
    }
}
