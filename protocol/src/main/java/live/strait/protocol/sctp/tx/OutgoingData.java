package live.strait.protocol.sctp.tx;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.sctp.chunk.ChunkReader;
import live.strait.protocol.sctp.chunk.DataChunk;
import live.strait.protocol.sctp.chunk.SackChunk;
import live.strait.protocol.sctp.tx.OutgoingFragment.State;
import org.jspecify.annotations.Nullable;

/// Data on its way to the peer: from messages to DATA chunks, what the SACKs say about them, and the timers.
///
/// Each packet is filled in this order: what is to be gone past; the probe; an urgent message, if none has been
/// begun; what was lost; the rest of the message that has been begun; the next message. The congestion window and
/// the peer's window bound what is in flight. An urgent message may exceed the congestion window by one packet, a
/// probe likewise, and by another when none has left for 20 ms: a burst of loss that takes all acknowledgments must
/// not silence it, and how much is urgent is the owner's to bound. Each fifth packet is the others' first: on a
/// link that urgent messages fill, what was lost would never be sent again. What a message's limits forbid to
/// send again is given up then, not before.
public final class OutgoingData {
    private static final long NEVER = Long.MAX_VALUE;
    /// In a row, one per round trip, before the timer takes everything as lost.
    private static final int MAX_PROBES = 3;
    private static final int URGENT_IN_ROW = 4;
    /// After an urgent packet, until another may exceed the window and its allowance.
    private static final long BEYOND_NANOS = 20_000_000;

    private final int maxFragmentBytes;
    private final SendQueue queue = new SendQueue();
    private final ArrayDeque<Receipt> receipts = new ArrayDeque<>();
    private final Flight flight;
    private final RoundTripEstimate roundTrip;
    private final CongestionWindow window;
    private final LossDetector losses;
    private final Acknowledgments acknowledgments;
    private final ForwardPoint forward;
    private boolean started;
    private boolean peerGoesPast;
    private long peerWindowBytes;
    private @Nullable OutgoingMessage begun;
    private int lost;
    private long retransmitAtNanos = NEVER;
    private long lastSentAtNanos;
    private int probesLeft = MAX_PROBES;
    private boolean probeDue;
    private boolean resendDue;
    /// Packets that began with an urgent message while something else waited.
    private int urgentInRow;
    private long beyondAtNanos = Long.MIN_VALUE;

    /// Takes messages from now on, and sends them after `start`.
    ///
    /// @param packetBytes an SCTP packet's, its header of 12 bytes included
    public OutgoingData(int initialTsn, int packetBytes, RoundTripEstimate roundTrip) {
        this.roundTrip = roundTrip;
        maxFragmentBytes = (packetBytes - 12 - DataChunk.HEADER_BYTES) & ~3;
        flight = new Flight(initialTsn & 0xffffffffL);
        window = new CongestionWindow(packetBytes);
        losses = new LossDetector(flight, roundTrip);
        acknowledgments = new Acknowledgments(flight, queue, losses, receipts);
        forward = new ForwardPoint(flight, roundTrip);
    }

    /// The peer can be sent to.
    ///
    /// @param peerGoesPast it understands FORWARD TSN; without that a message that has been begun is never given up
    public void start(long peerWindowBytes, boolean peerGoesPast) {
        started = true;
        this.peerWindowBytes = peerWindowBytes;
        this.peerGoesPast = peerGoesPast;
    }

    /// Queues a message; how much may be queued is the owner's affair.
    public void add(OutgoingMessage message) {
        queue.add(message);
    }

    /// Drops what has expired in the queue.
    public void dropExpired(long nowNanos) {
        queue.dropExpired(nowNanos);
    }

