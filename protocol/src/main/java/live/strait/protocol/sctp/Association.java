package live.strait.protocol.sctp;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.sctp.chunk.ChunkReader;
import live.strait.protocol.sctp.chunk.ChunkType;
import live.strait.protocol.sctp.chunk.ChunkWriter;
import live.strait.protocol.sctp.chunk.DataChunk;
import live.strait.protocol.sctp.chunk.InitChunk;
import live.strait.protocol.sctp.chunk.SackChunk;
import live.strait.protocol.sctp.rx.IncomingData;
import live.strait.protocol.sctp.rx.IncomingMessage;
import live.strait.protocol.sctp.tx.OutgoingData;
import live.strait.protocol.sctp.tx.OutgoingMessage;
import live.strait.protocol.sctp.tx.RoundTripEstimate;
import live.strait.protocol.time.Deadline;
import org.jspecify.annotations.Nullable;

/// One SCTP association with one peer, over DTLS (RFC 9260, RFC 8261).
///
/// Messages may be sent before the handshake has ended; they wait. After each `receive`, `onTimeout` and `send` the
/// owner takes events and polls packets until there is none. Times are nanoseconds of the owner's clock.
public final class Association {
    private static final long NEVER = Long.MAX_VALUE;

    private final AssociationOptions options;
    private final ControlQueue control = new ControlQueue();
    private final Handshake handshake;
    private final RoundTripEstimate roundTrip;
    private final OutgoingData outgoing;
    private final ChunkReader chunks = new ChunkReader();
    private final CRC32C crc = new CRC32C();
    private final ArrayDeque<AssociationEvent> events = new ArrayDeque<>();
    private @Nullable IncomingData incoming;
    private boolean ended;

    public Association(AssociationOptions options, RandomGenerator random) {
        this.options = options;
        handshake = new Handshake(options, random, control);
        roundTrip = new RoundTripEstimate(options.retransmission());
        outgoing = new OutgoingData(handshake.initialTsn(), options.packetBytes(), roundTrip);
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
        if (packet.remaining() < PacketHeader.SIZE + ChunkReader.HEADER_BYTES) {
            return DropReason.SCTP_MALFORMED;
        }
        if (!PacketHeader.isIntact(packet, crc)) {
            return DropReason.SCTP_CHECKSUM;
        }
        if (PacketHeader.sourcePort(packet) != options.remotePort()
                || PacketHeader.destinationPort(packet) != options.localPort()) {
            return DropReason.SCTP_UNKNOWN_ASSOCIATION;
        }
        ByteBuffer body = packet.slice(packet.position() + PacketHeader.SIZE, packet.remaining() - PacketHeader.SIZE);
        if (!ChunkReader.isWellFormed(body)) {
            return DropReason.SCTP_MALFORMED;
        }
        if (ended) {
            return DropReason.SCTP_UNEXPECTED;
        }
        chunks.wrap(body);
        return receiveChunks(nowNanos, PacketHeader.verificationTag(packet));
    }

    public void onTimeout(long nowNanos) {
        if (ended) {
            return;
        }
        if (!handshake.onTimeout(nowNanos)) {
            end("no answer to the SCTP handshake");
            return;
        }
        outgoing.onTimeout(nowNanos);
    }

    public Deadline nextDeadline() {
        if (ended) {
            return Deadline.NEVER;
        }
        IncomingData from = incoming;
        long at = handshake.retryAtNanos();
        Deadline.Reason why = Deadline.Reason.SCTP_HANDSHAKE;
        if (from != null && from.sackAtNanos() < at) {
            at = from.sackAtNanos();
            why = Deadline.Reason.SCTP_SACK;
        }
        if (outgoing.probeAtNanos() < at) {
            at = outgoing.probeAtNanos();
            why = Deadline.Reason.SCTP_PROBE;
        }
        if (outgoing.retransmitAtNanos() < at) {
            at = outgoing.retransmitAtNanos();
            why = Deadline.Reason.SCTP_RETRANSMIT;
        }
        return at == NEVER ? Deadline.NEVER : new Deadline(at, why);
    }

    /// Fills `out` with one packet, flipped; false when there is none to send. `out` holds a packet.
    public boolean pollTransmit(long nowNanos, ByteBuffer out) {
        out.clear().limit(Math.min(out.capacity(), options.packetBytes()));
        boolean alone = control.isNextAlone();
        PacketHeader.begin(
                out,
                options.localPort(),
                options.remotePort(),
                alone ? control.nextVerificationTag() : handshake.peerTag());
        if (alone) {
            control.write(out, true);
        } else {
            bundle(nowNanos, out);
        }
        out.flip();
        if (out.limit() == PacketHeader.SIZE) {
            return false;
        }
        PacketHeader.seal(out, crc);
        return true;
    }

