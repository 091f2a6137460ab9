package live.strait.relay.lane;

import java.util.Collection;
import live.strait.protocol.time.TokenBucket;
import live.strait.signaling.control.LaneLink;
import live.strait.signaling.control.LaneVisitor;
import live.strait.signaling.message.LaneError;
import live.strait.signaling.message.LaneJson;
import live.strait.signaling.message.NodeMessage;
import org.jspecify.annotations.Nullable;

/// One data channel or WebSocket of somebody, from its opening until its end; the handle that [Lane#attach] gives.
final class Link {
    /// So many messages over the rate are let pass unread before the link is closed.
    private static final int MOST_IGNORED = 1_000;
    private static final long ONE_SECOND_NANOS = 1_000_000_000L;

    private final LaneVisitor visitor;
    private final LaneLink wire;
    private final Collection<Link> closing;
    private final long openedAtNanos;
    private TokenBucket messages;
    private @Nullable Participant participant;
    private boolean isClosed;
    private int ignored;
    private long toldOfRateAtNanos = Long.MIN_VALUE;
    private long busySinceNanos = Long.MAX_VALUE;

    /// @param closing where it puts itself when it is closed by us
    Link(LaneVisitor visitor, LaneLink wire, Collection<Link> closing, LaneOptions options, long nowNanos) {
        this.visitor = visitor;
        this.wire = wire;
        this.closing = closing;
        this.openedAtNanos = nowNanos;
        this.messages = options.messages().bucket(nowNanos);
    }

    LaneVisitor visitor() {
        return visitor;
    }

    long openedAtNanos() {
        return openedAtNanos;
    }

    boolean isDataChannel() {
        return wire.kind() == LaneLink.Kind.DATA_CHANNEL;
    }

    /// Null before `hello`.
    @Nullable
    Participant participant() {
        return participant;
    }

    void joins(Participant joined, LaneOptions options, long nowNanos) {
        if (joined.isHost() && participant == null) {
            messages = options.hostMessages().bucket(nowNanos);
        }
        participant = joined;
    }

    boolean isClosed() {
        return isClosed;
    }

    int backlogBytes() {
        return wire.backlogBytes();
    }

    void send(NodeMessage message) {
        send(LaneJson.write(message));
    }

    void send(String json) {
        if (!isClosed) {
            wire.send(json);
        }
    }

    /// Ahead of everything, where that may be lost as well: the caller sends again, or [#send]s too.
    ///
    /// @param receipt what [Lane#settled] is told of it, where the link can know; 0 for nothing
    void sendUrgent(String json, long receipt) {
        if (!isClosed) {
            wire.sendUrgent(json, receipt);
        }
    }

    void close(LaneError code, String reason) {
        if (!isClosed) {
            isClosed = true;
            closing.add(this);
            wire.close(code, reason);
        }
    }

    /// The carrier says that it is gone.
    void closed() {
        isClosed = true;
    }

    /// Whether one more message is within the rate; otherwise the peer is told so once a second, and in the end
    /// sent away.
    boolean admits(long nowNanos) {
        if (messages.take(nowNanos)) {
            return true;
        }
        if (++ignored > MOST_IGNORED) {
            close(LaneError.RATE, LaneError.RATE.sentence());
        } else if (toldOfRateAtNanos == Long.MIN_VALUE || nowNanos - toldOfRateAtNanos >= ONE_SECOND_NANOS) {
            toldOfRateAtNanos = nowNanos;
            send(new NodeMessage.Error(LaneError.RATE, LaneError.RATE.sentence(), null));
        }
        return false;
    }

    /// Whether it has had more than `bytes` outstanding ever since `patienceNanos` ago.
    boolean isStuck(int bytes, long patienceNanos, long nowNanos) {
        if (backlogBytes() <= bytes) {
            busySinceNanos = Long.MAX_VALUE;
            return false;
        }
        busySinceNanos = Math.min(busySinceNanos, nowNanos);
        return nowNanos - busySinceNanos >= patienceNanos;
    }
}
