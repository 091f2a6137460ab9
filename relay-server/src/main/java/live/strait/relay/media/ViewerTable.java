package live.strait.relay.media;

import java.nio.ByteBuffer;
import java.util.Arrays;
import live.strait.protocol.crypto.AeadCipher;
import live.strait.protocol.crypto.NativeMemory;
import live.strait.protocol.crypto.NativeSealer;
import live.strait.protocol.rtp.RtpHeaderWriter;
import live.strait.protocol.srtp.RtpSealing;
import live.strait.relay.egress.Egress;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.loop.RouteTable;
import live.strait.relay.peer.MediaRoute;
import org.jspecify.annotations.Nullable;

/// One loop's viewers of a track, and the short way to those who follow a layer, on which nothing is decided.
///
/// While a viewer stays with a layer of which everything comes in its turn, all numbers of its packets lie at fixed
/// distances from the publisher's. Those distances, and what else its packets' headers and vectors take, are one
/// row of a cache line here, beside the rows of the others, as the [RouteTable] has what belongs to the session:
/// the processor reads ahead what it would otherwise have to fetch from objects all over the heap. A viewer's
/// [Subscription] decides when this begins and ends; its mappers learn now and then how far it has come.
///
/// ```
///   row   0 outgoing less incoming sequence number   1 ivLow   2 ivHigh | SSRC   3 timestamp's distance
///         4 picture id's | tl0PicIdx's   5 route | payload type, id of transport-wide-cc   6 extensions   7 frames
/// ```
final class ViewerTable {
    /// A browser's first picture is there after a tenth of this.
    private static final long NEWCOMER_NANOS = 3_000_000_000L;

    private static final int ROW = 8;
    private static final int SEQUENCE = 0;
    private static final int IV_LOW = 1;
    private static final int IV_HIGH_AND_SSRC = 2;
    private static final int TIMESTAMP = 3;
    private static final int PICTURE = 4;
    private static final int ROUTE_AND_HEADER = 5;
    private static final int EXTENSIONS = 6;
    private static final int FRAMES = 7;

    private @Nullable Subscription[] viewers = new Subscription[8];
    private @Nullable Lead[] leads = new Lead[8];
    private long[] rows = new long[8 * ROW];
    private long[] settledNanos = new long[8];
    private int size;

    int size() {
        return size;
    }

    Subscription viewer(int place) {
        Subscription at = viewers[place];
        if (at == null) {
            throw new IndexOutOfBoundsException(place);
        }
        return at;
    }

    /// Whether the viewer came within the last seconds.
    boolean isNewcomer(int place, long nowNanos) {
        return nowNanos < settledNanos[place];
    }

    /// What is followed, or null while every packet is looked at.
    @Nullable
    Lead lead(int place) {
        return leads[place];
    }

    /// One more viewer, whose place is returned; [Subscription#moveTo] tells when it is another.
    int add(Subscription viewer, long nowNanos) {
        if (size == viewers.length) {
            viewers = Arrays.copyOf(viewers, 2 * size);
            leads = Arrays.copyOf(leads, 2 * size);
            rows = Arrays.copyOf(rows, 2 * size * ROW);
            settledNanos = Arrays.copyOf(settledNanos, 2 * size);
        }
        viewers[size] = viewer;
        leads[size] = null;
        settledNanos[size] = nowNanos + NEWCOMER_NANOS;
        return size++;
    }

    /// The last viewer takes the place.
    void remove(int place) {
        size--;
        Subscription last = viewer(size);
        viewers[place] = last;
        leads[place] = leads[size];
        settledNanos[place] = settledNanos[size];
        System.arraycopy(rows, size * ROW, rows, place * ROW, ROW);
        viewers[size] = null;
        leads[size] = null;
        last.moveTo(place);
    }

    /// The viewer follows from now on: what comes next is moved as a packet just sent was.
    ///
    /// @param sent that packet; its number was `out`, and `rewrite` has its other numbers
    void settle(
            int place,
            Lead lead,
            CachedPacket sent,
            long out,
            PacketRewrite rewrite,
            PacketSender sender,
            MediaRoute by) {
        RtpSealing sealing = by.sealing();
        if (sealing == null) {
            return;
        }
        leads[place] = lead;
        int row = place * ROW;
        rows[row + SEQUENCE] = out - sent.extSeq;
        rows[row + IV_LOW] = sealing.ivLow(sender.ssrc());
        rows[row + IV_HIGH_AND_SSRC] = pair(sealing.ivHigh(sender.ssrc()), sender.ssrc());
        rows[row + TIMESTAMP] = rewrite.timestamp - sent.timestamp;
        rows[row + PICTURE] = pair(rewrite.pictureId - sent.frame.pictureId, rewrite.tl0PicIdx - sent.frame.tl0PicIdx);
        rows[row + ROUTE_AND_HEADER] = pair(by.place(), sender.payloadType() << 8 | sender.transportWideId());
        rows[row + EXTENSIONS] = sender.extensionIds();
        rows[row + FRAMES] = lead.frames();
    }