    public @Nullable AssociationEvent pollEvent() {
        return events.poll();
    }

    /// Queues a message, also before the association is established.
    public void send(OutgoingMessage message) {
        outgoing.add(message);
    }

    /// Ends the association at once, and tells the peer; what waits is lost.
    public void abort(String cause) {
        if (ended) {
            return;
        }
        end(cause);
        if (handshake.peerTag() != 0) {
            control.add(ChunkWriter.chunk(ChunkType.ABORT, 0));
        }
    }

    /// The owner has done with a message's bytes: they make room in the window.
    public void release(int bytes) {
        if (incoming != null) {
            incoming.release(bytes);
        }
    }

    public boolean isEnded() {
        return ended;
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
        while (!ended && chunks.next()) {
            int type = chunks.type();
            if (!isMeantForUs(type, tag, first)) {
                return DropReason.SCTP_UNKNOWN_ASSOCIATION;
            }
            data |= type == ChunkType.DATA;
            DropReason reason = receiveChunk(nowNanos, type);
            dropped = dropped == null ? reason : dropped;
            first = false;
        }
        if (data && incoming != null) {
            incoming.onPacket(nowNanos);
            deliver();
        }
        return dropped;
    }

    /// The verification tag's rules (RFC 9260 section 8.5).
    private boolean isMeantForUs(int type, int tag, boolean first) {
        return switch (type) {
            case ChunkType.INIT -> first && tag == 0;
            case ChunkType.ABORT, ChunkType.SHUTDOWN_COMPLETE ->
                (chunks.flags() & 1) == 0 ? tag == handshake.localTag() : tag != 0 && tag == handshake.peerTag();
            default -> tag == handshake.localTag();
        };
    }

    private @Nullable DropReason receiveChunk(long nowNanos, int type) {
        return switch (type) {
            case ChunkType.INIT -> {
                InitChunk init = InitChunk.read(chunks.value());
                yield init == null ? DropReason.SCTP_MALFORMED : handshake.onInit(init);
            }
            case ChunkType.INIT_ACK -> {
                InitChunk ack = InitChunk.read(chunks.value());
                yield ack == null ? DropReason.SCTP_MALFORMED : handshake.onInitAck(nowNanos, ack);
            }
            case ChunkType.COOKIE_ECHO -> establishedAfter(handshake.onCookieEcho(chunks.value()));
            case ChunkType.COOKIE_ACK -> establishedAfter(handshake.onCookieAck());
            case ChunkType.DATA -> onData();
            case ChunkType.SACK -> onSack(nowNanos);
            case ChunkType.HEARTBEAT -> {
                control.add(ChunkWriter.chunk(ChunkType.HEARTBEAT_ACK, 0, chunks.value()));
                yield null;
            }
            case ChunkType.ABORT -> {
                end("aborted by the peer");
                yield null;
            }
            default -> null;
        };
    }

    private @Nullable DropReason establishedAfter(@Nullable DropReason reason) {
        Peer peer = handshake.peer();
        if (peer != null && incoming == null) {
            incoming = new IncomingData(
                    peer.initialTsn(),
                    options.receiveBufferBytes(),
                    options.maxReceiveMessageBytes(),
                    options.sackDelayNanos());
            if (handshake.roundTripNanos() > 0) {
                roundTrip.onSample(handshake.roundTripNanos());
            }
            outgoing.start(peer.windowBytes());
            events.add(new AssociationEvent.Established());
        }
        return reason;
    }

    private @Nullable DropReason onData() {
        DataChunk chunk = DataChunk.read(chunks.flags(), chunks.value());
        if (incoming == null) {
            return DropReason.SCTP_UNEXPECTED;
        }
        return chunk == null ? DropReason.SCTP_MALFORMED : incoming.receive(chunk);
    }

    private @Nullable DropReason onSack(long nowNanos) {
        SackChunk sack = SackChunk.read(chunks.value());
        if (!handshake.isDone()) {
            return DropReason.SCTP_UNEXPECTED;
        }
        return sack == null ? DropReason.SCTP_MALFORMED : outgoing.onSack(nowNanos, sack);
    }

    private void deliver() {
        IncomingMessage message = incoming == null ? null : incoming.poll();
        while (message != null && incoming != null) {
            events.add(new AssociationEvent.MessageReceived(message));
            message = incoming.poll();
        }
    }

    private void bundle(long nowNanos, ByteBuffer out) {
        while (control.write(out, false)) {
            // As many as fit.
        }
        if (ended || incoming == null) {
            return;
        }
        if (incoming.sackAtNanos() <= nowNanos) {
            incoming.writeSack(out);
        }
        outgoing.write(nowNanos, out);
    }

    private void end(String cause) {
        if (!ended) {
            ended = true;
            control.clear();
            events.add(new AssociationEvent.Ended(cause));
        }
    }
}
