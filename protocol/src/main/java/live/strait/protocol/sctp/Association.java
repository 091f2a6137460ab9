package live.strait.protocol.sctp;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.random.RandomGenerator;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.sctp.chunk.ChunkReader;
import live.strait.protocol.sctp.chunk.ChunkType;
import live.strait.protocol.sctp.chunk.ChunkWriter;
import live.strait.protocol.sctp.chunk.DataChunk;
import live.strait.protocol.sctp.chunk.ErrorCause;
import live.strait.protocol.sctp.chunk.ForwardTsnChunk;
import live.strait.protocol.sctp.chunk.InitChunk;
import live.strait.protocol.sctp.chunk.ReconfigParameter;
import live.strait.protocol.sctp.chunk.SackChunk;
import live.strait.protocol.sctp.rx.IncomingData;
import live.strait.protocol.sctp.rx.IncomingMessage;
import live.strait.protocol.sctp.tx.OutgoingData;
import live.strait.protocol.sctp.tx.OutgoingMessage;
import live.strait.protocol.sctp.tx.Receipt;
import live.strait.protocol.sctp.tx.RoundTripEstimate;
import live.strait.protocol.time.Deadline;
import live.strait.protocol.time.Deadline.Reason;
import org.jspecify.annotations.Nullable;

/// One SCTP association with one peer, over DTLS (RFC 9260, RFC 8261).
///
/// Messages may be sent before the handshake has ended; they wait. After each call that may have caused something
/// the owner takes events and polls packets until there is none. Times are nanoseconds of the owner's clock.
public final class Association {
    private final AssociationOptions options;
    private final ControlQueue control;
    private final Handshake handshake;
    private final RoundTripEstimate roundTrip;
    private final OutgoingData outgoing;
    private final OutgoingResets outgoingResets;
    private final PathWatch path;
    private final Shutdown shutdown;
    private final EarliestDeadline earliest = new EarliestDeadline();
    private final ChunkReader chunks = new ChunkReader();
    private final PacketGate gate;
    private final ArrayDeque<AssociationEvent> events = new ArrayDeque<>();
    private @Nullable Receiving receiving;
    private boolean ended;

    /// What there is once the peer's initial TSN is known.
    private record Receiving(IncomingData data, IncomingResets resets) {}

    public Association(AssociationOptions options, RandomGenerator random) {
        this.options = options;
        gate = new PacketGate(options);
        control = new ControlQueue(options.packetBytes() - PacketHeader.SIZE);
        handshake = new Handshake(options, random, control);
        roundTrip = new RoundTripEstimate(options.retransmission());
        outgoing = new OutgoingData(handshake.initialTsn(), options.packetBytes(), roundTrip);
        outgoingResets = new OutgoingResets(handshake.initialTsn(), outgoing, roundTrip, control);
        path = new PathWatch(options, random, roundTrip, control);
        shutdown = new Shutdown(roundTrip, control);
    }

    /// Sends an INIT; both sides do.
    public void connect(long nowNanos) {
        if (!ended) {
            handshake.start(nowNanos);
        }
    }

    /// Takes one packet, from position to limit; moves neither and keeps nothing of the buffer.
    ///
    /// @return null when all of it was good
    public @Nullable DropReason receive(long nowNanos, ByteBuffer packet) {
        DropReason bad = gate.check(packet);
        if (bad != null) {
            return bad;
        }
        chunks.wrap(PacketHeader.body(packet));
        int tag = PacketHeader.verificationTag(packet);
        return ended ? receiveAfterEnd(tag) : receiveChunks(nowNanos, tag);
    }

    public void onTimeout(long nowNanos) {
        if (ended) {
            return;
        }
        if (!handshake.onTimeout(nowNanos)) {
            end("no answer to the SCTP handshake");
        } else if (path.giveUpAtNanos() <= nowNanos) {
            abort("nothing heard from the SCTP peer");
        } else {
            outgoing.onTimeout(nowNanos);
            outgoingResets.onTimeout(nowNanos);
            path.onTimeout(nowNanos);
            shutdown.onTimeout(nowNanos, cumulativeTsn());
        }
    }

