package live.strait.relay.peer;

import java.nio.ByteBuffer;
import java.util.concurrent.ThreadLocalRandom;
import live.strait.protocol.ice.PeerAddress;
import live.strait.protocol.srtp.RtpSealing;
import live.strait.protocol.srtp.SrtpSender;
import live.strait.relay.egress.Egress;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.loop.RouteTable;
import org.jspecify.annotations.Nullable;

/// The way out of a session's RTP and RTCP: where to, under which keys, and the transport-wide number of the next
/// packet.
///
/// Its session keeps it true: there is an address once ICE has found a path, and a sealer from the handshake to
/// the end. What fan-out needs of that stands in the loop's [RouteTable].
public final class MediaRoute {
    private static final int NONE = -1;

    private final Egress egress;
    private final RouteTable table;
    private int place = NONE;
    private @Nullable PeerAddress to;
    private @Nullable SrtpSender sealer;
    private @Nullable RtpSealing sealing;

    MediaRoute(MediaLoop loop) {
        egress = loop.egress();
        table = loop.routes();
    }

    /// The way packets take to the peer, or null before ICE has found one.
    @Nullable
    PeerAddress to() {
        return to;
    }

    void leadTo(@Nullable PeerAddress peer) {
        to = peer;
        if (place != NONE) {
            table.leadTo(place, peer);
        }
    }

    /// From now on there are keys.
    void sealBy(SrtpSender keys) {
        sealer = keys;
        place = table.take(ThreadLocalRandom.current().nextInt(1 << 15));
        sealing = keys.sealing();
        table.sealBy(place, sealing);
        leadTo(to);
    }

    /// Nothing can be sealed any more.
    void close() {
        SrtpSender keys = sealer;
        sealer = null;
        sealing = null;
        if (place != NONE) {
            table.giveBack(place);
            place = NONE;
        }
        if (keys != null) {
            keys.close();
        }
    }

    /// Where the [RouteTable] has it; only between the handshake and the end.
    public int place() {
        return place;
    }

    /// Whether fan-out can do with what the table has: datagrams, sealed in native memory.
    public boolean isDirect() {
        return place != NONE
                && table.destination(place) != Egress.NOWHERE
                && table.sealer(place) != null
                && egress.memory() != null;
    }

    /// Whether packets go over ICE-TCP now.
    public boolean isOnTcp() {
        PeerAddress peer = to;
        return peer != null && peer.transport() == PeerAddress.Transport.TCP;
    }

    /// How long what we send has been waiting in front of a TCP connection; 0 over UDP.
    public long backlogNanos(long nowNanos) {
        PeerAddress peer = to;
        return peer == null ? 0 : egress.backlogNanos(peer, nowNanos);
    }

    /// The next transport-wide sequence number, whose low 16 bits count: one row for all lines of a session.
    public int nextTransportSequence() {
        return place == NONE ? 0 : table.nextTransportSequences(place, 1);
    }

    /// How RTP packets are sealed in native memory, or null where that is not to be had.
    public @Nullable RtpSealing sealing() {
        return sealing;
    }

    /// Seals an RTP packet in the claimed buffer and queues it; false when there is no way to the peer.
    public boolean sendRtp(ByteBuffer packet, long extSeq) {
        PeerAddress peer = to;
        SrtpSender keys = sealer;
        if (peer == null || keys == null) {
            return false;
        }
        keys.protectRtp(packet, extSeq);
        egress.commit(peer);
        return true;
    }

    /// As [#sendRtp(ByteBuffer, long)] with only the header in the claimed buffer, and a payload that many get.
    public boolean sendRtp(ByteBuffer header, ByteBuffer payload, int payloadFrom, int payloadBytes, long extSeq) {
        PeerAddress peer = to;
        SrtpSender keys = sealer;
        if (peer == null || keys == null) {
            return false;
        }
        keys.protectRtp(header, payload, payloadFrom, payloadBytes, extSeq);
        egress.commit(peer);
        return true;
    }

    /// As [#sendRtp] for a compound RTCP packet.
    public boolean sendRtcp(ByteBuffer compound) {
        PeerAddress peer = to;
        SrtpSender keys = sealer;
        if (peer == null || keys == null) {
            return false;
        }
        keys.protectRtcp(compound);
        egress.commit(peer);
        return true;
    }
}
