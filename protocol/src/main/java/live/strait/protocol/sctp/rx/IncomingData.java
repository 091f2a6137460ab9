package live.strait.protocol.sctp.rx;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.sctp.chunk.ChunkWriter;
import live.strait.protocol.sctp.chunk.DataChunk;
import live.strait.protocol.sctp.chunk.ForwardTsnChunk;
import live.strait.protocol.sctp.chunk.SackChunk;
import org.jspecify.annotations.Nullable;

/// Received data of one association: from chunks to messages, and the SACKs that answer them (RFC 9260 sections
/// 6.2 to 6.7).
///
/// The window that is offered to the peer is the room that fragments, waiting messages and messages that the owner
/// has not yet released leave. What was acknowledged is never given up (no reneging). A fragment that fills a
/// hole is taken even when the room is used up, by at most one message: else a full buffer of later fragments
/// could never drain.
public final class IncomingData {
    /// A gap block of a SACK reaches no farther.
    private static final int MAX_AHEAD = 0xffff;

    /// A peer may use ids below this, as many as libwebrtc's data channels have. Each that is used costs memory.
    public static final int STREAMS = 1024;

    private static final int MAX_DUPLICATES = 16;

    private final int capacityBytes;
    private final int maxMessageBytes;
    private final ReceivedTsns tsns;
    private final Fragments fragments;
    private final SackSchedule schedule;
    private final ArrayDeque<IncomingMessage> ready = new ArrayDeque<>();
    private final int[] duplicates = new int[MAX_DUPLICATES];
    private int duplicateCount;
    /// Of the packet that is being handled.
    private int packetBytes;
    private @Nullable OrderedStream[] streams = new OrderedStream[16];
    /// Of complete messages: waiting for earlier ones, ready, or with the owner and not released.
    private long completeBytes;
    private long offeredBytes;

    /// Nothing has come yet.
    ///
    /// @param initialTsn the peer's, from its INIT or INIT ACK
    /// @param capacityBytes for everything that is held for the owner; more than one message of `maxMessageBytes`
    public IncomingData(int initialTsn, int capacityBytes, int maxMessageBytes, long sackDelayNanos) {
        this.capacityBytes = capacityBytes;
        this.maxMessageBytes = maxMessageBytes;
        long before = (initialTsn & 0xffffffffL) - 1;
        tsns = new ReceivedTsns(before);
        fragments = new Fragments(before, maxMessageBytes);
        schedule = new SackSchedule(sackDelayNanos);
        offeredBytes = capacityBytes;
    }

    /// Takes one DATA chunk.
    public @Nullable DropReason receive(DataChunk chunk) {
        packetBytes += chunk.payload().remaining();
        if (chunk.streamId() >= STREAMS) {
            return DropReason.SCTP_UNEXPECTED;
        }
        if (chunk.has(DataChunk.IMMEDIATE)) {
            schedule.want();
        }
        long tsn = tsns.extend(chunk.tsn());
        if (tsns.contains(tsn)) {
            schedule.want();
            if (duplicateCount < MAX_DUPLICATES) {
                duplicates[duplicateCount++] = chunk.tsn();
            }
            return DropReason.DUPLICATE;
        }
        boolean next = tsn == tsns.cumulative() + 1;
        int size = chunk.payload().remaining();
        boolean fillsHole = next && tsns.blocks() > 0;
        long most = fillsHole ? (long) capacityBytes + maxMessageBytes : capacityBytes;
        if (tsn - tsns.cumulative() > MAX_AHEAD
                || !fragments.hasRoomFor(tsn)
                || heldBytes() + size > most
                || !tsns.add(tsn)) {
            schedule.want();
            return DropReason.SCTP_OUT_OF_WINDOW;
        }
        if (!next || tsns.blocks() > 0) {
            schedule.want();
        }
        take(tsn, new Fragment(chunk));
        fragments.sweepTo(tsns.cumulative());
        return null;
    }