    public Deadline nextDeadline() {
        if (ended) {
            return Deadline.NEVER;
        }
        earliest.begin();
        earliest.consider(handshake.retryAtNanos(), Reason.SCTP_HANDSHAKE);
        earliest.consider(outgoing.retransmitAtNanos(), Reason.SCTP_RETRANSMIT);
        earliest.consider(outgoing.probeAtNanos(), Reason.SCTP_PROBE);
        earliest.consider(outgoing.beyondAtNanos(), Reason.SCTP_PROBE);
        earliest.consider(outgoingResets.retryAtNanos(), Reason.SCTP_RESET);
        earliest.consider(path.heartbeatAtNanos(), Reason.SCTP_HEARTBEAT);
        earliest.consider(path.giveUpAtNanos(), Reason.SCTP_HEARTBEAT);
        earliest.consider(shutdown.retryAtNanos(), Reason.SCTP_SHUTDOWN);
        if (receiving != null) {
            earliest.consider(receiving.data.sackAtNanos(), Reason.SCTP_SACK);
        }
        return earliest.deadline();
    }

    /// Fills `out` with one packet, flipped; false when there is none to send. `out` holds a packet.
    public boolean pollTransmit(long nowNanos, ByteBuffer out) {
        out.clear().limit(Math.min(out.capacity(), options.packetBytes()));
        advance(nowNanos);
        boolean alone = control.isNextAlone();
        int tag = alone ? control.nextVerificationTag() : handshake.peerTag();
        PacketHeader.begin(out, options.localPort(), options.remotePort(), tag);
        if (alone) {
            control.write(out, true);
        } else {
            bundle(nowNanos, out);
        }
        out.flip();
        if (out.limit() == PacketHeader.SIZE) {
            return false;
        }
        if (outgoing.isWaiting()) {
            path.owes(nowNanos);
        }
        gate.seal(out);
        return true;
    }

    public @Nullable AssociationEvent pollEvent() {
        Receipt receipt = outgoing.pollReceipt();
        return receipt == null ? events.poll() : new AssociationEvent.MessageSettled(receipt);
    }

    /// Queues a message, also before the association is established; false when it has ended or is ending.
    public boolean send(OutgoingMessage message) {
        if (ended || shutdown.isUnderWay()) {
            return false;
        }
        outgoing.add(message);
        return true;
    }

    /// Drops what has expired in the queue, to make room.
    public void dropExpired(long nowNanos) {
        outgoing.dropExpired(nowNanos);
    }

    /// Begins a stream of ours with sequence number 0 again, after all that is queued on it; `StreamsFinished`
    /// follows.
    public void resetStream(int streamId) {
        outgoingResets.want(streamId);
    }

    /// Ends the association when all data is acknowledged; `Ended` follows.
    public void shutdown() {
        if (!handshake.isDone()) {
            abort("shut down before it was established");
        } else {
            shutdown.begin();
        }
    }

    /// Ends the association at once, and tells the peer; what waits is lost.
    public void abort(String cause) {
        if (ended) {
            return;
        }
        end(cause);
        if (handshake.peerTag() != 0) {
            control.add(ErrorCause.abort(cause));
        }
    }

    /// The owner has done with a message of `bytes`: it makes room in the window.
    public void release(int bytes) {
        if (receiving != null) {
            receiving.data.release(bytes);
        }
    }

    public boolean isEnded() {
        return ended;
    }

    /// What the peer allows, once established.
    public @Nullable Peer peer() {
        return handshake.peer();
    }

    /// When the oldest message that is not fully acknowledged was queued; `Long.MAX_VALUE` when there is none.
    public long oldestQueuedAtNanos() {
        return outgoing.oldestQueuedAtNanos();
    }

    public int bufferedBytes() {
        return outgoing.bufferedBytes();
    }

    public int bufferedBytes(int streamId) {
        return outgoing.bufferedBytes(streamId);
    }