    void leave(int place) {
        leads[place] = null;
    }

    /// The distance of the outgoing sequence numbers; only of who follows.
    long sequenceShift(int place) {
        return rows[place * ROW + SEQUENCE];
    }

    /// Whether it is time for the viewer's subscription to learn how far its layer has come.
    boolean isFarBehind(int place, Lead lead) {
        return lead.frames() - (int) rows[place * ROW + FRAMES] >= lead.mostFramesBehind();
    }

    /// The viewer's subscription knows what was sent so far; only of who follows.
    void caughtUp(int place, Lead lead) {
        rows[place * ROW + FRAMES] = lead.frames();
    }

    /// Sends a burst of what is followed, which comes in its turn and is staged; false when the viewer's
    /// subscription has to look at it.
    boolean forward(int place, Burst burst, MediaLoop loop) {
        int row = place * ROW;
        RouteTable routes = loop.routes();
        int route = (int) (rows[row + ROUTE_AND_HEADER] >>> 32);
        int to = routes.destination(route);
        NativeSealer sealer = routes.sealer(route);
        Egress egress = loop.egress();
        NativeMemory memory = egress.memory();
        if (to == Egress.NOWHERE || sealer == null || memory == null) {
            return false;
        }
        CachedPacket first = burst.packet(0);
        NativeMemory stage = loop.stageMemory();
        long key = routes.key(route);
        int payloadType = (int) rows[row + ROUTE_AND_HEADER] >> 8;
        int transportWideId = (int) rows[row + ROUTE_AND_HEADER] & 0xff;
        int transportSeq = routes.nextTransportSequences(route, transportWideId == 0 ? 0 : burst.size());
        boolean isPlain =
                RtpHeaderWriter.fitsInt16(transportWideId) && (rows[row + EXTENSIONS] & burst.extensionIds()) == 0;
        long out = first.extSeq + rows[row + SEQUENCE];
        long timestamp = first.timestamp + rows[row + TIMESTAMP];
        int pictureId = PacketRewrite.shifted(first.frame.pictureId, (int) (rows[row + PICTURE] >>> 32), 0xffff);
        int tl0PicIdx = PacketRewrite.shifted(first.frame.tl0PicIdx, (int) rows[row + PICTURE], 0xff);
        long ivLow = rows[row + IV_LOW];
        int ivHigh = (int) (rows[row + IV_HIGH_AND_SSRC] >>> 32);
        int ssrc = (int) rows[row + IV_HIGH_AND_SSRC];
        for (int i = 0; i < burst.size(); i++, out++, transportSeq++) {
            CachedPacket packet = burst.packet(i);
            packet.renumber(pictureId, tl0PicIdx);
            ByteBuffer datagram = egress.claim();
            int at = egress.claimedAt();
            int headerBytes = RtpHeaderWriter.WITH_INT16_BYTES;
            if (isPlain) {
                RtpHeaderWriter.writeWithInt16(
                        memory.buffer(),
                        at,
                        packet.paddingBytes > 0,
                        packet.marker,
                        payloadType,
                        (int) out,
                        timestamp,
                        ssrc,
                        transportWideId,
                        transportSeq);
            } else {
                viewer(place)
                        .sender()
                        .writeHeader(packet, payloadType, (int) out, timestamp, transportSeq, datagram, burst.header);
                headerBytes = datagram.position();
            }
            int textBytes = packet.payloadBytes + packet.paddingBytes;
            datagram.position(0).limit(headerBytes + textBytes + AeadCipher.TAG_BYTES); // throws where it does not fit
            sealer.seal(
                    key, ivHigh, ivLow ^ out, stage, packet.view.payloadOffset(), memory, at, headerBytes, textBytes);
            egress.commit(to);
        }
        return true;
    }

    private static long pair(int high, int low) {
        return (long) high << 32 | (low & 0xffff_ffffL);
    }
}
