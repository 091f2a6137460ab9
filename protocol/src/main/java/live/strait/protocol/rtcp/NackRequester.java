package live.strait.protocol.rtcp;

import java.util.Arrays;
import live.strait.protocol.bytes.IntList;
import live.strait.protocol.time.Deadline;

/// Watches the sequence numbers of one stream and says which packets to ask for, and when again.
///
/// A gap is asked for at once (or after `reorderWait`), then every 1.25 round trips, so that a resend on its way is
/// not asked for twice, until it comes, the requests are used up or it is too old. On a short round trip the
/// requests spread out, so that a sender that stands still for a moment does not use them up. What is given up
/// makes the picture undecodable until the next key frame: that is signalled once by `pollKeyFrameNeeded`. The
/// missing are kept in ascending order in parallel arrays, bounded by `maxMissing`; nothing is allocated per
/// packet.
///
/// RFC 4585 section 6.2.1 has the message; the timing is ours.
public final class NackRequester {
    private static final int FIRST_CAPACITY = 16;
    private static final long ROUND_TRIP_UNTIL_MEASURED = 100_000_000;

    private final NackOptions options;
    private long highest = -1;
    private long[] sequences = new long[FIRST_CAPACITY];
    private long[] giveUpAt = new long[FIRST_CAPACITY];
    private long[] askAt = new long[FIRST_CAPACITY];
    private int[] requestsOf = new int[FIRST_CAPACITY];
    private int count;

    private long retryNanos;
    private boolean keyFrameNeeded;
    private Deadline deadline = Deadline.NEVER;
    private long missing;
    private long late;
    private long recovered;
    private long givenUp;
    private long skipped;
    private long requests;

    public NackRequester(NackOptions options) {
        this.options = options;
        onRoundTrip(ROUND_TRIP_UNTIL_MEASURED);
    }

    /// A packet of the stream has come, for the first time or again.
    public void onPacket(long extSeq, long nowNanos) {
        if (highest < 0) {
            highest = extSeq;
        } else if (extSeq > highest) {
            long firstMissing = highest + 1;
            highest = extSeq;
            if (firstMissing < extSeq) {
                expect(firstMissing, extSeq, nowNanos);
            }
        } else {
            int index = Arrays.binarySearch(sequences, 0, count, extSeq);
            if (index >= 0) {
                if (requestsOf[index] > 0) {
                    recovered++;
                } else {
                    late++;
                }
                remove(index, 1);
            }
        }
    }

    /// A new measure of the round trip to the sender.
    public void onRoundTrip(long roundTripNanos) {
        retryNanos = Math.max(options.minRetryNanos(), roundTripNanos + roundTripNanos / 4);
    }

    /// Nothing before `extSeq` is needed any more: a key frame begins there and is complete.
    public void skipBefore(long extSeq) {
        int old = 0;
        while (old < count && sequences[old] < extSeq) {
            old++;
        }
        skipped += old;
        remove(0, old);
    }

    /// Adds the 16-bit numbers that are due to `out`, as far as it has room, and gives up what is too old; to be
    /// called again at once when `out` came back full.
    public void pollNack(long nowNanos, IntList out) {
        if (!deadline.isDue(nowNanos)) {
            return;
        }
        int kept = 0;
        for (int i = 0; i < count; i++) {
            boolean due = askAt[i] <= nowNanos;
            if (giveUpAt[i] <= nowNanos || (due && requestsOf[i] == options.maxRequests())) {
                givenUp++;
                keyFrameNeeded = true;
                continue;
            }
            if (due && out.add((int) sequences[i] & 0xffff)) {
                requestsOf[i]++;
                requests++;
                askAt[i] = nowNanos + Math.max(retryNanos, requestsOf[i] * options.minRetryNanos());
            }
            move(i, kept++);
        }
        count = kept;
        deadline = earliest();
    }

    /// Whether something was given up since the last call: the stream will not decode before its next key frame.
    public boolean pollKeyFrameNeeded() {
        boolean needed = keyFrameNeeded;
        keyFrameNeeded = false;
        return needed;
    }

    /// When `pollNack` has work; may be early after late packets have come.
    public Deadline nextDeadline() {
        return deadline;
    }

    /// How many packets are being asked for now.
    public int outstanding() {
        return count;
    }

    public NackStatistics statistics() {
        return new NackStatistics(missing, late, recovered, givenUp, skipped, requests);
    }

    private void expect(long first, long end, long nowNanos) {
        long gap = end - first;
        missing += gap;
        int tooMany = (int) Math.min(count, count + gap - options.maxMissing());
        if (tooMany > 0) {
            giveUpOldest(tooMany);
        }
        long from = first;
        if (gap > options.maxMissing()) {
            from = end;
            givenUp += gap;
            keyFrameNeeded = true;
        }
        for (long sequence = from; sequence < end; sequence++) {
            if (count == sequences.length) {
                grow();
            }
            sequences[count] = sequence;
            askAt[count] = nowNanos + options.reorderWaitNanos();
            giveUpAt[count] = nowNanos + options.giveUpAfterNanos();
            requestsOf[count] = 0;
            count++;
        }
        deadline = count == 0 ? Deadline.NEVER : earlierOf(deadline, nowNanos + options.reorderWaitNanos());
    }

    private void giveUpOldest(int oldest) {
        givenUp += oldest;
        keyFrameNeeded = true;
        remove(0, oldest);
    }

    private void remove(int index, int length) {
        int tail = count - index - length;
        System.arraycopy(sequences, index + length, sequences, index, tail);
        System.arraycopy(askAt, index + length, askAt, index, tail);
        System.arraycopy(giveUpAt, index + length, giveUpAt, index, tail);
        System.arraycopy(requestsOf, index + length, requestsOf, index, tail);
        count -= length;
        if (count == 0) {
            deadline = Deadline.NEVER;
        }
    }

    private void move(int from, int to) {
        sequences[to] = sequences[from];
        askAt[to] = askAt[from];
        giveUpAt[to] = giveUpAt[from];
        requestsOf[to] = requestsOf[from];
    }

    private void grow() {
        int capacity = Math.min(options.maxMissing(), 2 * count);
        sequences = Arrays.copyOf(sequences, capacity);
        askAt = Arrays.copyOf(askAt, capacity);
        giveUpAt = Arrays.copyOf(giveUpAt, capacity);
        requestsOf = Arrays.copyOf(requestsOf, capacity);
    }

    private Deadline earliest() {
        long atNanos = Long.MAX_VALUE;
        for (int i = 0; i < count; i++) {
            atNanos = Math.min(atNanos, Math.min(askAt[i], giveUpAt[i]));
        }
        return count == 0 ? Deadline.NEVER : new Deadline(atNanos, Deadline.Reason.NACK);
    }

    private static Deadline earlierOf(Deadline deadline, long atNanos) {
        return deadline.atNanos() <= atNanos ? deadline : new Deadline(atNanos, Deadline.Reason.NACK);
    }
}
