package live.strait.protocol.sctp;

import java.nio.ByteBuffer;
import java.util.random.RandomGenerator;
import live.strait.protocol.sctp.chunk.ChunkType;
import live.strait.protocol.sctp.chunk.ChunkWriter;
import live.strait.protocol.sctp.tx.RoundTripEstimate;

/// Asks an idle path whether it is alive, and notices when it has been silent for too long (RFC 9260 sections 8.1
/// to 8.3).
///
/// ```
/// +-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+-+
/// |   type = 4    |   flags = 0   |            length             |
/// |           parameter type = 1  |        parameter length       |
/// |                    nonce, 8 bytes; sent at, 8 bytes           |
/// ```
/// The peer sends the information back as it came; the nonce keeps it from inventing a round trip. Patience is
/// counted in time, not in retransmissions: ICE knows better when a path is dead.
final class PathWatch {
    private static final long NEVER = Long.MAX_VALUE;
    private static final long RETRY_NANOS = 1_000_000_000;
    private static final int INFORMATION = 1;
    private static final int INFORMATION_BYTES = 20;

    private final AssociationOptions options;
    private final RandomGenerator random;
    private final RoundTripEstimate roundTrip;
    private final ControlQueue control;
    private long nonce;
    private boolean asked;
    private long heartbeatAtNanos = NEVER;
    /// Since when an answer is owed without a word from the peer.
    private long waitingSinceNanos = NEVER;

    PathWatch(AssociationOptions options, RandomGenerator random, RoundTripEstimate roundTrip, ControlQueue control) {
        this.options = options;
        this.random = random;
        this.roundTrip = roundTrip;
        this.control = control;
    }

    void start(long nowNanos) {
        heartbeatAtNanos = nowNanos + options.heartbeatNanos();
    }

    /// A packet of the association has come.
    void heard() {
        waitingSinceNanos = NEVER;
    }

    /// Something was sent, or waits, that the peer must answer.
    void owes(long nowNanos) {
        waitingSinceNanos = Math.min(waitingSinceNanos, nowNanos);
    }

    void onHeartbeatAck(long nowNanos, ByteBuffer value) {
        if (asked && value.remaining() == INFORMATION_BYTES && value.getLong(4) == nonce) {
            asked = false;
            heartbeatAtNanos = nowNanos + options.heartbeatNanos();
            roundTrip.onSample(nowNanos - value.getLong(12));
        }
    }

    long heartbeatAtNanos() {
        return heartbeatAtNanos;
    }

    long giveUpAtNanos() {
        return waitingSinceNanos == NEVER
                ? NEVER
                : waitingSinceNanos + options.retransmission().giveUpNanos();
    }

    /// Asks when it is time, and again each second while there is no word from the peer: one that is lost must
    /// not count for half of the patience.
    void onTimeout(long nowNanos) {
        if (heartbeatAtNanos > nowNanos) {
            return;
        }
        if (asked && waitingSinceNanos == NEVER) {
            asked = false;
            heartbeatAtNanos = nowNanos + options.heartbeatNanos();
            return;
        }
        asked = true;
        heartbeatAtNanos = nowNanos + RETRY_NANOS;
        nonce = random.nextLong();
        ByteBuffer information = ByteBuffer.allocate(INFORMATION_BYTES);
        int start = ChunkWriter.beginParameter(information, INFORMATION);
        information.putLong(nonce).putLong(nowNanos);
        ChunkWriter.end(information, start);
        control.add(ChunkWriter.chunk(ChunkType.HEARTBEAT, 0, information.flip()));
        owes(nowNanos);
    }
}