    /// Takes a SACK.
    public @Nullable DropReason onSack(long nowNanos, SackChunk sack) {
        long before = flight.firstTsn() - 1;
        long cumulative = before + (sack.cumulativeTsn() - (int) before);
        if (cumulative < before) {
            return null;
        }
        if (cumulative >= flight.nextTsn()) {
            return DropReason.SCTP_UNEXPECTED;
        }
        boolean wasFull = flight.bytesInFlight() + maxFragmentBytes > window.bytes();
        acknowledgments.take(nowNanos, sack, cumulative);
        lost -= acknowledgments.unlost();
        if (acknowledgments.roundTripNanos() != NEVER) {
            roundTrip.onSample(acknowledgments.roundTripNanos());
        }
        if (acknowledgments.bytes() > 0) {
            probesLeft = MAX_PROBES;
        }
        long highest = acknowledgments.highestTsn();
        if (window.isRecovering() && cumulative > before) {
            highest = Math.max(highest, lastReported(sack, cumulative));
        }
        onLost(losses.detect(nowNanos, highest));
        giveUpStale(nowNanos);
        if (cumulative > before) {
            roundTrip.onProgress();
            boolean queued = roundTrip.isQueued();
            window.onAcknowledged(
                    acknowledgments.bytes(), wasFull, flight.size() == 0, cumulative, queued, flight.nextTsn() - 1);
            retransmitAtNanos = flight.size() == 0 ? NEVER : nowNanos + roundTrip.timeoutNanos();
        }
        forward.onSack(nowNanos);
        peerWindowBytes = Math.max(0, sack.windowBytes() - flight.bytesInFlight());
        return null;
    }

    /// Appends the chunks that may be sent now and fit.
    ///
    /// @return true when there was one at least
    public boolean write(long nowNanos, ByteBuffer out) {
        if (!started) {
            return false;
        }
        int position = out.position();
        giveUpStale(nowNanos);
        if (forward.isDue()) {
            forward.write(nowNanos, out);
        }
        if (probeDue) {
            probeDue = false;
            writeProbe(nowNanos, out);
        }
        boolean isBeyond = beyondAtNanos() <= nowNanos;
        long urgentLimit = isBeyond ? Long.MAX_VALUE : window.bytes() + maxFragmentBytes;
        if (urgentInRow >= URGENT_IN_ROW) {
            writeOthers(nowNanos, out, urgentLimit);
        }
        boolean othersWait = lost > 0 || begun != null || queue.hasOthers();
        boolean anyUrgent = false;
        while (begun == null && queue.hasUrgent() && writeNew(nowNanos, out, true, urgentLimit)) {
            anyUrgent = true; // as many as fit
        }
        beyondAtNanos = anyUrgent || isBeyond ? nowNanos + BEYOND_NANOS : beyondAtNanos;
        urgentInRow += anyUrgent && othersWait ? 1 : 0;
        writeLost(nowNanos, out);
        while (lost == 0 && writeNew(nowNanos, out, true, window.bytes())) {
            // One chunk after the other.
        }
        return out.position() > position;
    }

    public void onTimeout(long nowNanos) {
        if (losses.dueAtNanos() <= nowNanos) {
            onLost(losses.detect(nowNanos, Long.MIN_VALUE));
        }
        if (probeAtNanos() <= nowNanos) {
            onProbeTimeout(nowNanos);
        }
        if (retransmitAtNanos <= nowNanos) {
            onRetransmitTimeout(nowNanos);
        }
        giveUpStale(nowNanos);
    }

    public long retransmitAtNanos() {
        return Math.min(retransmitAtNanos, losses.dueAtNanos());
    }

    public long probeAtNanos() {
        boolean tail = probesLeft > 0 && flight.bytesInFlight() > 0 && lost == 0;
        return tail ? lastSentAtNanos + roundTrip.probeNanos() : NEVER;
    }

    /// When an urgent message may leave that the window holds back; `Long.MAX_VALUE` when there is none.
    public long beyondAtNanos() {
        return started && begun == null && queue.hasUrgent() ? beyondAtNanos : NEVER;
    }

    /// Of a message that has arrived or was given up; null when there is none.
    public @Nullable Receipt pollReceipt() {
        return receipts.poll();
    }

    /// Bytes of messages that are not fully acknowledged.
    public int bufferedBytes() {
        return queue.bufferedBytes();
    }

    public int bufferedBytes(int streamId) {
        return queue.bufferedBytes(streamId);
    }

    /// True when something was sent that is not acknowledged.
    public boolean isWaiting() {
        return flight.size() > 0;
    }

    /// What is queued on a stream goes out, then it can be reset.
    public void drain(int streamId) {
        queue.drain(streamId);
    }

    /// True when all that was queued on the stream before `drain` has a TSN.
    public boolean isDrained(int streamId) {
        return queue.isDrained(streamId) && (begun == null || begun.streamId != streamId);
    }

