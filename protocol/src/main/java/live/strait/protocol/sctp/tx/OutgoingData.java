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
/// Each packet is filled in this order: an urgent message, if none has been begun; what was lost; the rest of the
/// message that has been begun; the next message. The congestion window and the peer's window bound what is in
/// flight. An urgent message may exceed the congestion window by one packet, a probe likewise.
public final class OutgoingData {
    private static final long NEVER = Long.MAX_VALUE;

    private final int maxFragmentBytes;
    private final SendQueue queue = new SendQueue();
    private final Flight flight;
    private final RoundTripEstimate roundTrip;
    private final CongestionWindow window;
    private final LossDetector losses;
    private final ArrayDeque<OutgoingMessage> dropped = new ArrayDeque<>();
    private boolean started;
    private long peerWindowBytes;
    private int bufferedBytes;
    private @Nullable OutgoingMessage begun;
    private int lost;
    private long sackNumber;
    private long retransmitAtNanos = NEVER;
    private long lastSentAtNanos;
    private boolean probeAllowed = true;
    private boolean probeDue;
    private boolean resendDue;

    /// Takes messages from now on, and sends them after `start`.
    ///
    /// @param packetBytes an SCTP packet's, its header of 12 bytes included
    public OutgoingData(int initialTsn, int packetBytes, RoundTripEstimate roundTrip) {
        this.roundTrip = roundTrip;
        maxFragmentBytes = (packetBytes - 12 - DataChunk.HEADER_BYTES) & ~3;
        flight = new Flight(initialTsn & 0xffffffffL);
        window = new CongestionWindow(packetBytes);
        losses = new LossDetector(flight, roundTrip);
    }

    /// The association is there.
    public void start(long peerWindowBytes) {
        started = true;
        this.peerWindowBytes = peerWindowBytes;
    }

    /// Queues a message; how much may be queued is the owner's affair.
    public void add(OutgoingMessage message) {
        queue.add(message);
        bufferedBytes += message.sizeBytes();
        queue.stream(message.streamId).bufferedBytes += message.sizeBytes();
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
        sackNumber++;
        boolean wasFull = flight.bytesInFlight() + maxFragmentBytes > window.bytes();
        int acknowledged = 0;
        long sample = NEVER;
        while (flight.firstTsn() <= cumulative) {
            OutgoingFragment first = flight.get(flight.firstTsn());
            if (first.state != State.ACKNOWLEDGED) {
                acknowledged += first.chunkBytes();
                sample = Math.min(sample, onArrived(nowNanos, first));
            }
            flight.removeFirst();
            release(first);
        }
        long highest = Long.MIN_VALUE;
        long expected = 2;
        for (int i = 0; i < sack.gapBlocks() && sack.gapStart(i) >= expected; i++) {
            long end = Math.min(cumulative + sack.gapEnd(i), flight.nextTsn() - 1);
            for (long tsn = cumulative + sack.gapStart(i); tsn <= end; tsn++) {
                OutgoingFragment fragment = flight.get(tsn);
                fragment.reportedBy = sackNumber;
                if (fragment.state != State.ACKNOWLEDGED) {
                    acknowledged += fragment.chunkBytes();
                    sample = Math.min(sample, onArrived(nowNanos, fragment));
                    flight.leave(fragment, State.ACKNOWLEDGED);
                    highest = tsn;
                }
            }
            expected = sack.gapEnd(i) + 1L;
        }
        if (sample != NEVER) {
            roundTrip.onSample(sample);
        }
        if (acknowledged > 0) {
            probeAllowed = true;
        }
        if (window.isRecovering() && cumulative > before) {
            highest = Math.max(highest, lastReported(sack, cumulative));
        }
        onLost(losses.detect(nowNanos, highest));
        if (cumulative > before) {
            roundTrip.onProgress();
            window.onAcknowledged(acknowledged, wasFull, flight.size() == 0, cumulative);
            retransmitAtNanos = flight.size() == 0 ? NEVER : nowNanos + roundTrip.timeoutNanos();
        }
        peerWindowBytes = Math.max(0, sack.windowBytes() - flight.bytesInFlight());
        return null;
    }

    /// Appends the DATA chunks that may be sent now and fit.
    ///
    /// @return true when there was one at least
    public boolean write(long nowNanos, ByteBuffer out) {
        if (!started) {
            return false;
        }
        int position = out.position();
        if (probeDue) {
            probeDue = false;
            writeProbe(nowNanos, out);
        }
        if (begun == null && queue.hasUrgent()) {
            writeNew(nowNanos, out, true);
        }
        writeLost(nowNanos, out);
        while (lost == 0 && writeNew(nowNanos, out, false)) {
            // One chunk after the other.
        }
        return out.position() > position;
    }

