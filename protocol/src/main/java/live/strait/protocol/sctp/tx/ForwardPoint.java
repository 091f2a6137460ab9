package live.strait.protocol.sctp.tx;

import java.nio.ByteBuffer;
import live.strait.protocol.sctp.chunk.ChunkWriter;
import live.strait.protocol.sctp.chunk.ForwardTsnChunk;
import live.strait.protocol.sctp.tx.OutgoingFragment.State;

/// Up to where the peer is to go past what was given up: the advanced peer ack point (RFC 3758 section 3.5).
///
/// Whole messages that the peer has reported do not stop it, as they do in the RFC: at 20 % loss every fifth copy
/// of an interrupt is a hole, and one hole a round trip would leave the cumulative TSN seconds behind. A reported
/// part of a message does: the peer may throw away what it has of it. Told when it moves, and again while SACKs
/// stay behind it, but not more often than once a round trip.
final class ForwardPoint {
    private static final int MAX_STREAMS = 32;

    private final Flight flight;
    private final RoundTripEstimate roundTrip;
    private final int[] streamIds = new int[MAX_STREAMS];
    private final int[] sequences = new int[MAX_STREAMS];
    private long advanced;
    private long toldAtNanos;
    private boolean due;

    ForwardPoint(Flight flight, RoundTripEstimate roundTrip) {
        this.flight = flight;
        this.roundTrip = roundTrip;
        advanced = flight.firstTsn() - 1;
    }

    /// Something was given up or acknowledged.
    void advance() {
        advanced = Math.max(advanced, flight.firstTsn() - 1);
        for (long tsn = advanced + 1; tsn < flight.nextTsn() && isPassable(flight.get(tsn)); tsn++) {
            if (flight.get(tsn).state == State.ABANDONED) {
                advanced = tsn;
                due = true;
            }
        }
        due &= isAhead();
    }

    private static boolean isPassable(OutgoingFragment fragment) {
        return switch (fragment.state) {
            case ABANDONED -> true;
            case ACKNOWLEDGED -> fragment.offset == 0 && fragment.ends();
            case IN_FLIGHT, LOST -> false;
        };
    }

    /// A SACK has come.
    void onSack(long nowNanos) {
        advance();
        due |= isAhead() && nowNanos - toldAtNanos >= roundTrip.smoothedNanos();
    }

    void onTimeout() {
        due = isAhead();
    }

    boolean isDue() {
        return due;
    }

    /// Appends the chunk; false when it does not fit.
    boolean write(long nowNanos, ByteBuffer out) {
        int room =
                Math.min(MAX_STREAMS, (out.remaining() - ForwardTsnChunk.HEADER_BYTES) / ForwardTsnChunk.ENTRY_BYTES);
        if (room <= 0) {
            return false;
        }
        int streams = 0;
        long tsn = flight.firstTsn();
        for (; tsn <= advanced; tsn++) {
            OutgoingFragment fragment = flight.get(tsn);
            OutgoingMessage message = fragment.message;
            if (message.unordered || fragment.state != State.ABANDONED) {
                continue;
            }
            int at = 0;
            while (at < streams && streamIds[at] != message.streamId) {
                at++;
            }
            if (at == room) {
                break;
            }
            streams = Math.max(streams, at + 1);
            streamIds[at] = message.streamId;
            sequences[at] = message.streamSequence;
        }
        int start = ForwardTsnChunk.begin(out, (int) (tsn - 1));
        for (int i = 0; i < streams; i++) {
            out.putShort((short) streamIds[i]).putShort((short) sequences[i]);
        }
        ChunkWriter.end(out, start);
        toldAtNanos = nowNanos;
        due = false;
        return true;
    }

    private boolean isAhead() {
        return advanced >= flight.firstTsn();
    }
}
