package live.strait.protocol.sctp;

import java.util.List;
import live.strait.protocol.sctp.chunk.ReconfigParameter;
import live.strait.protocol.sctp.chunk.ReconfigParameter.OtherRequest;
import live.strait.protocol.sctp.chunk.ReconfigParameter.OutgoingReset;
import live.strait.protocol.sctp.chunk.ReconfigParameter.Response;
import live.strait.protocol.sctp.rx.IncomingData;
import org.jspecify.annotations.Nullable;

/// Answers the peer's re-configuration requests (RFC 6525 section 5.2).
///
/// A reset waits until all data that was sent before it has come, then it is performed, and the peer is told at
/// once, without waiting for it to ask again. A repeated request gets the answer of the first.
final class IncomingResets {
    private final IncomingData incoming;
    private final ControlQueue control;
    private int expected;
    private int lastResult = Response.NOTHING_TO_DO;
    private @Nullable OutgoingReset waiting;

    IncomingResets(int peerInitialTsn, IncomingData incoming, ControlQueue control) {
        this.expected = peerInitialTsn;
        this.incoming = incoming;
        this.control = control;
    }

    /// Takes a request to reset the peer's streams.
    ///
    /// @return the streams that begin anew, empty for all; null when none does now
    @Nullable
    List<Integer> onRequest(OutgoingReset request) {
        if (!isNew(request.requestSequence())) {
            return null;
        }
        waiting = request;
        List<Integer> reset = advance();
        if (waiting != null) {
            answer(request.requestSequence(), Response.IN_PROGRESS);
        }
        return reset;
    }

    void onRequest(OtherRequest request) {
        if (isNew(request.requestSequence())) {
            answer(request.requestSequence(), request.addsOutgoingStreams() ? Response.PERFORMED : Response.DENIED);
        }
    }

    /// Performs what has waited for data; returns as `onRequest`.
    @Nullable
    List<Integer> advance() {
        OutgoingReset request = waiting;
        if (request == null || request.lastTsn() - incoming.cumulativeTsn() > 0) {
            return null;
        }
        waiting = null;
        incoming.resetStreams(request.streams());
        answer(request.requestSequence(), Response.PERFORMED);
        return request.streams();
    }

    private boolean isNew(int sequence) {
        if (sequence == expected) {
            expected++;
            return true;
        }
        answer(sequence, sequence == expected - 1 ? lastResult : Response.BAD_SEQUENCE);
        return false;
    }

    private void answer(int sequence, int result) {
        if (sequence == expected - 1) {
            lastResult = result;
        }
        control.add(ReconfigParameter.encode(new Response(sequence, result)));
    }
}
