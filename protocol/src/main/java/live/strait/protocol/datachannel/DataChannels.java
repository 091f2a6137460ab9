package live.strait.protocol.datachannel;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.random.RandomGenerator;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.sctp.Association;
import live.strait.protocol.sctp.AssociationEvent;
import live.strait.protocol.sctp.AssociationOptions;
import live.strait.protocol.sctp.Peer;
import live.strait.protocol.sctp.rx.IncomingMessage;
import live.strait.protocol.sctp.tx.OutgoingMessage;
import live.strait.protocol.sctp.tx.Receipt;
import live.strait.protocol.time.Deadline;
import org.jspecify.annotations.Nullable;

/// All data channels of one peer, over one SCTP association (RFC 8831, RFC 8832).
///
/// Both sides `connect` when DTLS is there. Channels may be opened and messages sent before: they wait for the
/// association. After each call that may have caused something the owner polls packets, then events; each packet
/// goes into a DTLS record of its own. Times are nanoseconds of the owner's clock.
public final class DataChannels {
    private static final byte[] EMPTY = {0};

    private final DataChannelOptions options;
    private final Association association;
    private final ChannelTable channels;
    private final ArrayDeque<DataChannelEvent> events = new ArrayDeque<>();
    private boolean refused;

    public DataChannels(DataChannelOptions options, RandomGenerator random, long nowNanos) {
        this.options = options;
        channels = new ChannelTable(options.dtlsClient());
        association = new Association(
                AssociationOptions.of(
                        options.localPort(),
                        options.remotePort(),
                        options.mtuBytes(),
                        options.maxReceiveMessageBytes()),
                random);
    }

    /// Sends an INIT; WebRTC peers both do.
    public void connect(long nowNanos) {
        association.connect(nowNanos);
        drain(nowNanos);
    }

    /// Takes one SCTP packet, from position to limit; moves neither and keeps nothing of the buffer.
    ///
    /// @return null when all of it was good
    public @Nullable DropReason receive(long nowNanos, ByteBuffer packet) {
        DropReason reason = association.receive(nowNanos, packet);
        drain(nowNanos);
        return reason;
    }

    public void onTimeout(long nowNanos) {
        association.onTimeout(nowNanos);
        drain(nowNanos);
    }

    public Deadline nextDeadline() {
        return association.nextDeadline();
    }

    /// Fills `out` with one SCTP packet, flipped; false when there is none to send. `out` holds `mtuBytes`.
    public boolean pollTransmit(long nowNanos, ByteBuffer out) {
        return association.pollTransmit(nowNanos, out);
    }

    public @Nullable DataChannelEvent pollEvent() {
        DataChannelEvent event = events.poll();
        if (event instanceof DataChannelEvent.Message message && message.bytes().hasRemaining()) {
            association.release(message.bytes().remaining());
        }
        return event;
    }

    /// Opens a channel on the lowest stream id that is free. Messages can be sent on it at once. When there are too
    /// many channels, or the association has ended, the channel is closed from the start, and `Closed` follows.
    public DataChannel open(long nowNanos, String label, String protocol, Reliability reliability) {
        int id = channels.freeId();
        OpenMessage open = new OpenMessage(label, protocol, reliability);
        byte[] encoded = open.encode();
        if (id < 0 || channels.count() >= options.maxChannels() || association.isEnded()) {
            DataChannel none =
                    new DataChannel(Math.max(id, 0), label, protocol, reliability, false, DataChannel.State.CLOSED);
            events.add(new DataChannelEvent.Closed(none));
            return none;
        }
        DataChannel channel = new DataChannel(id, label, protocol, reliability, false, DataChannel.State.OPENING);
        channels.put(channel);
        association.send(reliable(nowNanos, id, encoded));
        return channel;
    }