    /// Goes past what the sender has given up (RFC 3758 section 3.6).
    public void goPast(ForwardTsnChunk chunk) {
        schedule.want();
        long cumulative = tsns.extend(chunk.newCumulativeTsn());
        if (cumulative <= tsns.cumulative()) {
            return;
        }
        tsns.advanceTo(cumulative);
        fragments.skipTo(cumulative);
        fragments.sweepTo(tsns.cumulative());
        for (int i = 0; i < chunk.streams(); i++) {
            if (chunk.streamId(i) < STREAMS) {
                stream(chunk.streamId(i)).skipTo(chunk.streamSequence(i), ready);
            }
        }
    }

    /// The peer begins with sequence number 0 on these streams, on all when there are none (RFC 6525 section
    /// 5.2.2).
    public void resetStreams(List<Integer> ids) {
        if (ids.isEmpty()) {
            for (OrderedStream stream : streams) {
                completeBytes -= stream == null ? 0 : stream.reset();
            }
        }
        for (int id : ids) {
            OrderedStream stream = id < streams.length ? streams[id] : null;
            completeBytes -= stream == null ? 0 : stream.reset();
        }
    }

    /// True when the peer has sent a longer message than we take.
    public boolean isOverlong() {
        return fragments.isOverlong();
    }

    /// A packet with DATA or FORWARD TSN chunks has been handled.
    public void onPacket(long nowNanos) {
        schedule.onPacket(nowNanos, packetBytes);
        packetBytes = 0;
    }

    /// The next message in the order of delivery.
    public @Nullable IncomingMessage poll() {
        return ready.poll();
    }

    /// The owner has done with a message of `bytes` that it had polled.
    public void release(int bytes) {
        completeBytes -= bytes + IncomingMessage.OVERHEAD_BYTES;
        // A window that was nearly shut and is open again is told at once: the peer may be waiting for nothing else.
        long low = capacityBytes / 4;
        if (offeredBytes < low && windowBytes() >= 2 * low) {
            schedule.atOnce();
        }
    }

    /// When a SACK is due; `Long.MAX_VALUE` for never.
    public long sackAtNanos() {
        return schedule.dueAtNanos();
    }

    /// True when something has come since the last SACK.
    public boolean hasUnacknowledged() {
        return schedule.dueAtNanos() != SackSchedule.NEVER;
    }

    /// Appends a SACK; `sackSent` follows when it stays in the packet.
    public void writeSack(ByteBuffer out) {
        int room = (out.remaining() - SackChunk.HEADER_BYTES) / SackChunk.ENTRY_BYTES;
        int blocks = Math.min(tsns.blocks(), room);
        int doubles = Math.min(duplicateCount, room - blocks);
        int start = SackChunk.begin(out, (int) tsns.cumulative(), (int) windowBytes(), blocks, doubles);
        for (int i = 0; i < blocks; i++) {
            out.putShort((short) (tsns.start(i) - tsns.cumulative()));
            out.putShort((short) (tsns.end(i) - tsns.cumulative()));
        }
        for (int i = 0; i < doubles; i++) {
            out.putInt(duplicates[i]);
        }
        ChunkWriter.end(out, start);
    }

    public void sackSent(long nowNanos) {
        duplicateCount = 0;
        offeredBytes = windowBytes();
        schedule.sent(nowNanos);
    }

    public void sackAtOnce() {
        schedule.atOnce();
    }

    public int cumulativeTsn() {
        return (int) tsns.cumulative();
    }

    private void take(long tsn, Fragment fragment) {
        IncomingMessage message = fragments.add(tsn, fragment);
        if (message == null) {
            return;
        }
        if (message.unordered()) {
            completeBytes += message.costBytes();
            ready.add(message);
            return;
        }
        OrderedStream stream = stream(message.streamId());
        if (stream.add(message)) {
            completeBytes += message.costBytes();
            stream.deliverTo(ready);
        }
    }

    private OrderedStream stream(int id) {
        if (id >= streams.length) {
            streams = Arrays.copyOf(streams, Math.max(id + 1, streams.length * 2));
        }
        OrderedStream stream = streams[id];
        if (stream == null) {
            stream = new OrderedStream();
            streams[id] = stream;
        }
        return stream;
    }

    private long heldBytes() {
        return fragments.heldBytes() + completeBytes;
    }

    private long windowBytes() {
        return Math.max(0, capacityBytes - heldBytes());
    }
}
