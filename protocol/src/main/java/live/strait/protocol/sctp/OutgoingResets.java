package live.strait.protocol.sctp;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import live.strait.protocol.sctp.chunk.ReconfigParameter;
import live.strait.protocol.sctp.chunk.ReconfigParameter.OutgoingReset;
import live.strait.protocol.sctp.chunk.ReconfigParameter.Response;
import live.strait.protocol.sctp.tx.OutgoingData;
import live.strait.protocol.sctp.tx.RoundTripEstimate;
import org.jspecify.annotations.Nullable;

/// Resets streams of ours: the peer learns that they begin with sequence number 0 again (RFC 6525 section 5.1).
///
/// A stream is reset when all that was queued on it has a TSN. One request is under way at a time, for all streams
/// that are ready, and is sent again until it has an answer. A request that the peer has put off is repeated
/// under a new number, as one of its peers answers a known number with what it said before.
final class OutgoingResets {
    private static final long NEVER = Long.MAX_VALUE;
    /// A stream id takes two bytes; one packet holds the request.
    private static final int MAX_STREAMS = 400;

    private final OutgoingData outgoing;
    private final RoundTripEstimate roundTrip;
    private final ControlQueue control;
    /// Streams that are to be reset.
    private final Set<Integer> wanted = new LinkedHashSet<>();
    private int nextRequest;
    private @Nullable OutgoingReset request;
    private long retryAtNanos = NEVER;
    private boolean putOff;

    OutgoingResets(int initialTsn, OutgoingData outgoing, RoundTripEstimate roundTrip, ControlQueue control) {
        this.nextRequest = initialTsn;
        this.outgoing = outgoing;
        this.roundTrip = roundTrip;
        this.control = control;
    }

    /// Wants a stream reset once all that is queued on it is on its way. It may be under reset already, for a
    /// channel that was there before: then once more.
    void want(int streamId) {
        if (wanted.add(streamId)) {
            outgoing.drain(streamId);
        }
    }

    boolean isIdle() {
        return wanted.isEmpty() && request == null;
    }

    /// Asks for what can be reset now.
    void advance(long nowNanos) {
        if (request != null || wanted.isEmpty()) {
            return;
        }
        List<Integer> ready = new ArrayList<>();
        for (int streamId : wanted) {
            if (outgoing.isDrained(streamId) && ready.size() < MAX_STREAMS) {
                ready.add(streamId);
                outgoing.pause(streamId);
            }
        }
        if (!ready.isEmpty()) {
            wanted.removeAll(ready);
            ask(nowNanos, ready);
        }
    }

    /// Takes an answer.
    ///
    /// @return the streams whose reset is over, performed or refused; empty when it is not
    List<Integer> onResponse(long nowNanos, Response response) {
        OutgoingReset asked = request;
        if (asked == null || response.responseSequence() != asked.requestSequence()) {
            return List.of();
        }
        if (response.result() == Response.IN_PROGRESS || response.result() == Response.ALREADY_IN_PROGRESS) {
            putOff = true;
            retryAtNanos = nowNanos + roundTrip.probeNanos();
            return List.of();
        }
        request = null;
        retryAtNanos = NEVER;
        boolean reset = response.result() == Response.PERFORMED || response.result() == Response.NOTHING_TO_DO;
        List<Integer> finished = new ArrayList<>();
        for (int streamId : asked.streams()) {
            outgoing.resume(streamId, reset);
            if (wanted.contains(streamId)) {
                outgoing.drain(streamId);
            } else {
                finished.add(streamId);
            }
        }
        return finished;
    }

    long retryAtNanos() {
        return retryAtNanos;
    }

    void onTimeout(long nowNanos) {
        OutgoingReset asked = request;
        if (asked == null || retryAtNanos > nowNanos) {
            return;
        }
        if (putOff) {
            ask(nowNanos, asked.streams());
        } else {
            send(nowNanos, asked);
        }
    }

    private void ask(long nowNanos, List<Integer> streams) {
        OutgoingReset asked = new OutgoingReset(nextRequest, nextRequest - 1, outgoing.lastAssignedTsn(), streams);
        nextRequest++;
        request = asked;
        send(nowNanos, asked);
    }

    private void send(long nowNanos, OutgoingReset asked) {
        putOff = false;
        control.add(ReconfigParameter.encode(asked));
        retryAtNanos = nowNanos + roundTrip.timeoutNanos();
    }
}