    private @Nullable DropReason receiveChunks(long nowNanos, int tag) {
        DropReason dropped = null;
        boolean data = false;
        boolean first = true;
        boolean more = true;
        while (more && !ended && chunks.next()) {
            int type = chunks.type();
            if (!gate.admits(chunks, first, tag, handshake.localTag(), handshake.peerTag())) {
                return DropReason.SCTP_UNKNOWN_ASSOCIATION;
            }
            first = false;
            path.heard();
            data |= type == ChunkType.DATA || type == ChunkType.FORWARD_TSN;
            DropReason reason;
            if (ChunkType.isKnown(type)) {
                reason = receiveChunk(nowNanos, type);
            } else {
                reason = DropReason.SCTP_UNEXPECTED;
                more = ChunkType.skipsIfUnknown(type);
                if (ChunkType.reportsIfUnknown(type) && dropped == null && handshake.isDone()) {
                    control.add(ErrorCause.encode(ChunkType.ERROR, ErrorCause.UNRECOGNIZED_CHUNK, chunks.chunk()));
                }
            }
            dropped = dropped == null ? reason : dropped;
        }
        if (receiving != null) {
            if (data) {
                receiving.data.onPacket(nowNanos);
            }
            deliver(receiving);
            if (receiving.data.isOverlong()) {
                // To drop it would leave a hole in an ordered channel that nobody knows of.
                abort("a message of more than " + options.maxReceiveMessageBytes() + " bytes");
            }
        }
        return dropped;
    }

    private @Nullable DropReason receiveChunk(long nowNanos, int type) {
        ByteBuffer value = chunks.value();
        return switch (type) {
            case ChunkType.INIT -> {
                InitChunk init = InitChunk.read(value);
                yield init == null ? DropReason.SCTP_MALFORMED : handshake.onInit(init);
            }
            case ChunkType.INIT_ACK -> {
                InitChunk ack = InitChunk.read(value);
                yield ack == null ? DropReason.SCTP_MALFORMED : onInitAck(nowNanos, ack);
            }
            case ChunkType.COOKIE_ECHO -> onCookieEcho(nowNanos, value);
            case ChunkType.COOKIE_ACK -> established(nowNanos, handshake.onCookieAck());
            case ChunkType.ABORT -> {
                String text = ErrorCause.abortText(value);
                end(text.isEmpty() ? "aborted by the peer" : "aborted by the peer: " + text);
                yield null;
            }
            case ChunkType.ERROR -> {
                if (ErrorCause.firstCode(value) == ErrorCause.STALE_COOKIE) {
                    handshake.onStaleCookie(nowNanos);
                }
                yield null;
            }
            default -> {
                Receiving from = receiving;
                yield from == null ? DropReason.SCTP_UNEXPECTED : receiveEstablished(nowNanos, type, value, from);
            }
        };
    }

    private @Nullable DropReason receiveEstablished(long nowNanos, int type, ByteBuffer value, Receiving from) {
        switch (type) {
            case ChunkType.DATA -> {
                DataChunk chunk = DataChunk.read(chunks.flags(), value);
                return chunk == null ? DropReason.SCTP_MALFORMED : from.data.receive(chunk);
            }
            case ChunkType.SACK -> {
                SackChunk sack = SackChunk.read(value);
                return sack == null ? DropReason.SCTP_MALFORMED : outgoing.onSack(nowNanos, sack);
            }
            case ChunkType.FORWARD_TSN -> {
                ForwardTsnChunk chunk = ForwardTsnChunk.read(value);
                if (chunk == null) {
                    return DropReason.SCTP_MALFORMED;
                }
                from.data.goPast(chunk);
            }
            case ChunkType.RE_CONFIG -> {
                List<ReconfigParameter> parameters = ReconfigParameter.read(value);
                if (parameters == null) {
                    return DropReason.SCTP_MALFORMED;
                }
                parameters.forEach(parameter -> onReconfiguration(nowNanos, parameter, from));
            }
            case ChunkType.HEARTBEAT -> control.add(ChunkWriter.chunk(ChunkType.HEARTBEAT_ACK, 0, value));
            case ChunkType.HEARTBEAT_ACK -> path.onHeartbeatAck(nowNanos, value);
            case ChunkType.SHUTDOWN -> shutdown.onShutdown(nowNanos);
            case ChunkType.SHUTDOWN_ACK -> {
                if (!shutdown.isAwaitingAck()) {
                    return DropReason.SCTP_UNEXPECTED;
                }
                end("shut down");
                control.add(ChunkWriter.chunk(ChunkType.SHUTDOWN_COMPLETE, 0));
            }
            default -> {
                if (!shutdown.isAwaitingComplete()) {
                    return DropReason.SCTP_UNEXPECTED;
                }
                end("shut down by the peer");
            }
        }
        return null;
    }