    public void onTimeout(long nowNanos) {
        if (losses.dueAtNanos() <= nowNanos) {
            onLost(losses.detect(nowNanos, Long.MIN_VALUE));
        }
        if (probeAtNanos() <= nowNanos) {
            probeAllowed = false;
            probeDue = true;
        }
        if (retransmitAtNanos <= nowNanos) {
            onRetransmitTimeout(nowNanos);
        }
    }

    public long retransmitAtNanos() {
        return Math.min(retransmitAtNanos, losses.dueAtNanos());
    }

    public long probeAtNanos() {
        boolean tail = probeAllowed && flight.bytesInFlight() > 0 && lost == 0;
        return tail ? lastSentAtNanos + roundTrip.probeNanos() : NEVER;
    }

    /// Bytes of messages that are not fully acknowledged.
    public int bufferedBytes() {
        return bufferedBytes;
    }

    public int bufferedBytes(int streamId) {
        return queue.stream(streamId).bufferedBytes;
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

    private long onArrived(long nowNanos, OutgoingFragment fragment) {
        if (fragment.state == State.LOST) {
            lost--;
        }
        losses.onArrived(nowNanos, fragment);
        return fragment.transmissions == 1 ? nowNanos - fragment.sentAtNanos : NEVER;
    }

    private void onLost(int fragments) {
        if (fragments > 0) {
            lost += fragments;
            resendDue |= !window.isRecovering();
            window.onLoss(flight.nextTsn() - 1);
        }
    }

    private void onRetransmitTimeout(long nowNanos) {
        for (long tsn = flight.firstTsn(); tsn < flight.nextTsn(); tsn++) {
            OutgoingFragment fragment = flight.get(tsn);
            boolean taken = fragment.state == State.ACKNOWLEDGED && fragment.reportedBy == sackNumber;
            if (!taken && fragment.state != State.LOST) {
                flight.leave(fragment, State.LOST);
                lost++;
            }
        }
        window.onTimeout();
        roundTrip.onTimeout();
        retransmitAtNanos = nowNanos + roundTrip.timeoutNanos();
    }

    private static long lastReported(SackChunk sack, long cumulative) {
        return sack.gapBlocks() == 0 ? Long.MIN_VALUE : cumulative + sack.gapEnd(sack.gapBlocks() - 1);
    }

    private void release(OutgoingFragment fragment) {
        bufferedBytes -= fragment.length;
        queue.stream(fragment.message.streamId).bufferedBytes -= fragment.length;
    }

    /// The tail of the flight once more: its SACK tells what is missing.
    private void writeProbe(long nowNanos, ByteBuffer out) {
        for (long tsn = flight.nextTsn() - 1; tsn >= flight.firstTsn(); tsn--) {
            OutgoingFragment fragment = flight.get(tsn);
            if (fragment.state == State.IN_FLIGHT) {
                if (fragment.chunkBytes() <= out.remaining()) {
                    put(nowNanos, out, fragment, true);
                }
                return;
            }
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

    private boolean writeNew(long nowNanos, ByteBuffer out, boolean urgent) {
        int room = Math.min(maxFragmentBytes, out.remaining() - DataChunk.HEADER_BYTES);
        if (room <= 0 || !(urgent || flight.bytesInFlight() < window.bytes())) {
            return false;
        }
        if (flight.bytesInFlight() > 0 && peerWindowBytes <= 0) {
            return false;
        }
        OutgoingMessage message = begun != null ? begun : queue.start(nowNanos, dropped);
        if (message == null) {
            return false;
        }
        begun = message;
        int length = Math.min(message.bytes.length - message.fragmentedBytes, maxFragmentBytes);
        if (ChunkReader.padded(length) > out.remaining() - DataChunk.HEADER_BYTES) {
            return false;
        }
        OutgoingFragment fragment = new OutgoingFragment(flight.nextTsn(), message, message.fragmentedBytes, length);
        message.fragmentedBytes += length;
        if (fragment.ends()) {
            begun = null;
        }
        flight.add(fragment);
        peerWindowBytes -= fragment.chunkBytes();
        put(nowNanos, out, fragment, fragment.ends() && (urgent || queue.isEmpty()));
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