    /// Holds a stream while its reset is under way.
    public void pause(int streamId) {
        queue.pause(streamId);
    }

    /// Lets a stream go on after its reset was performed, or refused.
    public void resume(int streamId, boolean reset) {
        queue.resume(streamId, reset);
    }

    public int lastAssignedTsn() {
        return (int) (flight.nextTsn() - 1);
    }

    /// When the oldest message that is not fully acknowledged was queued; `Long.MAX_VALUE` when there is none.
    public long oldestQueuedAtNanos() {
        long oldest = begun == null ? queue.oldestQueuedAtNanos() : begun.queuedAtNanos;
        return flight.size() == 0 ? oldest : Math.min(oldest, flight.get(flight.firstTsn()).message.queuedAtNanos);
    }

    /// True when nothing waits, neither for being sent nor for an acknowledgment.
    public boolean isDrained() {
        return begun == null && queue.isEmpty() && flight.size() == 0;
    }

    private void onLost(int fragments) {
        if (fragments > 0) {
            lost += fragments;
            resendDue |= !window.isRecovering();
            window.onLoss(flight.nextTsn() - 1, roundTrip.isQueued());
        }
    }

    /// The retransmission timer waits for the answer to the probe.
    private void onProbeTimeout(long nowNanos) {
        probesLeft--;
        if (tail(nowNanos) != null) {
            probeDue = true;
            retransmitAtNanos = Math.max(retransmitAtNanos, nowNanos + roundTrip.probeNanos());
        }
    }

    private void onRetransmitTimeout(long nowNanos) {
        int before = lost;
        for (long tsn = flight.firstTsn(); tsn < flight.nextTsn(); tsn++) {
            OutgoingFragment fragment = flight.get(tsn);
            // The peer may take back what it does not report any more (RFC 9260 section 6.2).
            boolean reneged = fragment.state == State.ACKNOWLEDGED && !acknowledgments.isReported(fragment);
            if (reneged || fragment.state == State.IN_FLIGHT) {
                flight.leave(fragment, State.LOST);
                lost++;
            }
        }
        forward.onTimeout();
        if (lost > before) {
            window.onTimeout();
        }
        roundTrip.onTimeout();
        retransmitAtNanos = nowNanos + roundTrip.timeoutNanos();
    }

    private static long lastReported(SackChunk sack, long cumulative) {
        return sack.gapBlocks() == 0 ? Long.MIN_VALUE : cumulative + sack.gapEnd(sack.gapBlocks() - 1);
    }

    private boolean mayBeSentAgain(long nowNanos, OutgoingFragment fragment) {
        return !peerGoesPast
                || (fragment.transmissions <= fragment.message.maxRetransmits && !fragment.message.isExpired(nowNanos));
    }

    /// Gives up what waits to be sent, or sent again, and may not (RFC 3758 section 3.5).
    private void giveUpStale(long nowNanos) {
        if (!peerGoesPast) {
            return;
        }
        for (long tsn = flight.firstTsn(); lost > 0 && tsn < flight.nextTsn(); tsn++) {
            OutgoingFragment fragment = flight.get(tsn);
            if (fragment.state == State.LOST && !mayBeSentAgain(nowNanos, fragment)) {
                giveUp(nowNanos, fragment.message, tsn);
            }
        }
        if (begun != null && begun.isExpired(nowNanos)) {
            giveUp(nowNanos, begun, flight.nextTsn() - 1);
        }
    }

    /// Gives up a whole message.
    ///
    /// @param near TSN of one of its fragments, if it still has any
    private void giveUp(long nowNanos, OutgoingMessage message, long near) {
        long first = near;
        while (first >= flight.firstTsn() && flight.get(first).message == message) {
            first--;
        }
        for (long tsn = first + 1; tsn < flight.nextTsn() && flight.get(tsn).message == message; tsn++) {
            OutgoingFragment fragment = flight.get(tsn);
            if (fragment.state == State.LOST) {
                lost--;
            }
            flight.leave(fragment, State.ABANDONED);
        }
        if (begun == message) {
            giveUpRest(nowNanos, message);
        }
        if (message.receipt != 0) {
            receipts.add(new Receipt(message.receipt, false));
        }
        forward.advance();
    }