    /// Sends a message, from position to limit of `message`; moves neither and keeps nothing of the buffer.
    public SendResult send(
            long nowNanos, DataChannel channel, ByteBuffer message, boolean text, SendOptions sendOptions) {
        DataChannel.State state = channel.state();
        if (association.isEnded() || (state != DataChannel.State.OPEN && state != DataChannel.State.OPENING)) {
            return SendResult.CLOSED;
        }
        if (message.remaining() > options.maxSendMessageBytes()) {
            return SendResult.TOO_LARGE;
        }
        if (!hasRoomFor(nowNanos, message.remaining()) && !hasRoomAfterDrop(nowNanos, message.remaining())) {
            refused = true;
            return SendResult.BUFFER_FULL;
        }
        Reliability reliability = channel.reliability();
        long expiresAt = OutgoingMessage.NEVER;
        if (reliability.maxLifetimeMillis() >= 0) {
            expiresAt = nowNanos
                    + Duration.ofMillis(reliability.maxLifetimeMillis()).toNanos();
        }
        if (sendOptions.lifetimeNanos() > 0) {
            expiresAt = Math.min(expiresAt, nowNanos + sendOptions.lifetimeNanos());
        }
        boolean empty = !message.hasRemaining();
        int protocol = text
                ? empty ? PayloadProtocol.STRING_EMPTY : PayloadProtocol.STRING
                : empty ? PayloadProtocol.BINARY_EMPTY : PayloadProtocol.BINARY;
        // Until the peer knows the channel nothing may overtake the OPEN message (RFC 8832 section 6).
        // An urgent message waits for no earlier one of its channel, which may have been lost.
        boolean unordered = (!reliability.ordered() || sendOptions.urgent()) && state == DataChannel.State.OPEN;
        boolean accepted = association.send(new OutgoingMessage(
                channel.streamId(),
                protocol,
                empty ? EMPTY : copyOf(message),
                unordered,
                sendOptions.urgent(),
                reliability.maxRetransmits() < 0 ? Integer.MAX_VALUE : reliability.maxRetransmits(),
                expiresAt,
                nowNanos,
                sendOptions.receipt()));
        return accepted ? SendResult.ACCEPTED : SendResult.CLOSED;
    }

    /// Closes a channel: what was sent on it still goes out, `Closed` follows when both sides have reset their
    /// streams.
    public void close(long nowNanos, DataChannel channel) {
        if (channels.get(channel.streamId()) == channel) {
            beginClosing(channel);
            drain(nowNanos);
        }
    }

    /// Ends the association when all that was sent is acknowledged; `Failed` follows.
    public void shutdown(long nowNanos) {
        association.shutdown();
        drain(nowNanos);
    }

    /// Ends the association at once; what waits is lost.
    public void abort(long nowNanos) {
        association.abort("aborted by us");
        drain(nowNanos);
    }

    /// Bytes of all messages that are not fully acknowledged.
    public int bufferedBytes() {
        return association.bufferedBytes();
    }

    public int bufferedBytes(DataChannel channel) {
        return association.bufferedBytes(channel.streamId());
    }

    private boolean hasRoomFor(long nowNanos, int bytes) {
        return (long) association.bufferedBytes() + bytes <= options.maxBufferedBytes() && !isStale(nowNanos);
    }

    /// The oldest message has waited too long for its acknowledgment.
    private boolean isStale(long nowNanos) {
        long oldest = association.oldestQueuedAtNanos();
        return oldest < nowNanos && nowNanos - oldest >= options.maxBufferedNanos();
    }

    private boolean hasRoomAfterDrop(long nowNanos, int bytes) {
        association.dropExpired(nowNanos);
        return hasRoomFor(nowNanos, bytes);
    }

    private void drain(long nowNanos) {
        AssociationEvent event = association.pollEvent();
        while (event != null) {
            switch (event) {
                case AssociationEvent.Established() -> onEstablished();
                case AssociationEvent.StreamsReset(List<Integer> streams) -> onPeerReset(streams);
                case AssociationEvent.StreamsFinished(List<Integer> streams) -> onOurReset(streams);
                case AssociationEvent.MessageReceived(IncomingMessage message) -> onMessage(nowNanos, message);
                case AssociationEvent.MessageSettled(Receipt receipt) ->
                    events.add(new DataChannelEvent.Settled(receipt.number(), receipt.delivered()));
                case AssociationEvent.Ended(String cause) -> onEnded(cause);
            }
            event = association.pollEvent();
        }
        if (refused && 2L * association.bufferedBytes() <= options.maxBufferedBytes() && !isStale(nowNanos)) {
            refused = false;
            events.add(new DataChannelEvent.BufferedLow());
        }
    }

    private void onMessage(long nowNanos, IncomingMessage message) {
        if (message.protocolId() == PayloadProtocol.DCEP) {
            onControl(nowNanos, message);
            association.release(message.sizeBytes());
            return;
        }
        DataChannel channel = channels.get(message.streamId());
        if (channel == null || channel.state() == DataChannel.State.CLOSED) {
            association.release(message.sizeBytes());
            return;
        }
        becomeOpen(channel);
        switch (message.protocolId()) {
            case PayloadProtocol.STRING, PayloadProtocol.STRING_PARTIAL -> tell(channel, message.bytes(), true);
            case PayloadProtocol.BINARY, PayloadProtocol.BINARY_PARTIAL -> tell(channel, message.bytes(), false);
            case PayloadProtocol.STRING_EMPTY, PayloadProtocol.BINARY_EMPTY -> {
                association.release(message.sizeBytes());
                tell(channel, ByteBuffer.allocate(0), message.protocolId() == PayloadProtocol.STRING_EMPTY);
            }
            default -> association.release(message.sizeBytes());
        }
    }