    /// The peer asks again for the end of what has ended: its SHUTDOWN COMPLETE was lost (RFC 9260 section 8.4).
    private @Nullable DropReason receiveAfterEnd(int tag) {
        if (chunks.next() && chunks.type() == ChunkType.SHUTDOWN_ACK && tag == handshake.localTag()) {
            control.addAlone(ChunkWriter.chunk(ChunkType.SHUTDOWN_COMPLETE, ChunkType.TAG_REFLECTED), tag);
            return null;
        }
        return DropReason.SCTP_UNEXPECTED;
    }

    private @Nullable DropReason onInitAck(long nowNanos, InitChunk ack) {
        DropReason reason = handshake.onInitAck(nowNanos, ack);
        if (reason == null && handshake.roundTripNanos() > 0) {
            roundTrip.onSample(handshake.roundTripNanos());
        }
        return reason;
    }

    private @Nullable DropReason onCookieEcho(long nowNanos, ByteBuffer cookie) {
        DropReason reason = handshake.onCookieEcho(cookie);
        if (handshake.isRestarted()) {
            end("the SCTP peer began anew");
            return null;
        }
        return established(nowNanos, reason);
    }

    private @Nullable DropReason established(long nowNanos, @Nullable DropReason reason) {
        Peer peer = handshake.peer();
        if (peer != null && receiving == null) {
            IncomingData data = new IncomingData(
                    peer.initialTsn(),
                    options.receiveBufferBytes(),
                    options.maxReceiveMessageBytes(),
                    options.sackDelayNanos());
            receiving = new Receiving(data, new IncomingResets(peer.initialTsn(), data, control));
            outgoing.start(peer.windowBytes(), peer.forwardTsn());
            path.start(nowNanos);
            events.add(new AssociationEvent.Established());
        }
        return reason;
    }

    private void onReconfiguration(long nowNanos, ReconfigParameter parameter, Receiving from) {
        switch (parameter) {
            case ReconfigParameter.OutgoingReset request -> {
                // Its data is before it in the packet, or has come.
                deliver(from);
                tellReset(from.resets.onRequest(request));
            }
            case ReconfigParameter.OtherRequest request -> from.resets.onRequest(request);
            case ReconfigParameter.Response response -> {
                List<Integer> finished = outgoingResets.onResponse(nowNanos, response);
                if (!finished.isEmpty()) {
                    events.add(new AssociationEvent.StreamsFinished(finished));
                }
            }
        }
    }

    private void tellReset(@Nullable List<Integer> streams) {
        if (streams != null) {
            events.add(new AssociationEvent.StreamsReset(streams));
        }
    }

    private void deliver(Receiving from) {
        IncomingMessage message = from.data.poll();
        while (message != null) {
            events.add(new AssociationEvent.MessageReceived(message));
            message = from.data.poll();
        }
        tellReset(from.resets.advance());
    }

    /// What waits for something else to be done first.
    private void advance(long nowNanos) {
        Peer peer = handshake.peer();
        if (!ended && peer != null) {
            if (peer.reconfiguration()) {
                outgoingResets.advance(nowNanos);
            }
            shutdown.advance(nowNanos, outgoing.isDrained(), cumulativeTsn());
        }
    }

    private int cumulativeTsn() {
        return receiving == null ? 0 : receiving.data.cumulativeTsn();
    }

    private void bundle(long nowNanos, ByteBuffer out) {
        while (control.write(out, false)) {
            // As many as fit.
        }
        if (ended || receiving == null) {
            return;
        }
        IncomingData data = receiving.data;
        if (!data.hasUnacknowledged() || out.remaining() < SackChunk.HEADER_BYTES) {
            outgoing.write(nowNanos, out);
            return;
        }
        // A SACK that may wait goes along with data, before it, but not alone.
        int before = out.position();
        data.writeSack(out);
        if (outgoing.write(nowNanos, out) || data.sackAtNanos() <= nowNanos) {
            data.sackSent(nowNanos);
        } else {
            out.position(before);
            outgoing.write(nowNanos, out);
        }
    }

    private void end(String cause) {
        if (!ended) {
            ended = true;
            control.clear();
            events.add(new AssociationEvent.Ended(cause));
        }
    }
}
