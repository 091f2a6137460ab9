package live.strait.protocol.sctp.tx;

import java.util.ArrayDeque;
import live.strait.protocol.sctp.chunk.SackChunk;
import live.strait.protocol.sctp.tx.OutgoingFragment.State;

/// Applies a SACK to the flight, and keeps what it brought until the next one.
final class Acknowledgments {
    private static final long NEVER = Long.MAX_VALUE;

    private final Flight flight;
    private final SendQueue queue;
    private final LossDetector losses;
    private final ArrayDeque<Receipt> receipts;
    private long number;
    private int bytes;
    private int unlost;
    private long highestTsn;
    private long roundTripNanos;

    /// @param receipts where those go that are due
    Acknowledgments(Flight flight, SendQueue queue, LossDetector losses, ArrayDeque<Receipt> receipts) {
        this.receipts = receipts;
        this.flight = flight;
        this.queue = queue;
        this.losses = losses;
    }

    /// Takes out what is cumulatively acknowledged, and marks what gap blocks report. These must be in order, as
    /// far as they are not they are not read.
    ///
    /// @param cumulative TSN on the 64-bit line, within the flight or just before it
    void take(long nowNanos, SackChunk sack, long cumulative) {
        number++;
        bytes = 0;
        unlost = 0;
        highestTsn = Long.MIN_VALUE;
        roundTripNanos = NEVER;
        while (flight.firstTsn() <= cumulative) {
            arrive(nowNanos, flight.get(flight.firstTsn()));
            OutgoingFragment first = flight.removeFirst();
            queue.release(first.message, first.length);
        }
        int expected = 2;
        for (int i = 0; i < sack.gapBlocks() && sack.gapStart(i) >= expected; i++) {
            long end = Math.min(cumulative + sack.gapEnd(i), flight.nextTsn() - 1);
            for (long tsn = cumulative + sack.gapStart(i); tsn <= end; tsn++) {
                OutgoingFragment fragment = flight.get(tsn);
                fragment.reportedBy = number;
                if (arrive(nowNanos, fragment)) {
                    flight.leave(fragment, State.ACKNOWLEDGED);
                    highestTsn = tsn;
                }
            }
            expected = sack.gapEnd(i) + 1;
        }
    }

    /// What was newly acknowledged, with chunk headers.
    int bytes() {
        return bytes;
    }

    /// How many of these had been taken as lost.
    int unlost() {
        return unlost;
    }

    /// The highest that a gap block newly reported; `Long.MIN_VALUE` when there was none.
    long highestTsn() {
        return highestTsn;
    }

    /// Of the latest one that was sent once (Karn); `Long.MAX_VALUE` when there was none.
    long roundTripNanos() {
        return roundTripNanos;
    }

    /// True when the last SACK still reports a fragment that is acknowledged by gap blocks.
    boolean isReported(OutgoingFragment fragment) {
        return fragment.reportedBy == number;
    }

    /// Enters the arrival of a fragment; false when it had been known or given up.
    private boolean arrive(long nowNanos, OutgoingFragment fragment) {
        if (fragment.state != State.IN_FLIGHT && fragment.state != State.LOST) {
            return false;
        }
        bytes += fragment.chunkBytes();
        unlost += fragment.state == State.LOST ? 1 : 0;
        losses.onArrived(nowNanos, fragment);
        OutgoingMessage message = fragment.message;
        message.deliveredBytes += fragment.length;
        if (message.receipt != 0 && message.deliveredBytes == message.bytes.length) {
            receipts.add(new Receipt(message.receipt, true));
        }
        if (fragment.transmissions == 1) {
            roundTripNanos = Math.min(roundTripNanos, nowNanos - fragment.sentAtNanos);
        }
        return true;
    }
}
