package live.strait.relay.edge;

import java.nio.ByteBuffer;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.demux.PacketKind;
import live.strait.protocol.ice.PeerAddress;
import live.strait.protocol.ice.StunPeek;
import live.strait.protocol.rtcp.RtcpReader;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.observe.LoopCounters.Counter;
import live.strait.relay.peer.PeerMedia;
import live.strait.relay.peer.PeerSession;
import org.jspecify.annotations.Nullable;

/// Brings each datagram to its session, on whatever loop that lives.
///
/// The kernel spreads peers over the sockets by their addresses, admission spreads sessions over the loops by
/// load: a datagram that lands elsewhere is copied over, by [HandOvers]. Uplink is small; egress always leaves
/// from the session's own socket.
final class DatagramRouter implements LoopInput.Destination {
    private final MediaLoop loop;
    private final PeerTable table;
    private final HandOvers handOvers = new HandOvers();

    DatagramRouter(MediaLoop loop, PeerTable table) {
        this.loop = loop;
        this.table = table;
    }

    PeerTable table() {
        return table;
    }

    /// Counts it as received, and whether it is left unread.
    @Override
    public boolean accepts(ByteBuffer datagram) {
        loop.counters().increment(Counter.DATAGRAMS_IN);
        loop.counters().add(Counter.BYTES_IN, datagram.remaining());
        boolean isUnused =
                PacketKind.of(datagram) == PacketKind.RTCP && RtcpReader.isSingle(datagram, PeerMedia.UNUSED_RTCP);
        if (isUnused) {
            loop.counters().increment(Counter.RTCP_UNREAD);
        }
        return !isUnused;
    }

    /// Takes what [#accepts] has let pass. The bytes are the caller's again when this returns.
    @Override
    public void route(ByteBuffer datagram, PeerAddress from, long arrivalNanos, long nowNanos) {
        PacketKind kind = PacketKind.of(datagram);
        PeerSession session = find(kind, datagram, from);
        if (session == null) {
            loop.counters().drop(refusal(kind, datagram));
        } else if (session.loop() == loop) {
            session.receive(datagram, from, arrivalNanos, nowNanos);
        } else {
            handOver(session, datagram, from, arrivalNanos);
        }
    }

    /// A TCP connection is gone; its session, if it had one, must use another path.
    void connectionClosed(PeerAddress from) {
        PeerSession session = table.byAddress(from);
        if (session != null) {
            session.loop().post(now -> session.pathClosed(from, now));
        }
    }

    private @Nullable PeerSession find(PacketKind kind, ByteBuffer datagram, PeerAddress from) {
        if (kind == PacketKind.STUN) {
            // A check names its session itself: an address may have passed from one session to another.
            String ufrag = StunPeek.localUfrag(datagram);
            if (ufrag != null) {
                return table.byUfrag(ufrag);
            }
        }
        return kind == PacketKind.UNKNOWN ? null : table.byAddress(from);
    }

    private static DropReason refusal(PacketKind kind, ByteBuffer datagram) {
        return switch (kind) {
            case STUN -> DropReason.STUN_UNKNOWN_UFRAG;
            case DTLS, RTP, RTCP -> DropReason.UNKNOWN_PEER;
            case UNKNOWN -> datagram.hasRemaining() ? DropReason.UNKNOWN_PROTOCOL : DropReason.EMPTY;
        };
    }

    /// Its arrival goes with it: the other loop's delay must not look like the network's.
    private void handOver(PeerSession session, ByteBuffer datagram, PeerAddress from, long arrivalNanos) {
        loop.counters().increment(Counter.DATAGRAMS_HANDED_OVER);
        if (!handOvers.handOver(session, datagram, from, arrivalNanos)) {
            loop.counters().drop(DropReason.MAILBOX_FULL);
        }
    }
}