    private void tell(DataChannel channel, ByteBuffer bytes, boolean text) {
        events.add(new DataChannelEvent.Message(channel, bytes, text));
    }

    private void onControl(long nowNanos, IncomingMessage message) {
        DataChannel channel = channels.get(message.streamId());
        if (OpenMessage.isAck(message.bytes())) {
            if (channel != null) {
                becomeOpen(channel);
            }
            return;
        }
        OpenMessage open = OpenMessage.read(message.bytes());
        if (channel != null && channel.incomingReset) {
            // The peer has our reset already, and we have not heard so.
            finish(channel);
            channel = null;
        }
        if (open == null || channel != null) {
            return;
        }
        if (channels.count() >= options.maxChannels()) {
            association.resetStream(message.streamId());
            return;
        }
        DataChannel opened = new DataChannel(
                message.streamId(), open.label(), open.protocol(), open.reliability(), true, DataChannel.State.OPEN);
        channels.put(opened);
        association.send(reliable(nowNanos, message.streamId(), OpenMessage.ACK));
        events.add(new DataChannelEvent.Opened(opened));
    }

    private void onEstablished() {
        events.add(new DataChannelEvent.Connected());
        Peer peer = association.peer();
        for (int id = 0; peer != null && id < channels.end(); id++) {
            DataChannel channel = channels.get(id);
            if (channel != null && (id >= peer.inboundStreams() || cannotReset(peer, channel))) {
                finish(channel);
            }
        }
    }

    private static boolean cannotReset(Peer peer, DataChannel channel) {
        return channel.state() == DataChannel.State.CLOSING && !peer.reconfiguration();
    }

    private void onPeerReset(List<Integer> streams) {
        if (streams.isEmpty()) {
            for (int id = 0; id < channels.end(); id++) {
                onPeerReset(id);
            }
        }
        streams.forEach(this::onPeerReset);
    }

    /// The peer has closed its side: we close ours, or the peer's channel would stay closing for ever.
    private void onPeerReset(int streamId) {
        DataChannel channel = channels.get(streamId);
        if (channel != null) {
            channel.incomingReset = true;
            beginClosing(channel);
            finishIfClosed(channel);
        }
    }

    private void onOurReset(List<Integer> streams) {
        for (int streamId : streams) {
            DataChannel channel = channels.get(streamId);
            if (channel != null && channel.state() == DataChannel.State.CLOSING) {
                channel.outgoingReset = true;
                finishIfClosed(channel);
            }
        }
    }

    private void beginClosing(DataChannel channel) {
        if (channel.state() == DataChannel.State.CLOSING) {
            return;
        }
        channel.become(DataChannel.State.CLOSING);
        Peer peer = association.peer();
        if (peer != null && cannotReset(peer, channel)) {
            finish(channel);
        } else {
            association.resetStream(channel.streamId());
        }
    }

    private void finishIfClosed(DataChannel channel) {
        if (channel.incomingReset && channel.outgoingReset) {
            finish(channel);
        }
    }

    private void finish(DataChannel channel) {
        channels.remove(channel);
        channel.become(DataChannel.State.CLOSED);
        events.add(new DataChannelEvent.Closed(channel));
    }

    /// The peer has acknowledged our channel, or has sent on it, which says the same.
    private void becomeOpen(DataChannel channel) {
        if (channel.state() == DataChannel.State.OPENING) {
            channel.become(DataChannel.State.OPEN);
            events.add(new DataChannelEvent.Opened(channel));
        }
    }

    private void onEnded(String cause) {
        for (int id = 0; id < channels.end(); id++) {
            DataChannel channel = channels.get(id);
            if (channel != null) {
                finish(channel);
            }
        }
        events.add(new DataChannelEvent.Failed(cause));
    }

    private static OutgoingMessage reliable(long nowNanos, int streamId, byte[] bytes) {
        return new OutgoingMessage(
                streamId,
                PayloadProtocol.DCEP,
                bytes,
                false,
                false,
                Integer.MAX_VALUE,
                OutgoingMessage.NEVER,
                nowNanos,
                0);
    }

    private static byte[] copyOf(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(bytes.position(), copy);
        return copy;
    }
}