    /// One TSN stands for all that was not sent: the peer, which may have acknowledged all it got, is to go past
    /// it and so learns that the message will not end.
    private void giveUpRest(long nowNanos, OutgoingMessage message) {
        int rest = message.bytes.length - message.fragmentedBytes;
        OutgoingFragment end = new OutgoingFragment(flight.nextTsn(), message, message.fragmentedBytes, rest);
        end.state = State.ABANDONED;
        flight.add(end);
        begun = null;
        if (retransmitAtNanos == NEVER) {
            retransmitAtNanos = nowNanos + roundTrip.timeoutNanos();
        }
    }

    /// The last fragment of the flight that may be sent again; null when there is none.
    private @Nullable OutgoingFragment tail(long nowNanos) {
        for (long tsn = flight.nextTsn() - 1; tsn >= flight.firstTsn(); tsn--) {
            OutgoingFragment fragment = flight.get(tsn);
            if (fragment.state == State.IN_FLIGHT && mayBeSentAgain(nowNanos, fragment)) {
                return fragment;
            }
        }
        return null;
    }

    /// The tail once more: its SACK tells what is missing.
    private void writeProbe(long nowNanos, ByteBuffer out) {
        OutgoingFragment tail = tail(nowNanos);
        if (tail != null && tail.chunkBytes() <= out.remaining()) {
            put(nowNanos, out, tail, true);
        }
    }

    /// The turn of what urgent messages have kept waiting.
    private void writeOthers(long nowNanos, ByteBuffer out, long limit) {
        int position = out.position();
        resendDue |= lost > 0;
        writeLost(nowNanos, out);
        if (out.position() > position || (lost == 0 && writeNew(nowNanos, out, false, limit))) {
            urgentInRow = 0;
        }
    }

    private void writeLost(long nowNanos, ByteBuffer out) {
        for (long tsn = flight.firstTsn(); lost > 0 && tsn < flight.nextTsn(); tsn++) {
            OutgoingFragment fragment = flight.get(tsn);
            if (fragment.state != State.LOST) {
                continue;
            }
            boolean allowed = resendDue || flight.bytesInFlight() < window.bytes();
            if (!allowed || fragment.chunkBytes() > out.remaining()) {
                break;
            }
            lost--;
            put(nowNanos, out, fragment, lost == 0 && queue.isEmpty());
            if (tsn == flight.firstTsn()) {
                retransmitAtNanos = nowNanos + roundTrip.timeoutNanos();
            }
        }
        resendDue = false;
    }

    /// Goes on with the message that has been begun, or begins one.
    ///
    /// @param mayBeUrgent false where those that are not urgent have their turn
    /// @param limitBytes in flight; where they are reached nothing is written
    private boolean writeNew(long nowNanos, ByteBuffer out, boolean mayBeUrgent, long limitBytes) {
        if (flight.bytesInFlight() >= limitBytes) {
            return false;
        }
        OutgoingMessage message = begun != null ? begun : queue.start(nowNanos, mayBeUrgent);
        if (message == null) {
            return false;
        }
        int length = Math.min(message.bytes.length - message.fragmentedBytes, maxFragmentBytes);
        boolean fits = DataChunk.HEADER_BYTES + ChunkReader.padded(length) <= out.remaining();
        // Where the peer has no room, one fragment at a time asks whether it has (RFC 9260 section 6.1 A).
        boolean wanted = length <= peerWindowBytes || flight.bytesInFlight() == 0;
        if (!fits || !wanted) {
            if (begun == null) {
                queue.putBack(message);
            }
            return false;
        }
        OutgoingFragment fragment = new OutgoingFragment(flight.nextTsn(), message, message.fragmentedBytes, length);
        message.fragmentedBytes += length;
        begun = fragment.ends() ? null : message;
        flight.add(fragment);
        peerWindowBytes -= length;
        put(nowNanos, out, fragment, fragment.ends() && (message.urgent || queue.isEmpty()));
        if (retransmitAtNanos == NEVER) {
            retransmitAtNanos = nowNanos + roundTrip.timeoutNanos();
        }
        return true;
    }

    private void put(long nowNanos, ByteBuffer out, OutgoingFragment fragment, boolean immediate) {
        flight.sent(fragment, nowNanos);
        lastSentAtNanos = nowNanos;
        fragment.write(out, immediate);
    }
}
