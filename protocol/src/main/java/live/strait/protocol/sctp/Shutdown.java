package live.strait.protocol.sctp;

import java.nio.ByteBuffer;
import live.strait.protocol.sctp.chunk.ChunkType;
import live.strait.protocol.sctp.chunk.ChunkWriter;
import live.strait.protocol.sctp.tx.RoundTripEstimate;

/// Ends an association when all data of both sides has been acknowledged (RFC 9260 section 9.2).
///
/// ```
/// SHUTDOWN ->   <- SHUTDOWN ACK   SHUTDOWN COMPLETE ->
/// ```
final class Shutdown {
    private enum State {
        /// Nobody wants to end.
        NONE,
        /// We do, but our data is not all acknowledged.
        PENDING,
        /// SHUTDOWN was sent.
        SENT,
        /// The peer has sent SHUTDOWN, and our data is not all acknowledged.
        RECEIVED,
        /// SHUTDOWN ACK was sent.
        ACK_SENT
    }

    private static final long NEVER = Long.MAX_VALUE;

    private final RoundTripEstimate roundTrip;
    private final ControlQueue control;
    private State state = State.NONE;
    private long retryAtNanos = NEVER;

    Shutdown(RoundTripEstimate roundTrip, ControlQueue control) {
        this.roundTrip = roundTrip;
        this.control = control;
    }

    /// True when no more messages are taken.
    boolean isUnderWay() {
        return state != State.NONE;
    }

    void begin() {
        if (state == State.NONE) {
            state = State.PENDING;
        }
    }

    /// Goes on when our data is acknowledged.
    void advance(long nowNanos, boolean drained, int cumulativeTsn) {
        if (drained && (state == State.PENDING || state == State.RECEIVED)) {
            state = state == State.PENDING ? State.SENT : State.ACK_SENT;
            send(nowNanos, cumulativeTsn);
        }
    }

    /// The peer wants to end.
    void onShutdown(long nowNanos) {
        switch (state) {
            case NONE, PENDING -> state = State.RECEIVED;
            // Both at once: each answers the other (section 9.2).
            case SENT, ACK_SENT -> {
                state = State.ACK_SENT;
                send(nowNanos, 0);
            }
            case RECEIVED -> {
                // It has been noted.
            }
        }
    }

    boolean isAwaitingAck() {
        return state == State.SENT || state == State.ACK_SENT;
    }

    boolean isAwaitingComplete() {
        return state == State.ACK_SENT;
    }

    long retryAtNanos() {
        return retryAtNanos;
    }

    void onTimeout(long nowNanos, int cumulativeTsn) {
        if (retryAtNanos <= nowNanos) {
            send(nowNanos, cumulativeTsn);
        }
    }

    private void send(long nowNanos, int cumulativeTsn) {
        if (state == State.SENT) {
            ByteBuffer acknowledged =
                    ByteBuffer.allocate(Integer.BYTES).putInt(cumulativeTsn).flip();
            control.add(ChunkWriter.chunk(ChunkType.SHUTDOWN, 0, acknowledged));
        } else {
            control.add(ChunkWriter.chunk(ChunkType.SHUTDOWN_ACK, 0));
        }
        retryAtNanos = nowNanos + roundTrip.timeoutNanos();
    }
}
