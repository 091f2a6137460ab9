package live.strait.relay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.demux.PacketKind;
import live.strait.protocol.dtls.DtlsCertificate;
import live.strait.protocol.dtls.DtlsEvent;
import live.strait.protocol.dtls.DtlsMachine;
import live.strait.protocol.dtls.DtlsOptions;
import live.strait.protocol.dtls.DtlsRole;
import live.strait.protocol.ice.IceClientAgent;
import live.strait.protocol.ice.IceCredentials;
import live.strait.protocol.ice.IceOptions;
import live.strait.protocol.ice.IceTransmit;
import live.strait.protocol.ice.PeerAddress;
import live.strait.protocol.link.LinkDirection;
import live.strait.protocol.link.LinkModel;
import live.strait.protocol.link.LinkProfile;
import live.strait.protocol.link.LinkStatistics;
import live.strait.protocol.rtcp.RtcpPacket;
import live.strait.protocol.rtcp.RtcpReader;
import live.strait.protocol.rtcp.RtcpWriter;
import live.strait.protocol.srtp.SrtpReceiver;
import live.strait.protocol.srtp.SrtpSender;
import live.strait.relay.peer.PeerSession;
import org.jspecify.annotations.Nullable;

/// One remote: a controlling ICE agent, a DTLS client and SRTP both ways, behind a link with a seed.
///
/// The link is taken into use with [#useLink]; until then, and so during the handshake, packets take no time.
public abstract class SimPeer {
    static final DtlsCertificate CERTIFICATE = DtlsCertificate.selfSigned();

    private static final int DATAGRAM_BYTES = 2048;

    private final Random random;
    private final IceCredentials credentials;
    private final ByteBuffer datagram = ByteBuffer.allocate(DATAGRAM_BYTES);
    private final ByteBuffer record = ByteBuffer.allocate(DATAGRAM_BYTES);
    private final IceTransmit iceOut = new IceTransmit();
    private final Map<DropReason, Integer> drops = new EnumMap<>(DropReason.class);
    private @Nullable SimNode node;
    private @Nullable PeerSession session;
    private @Nullable PeerAddress address;
    private @Nullable IceClientAgent ice;
    private @Nullable DtlsMachine dtls;
    private @Nullable SrtpSender sealer;
    private @Nullable SrtpReceiver opener;
    private @Nullable LinkModel up;
    private @Nullable LinkModel down;
    private PeerAddress.Transport transport = PeerAddress.Transport.UDP;
    private boolean silent;
    private boolean losesChecks;

    SimPeer(long seed) {
        random = new Random(seed);
        credentials = IceCredentials.random(random);
    }

    final Random random() {
        return random;
    }

    final IceCredentials credentials() {
        return credentials;
    }

    /// The node's side of this peer.
    public final PeerSession session() {
        return Objects.requireNonNull(session);
    }

    final SimNode node() {
        return Objects.requireNonNull(node);
    }

    final PeerAddress address() {
        return Objects.requireNonNull(address);
    }

    final DtlsMachine dtls() {
        return Objects.requireNonNull(dtls);
    }

    final boolean isConnected() {
        return sealer != null;
    }

    /// What this peer could not use, by reason.
    public final Map<DropReason, Integer> drops() {
        return drops;
    }

    /// Puts a link of these settings between the peer and the node, in the words of [LinkProfile].
    public final void useLink(String settings, long seed) {
        LinkProfile profile = LinkProfile.parse(settings, settings);
        long nowNanos = node().nowNanos();
        up = new LinkModel(profile, LinkDirection.LEFT_TO_RIGHT, seed, nowNanos);
        down = new LinkModel(profile, LinkDirection.RIGHT_TO_LEFT, seed, nowNanos);
    }

    /// What the link has done to what the node sends.
    public final LinkStatistics statistics() {
        return Objects.requireNonNull(down).statistics();
    }

    /// The next address, from which it connects or to which it roams, is one of ICE-TCP.
    public final void useTcp() {
        transport = PeerAddress.Transport.TCP;
    }

    public final void useUdp() {
        transport = PeerAddress.Transport.UDP;
    }

    /// Nothing comes from this peer any more: its process is gone.
    public final void fallSilent() {
        silent = true;
    }

    /// Of what this peer sends the network loses each STUN check from now on, and nothing else.
    public final void loseChecks() {
        losesChecks = true;
    }

    /// The peer's packets come from another address from now on.
    public final void roam() {
        moveTo(node().newAddress(transport));
    }

    /// As [#roam], to an address that it had before.
    final void moveTo(PeerAddress next) {
        address = next;
        node().register(this);
        Objects.requireNonNull(ice).onLocalAddressChanged(node().nowNanos());
    }

    final void begin(SimNode at, PeerSession ours, IceCredentials remote, Runnable handshakeNews) {
        node = at;
        session = ours;
        address = at.newAddress(transport);
        ice = new IceClientAgent(
                credentials, remote, List.of(SimNode.ADDRESS), IceOptions.DEFAULT, at.nowNanos(), random);
        dtls = new DtlsMachine(
                CERTIFICATE, DtlsRole.CLIENT, SimNode.CERTIFICATE.fingerprint(), DtlsOptions.DEFAULT, handshakeNews);
    }

    /// Carries what has arrived and is due; media and its books only when time passes.
    final void step(long nowNanos, boolean timePasses) {
        if (silent) {
            return;
        }
        LinkModel towardsNode = up;
        LinkModel fromNode = down;
        if (towardsNode != null && fromNode != null) {
            while (towardsNode.nextDeliveryNanos() <= nowNanos && towardsNode.poll(nowNanos, datagram)) {
                node().receive(datagram, address(), session());
            }
            while (fromNode.nextDeliveryNanos() <= nowNanos && fromNode.poll(nowNanos, datagram)) {
                receive(nowNanos, datagram);
            }
        }
        pump(nowNanos);
        if (isConnected() && timePasses) {
            tick(nowNanos);
        }
    }

    /// The node has sent this to us.
    final void send(long nowNanos, ByteBuffer bytes) {
        LinkModel link = down;
        if (silent) {
            return;
        }
        if (link == null) {
            receive(nowNanos, bytes);
        } else {
            link.send(nowNanos, bytes);
        }
    }

    /// Seals and sends; the packet's buffer has room behind its limit.
    final void sendRtp(long nowNanos, ByteBuffer packet, long extSeq) {
        Objects.requireNonNull(sealer).protectRtp(packet, extSeq);
        toNode(nowNanos, packet);
    }

    final void sendRtcp(long nowNanos, RtcpPacket... packets) {
        ByteBuffer compound = ByteBuffer.allocate(DATAGRAM_BYTES);
        for (RtcpPacket packet : packets) {
            assertThat(RtcpWriter.append(compound, packet)).isTrue();
        }
        Objects.requireNonNull(sealer).protectRtcp(compound.flip());
        toNode(nowNanos, compound);
    }

    abstract void onRtp(long nowNanos, ByteBuffer packet);

    abstract void onRtcp(long nowNanos, RtcpPacket packet);

    /// Called every step.
    abstract void tick(long nowNanos);

    private void toNode(long nowNanos, ByteBuffer bytes) {
        LinkModel link = up;
        if (link == null) {
            ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
            node().receive(copy, address(), session());
        } else {
            link.send(nowNanos, bytes);
        }
    }

    private void receive(long nowNanos, ByteBuffer bytes) {
        DropReason dropped =
                switch (PacketKind.of(bytes)) {
                    case STUN -> Objects.requireNonNull(ice).receive(nowNanos, bytes, SimNode.ADDRESS);
                    case DTLS -> Objects.requireNonNull(dtls).receive(nowNanos, bytes);
                    case RTP -> openRtp(nowNanos, bytes);
                    case RTCP -> openRtcp(nowNanos, bytes);
                    case UNKNOWN -> DropReason.UNKNOWN_PROTOCOL;
                };
        if (dropped != null) {
            drops.merge(dropped, 1, Integer::sum);
        }
    }

    private @Nullable DropReason openRtp(long nowNanos, ByteBuffer bytes) {
        SrtpReceiver keys = opener;
        if (keys == null) {
            return DropReason.SRTP_NOT_READY;
        }
        DropReason dropped = keys.unprotectRtp(bytes);
        if (dropped == null) {
            onRtp(nowNanos, bytes);
        }
        return dropped;
    }

    private @Nullable DropReason openRtcp(long nowNanos, ByteBuffer bytes) {
        SrtpReceiver keys = opener;
        if (keys == null) {
            return DropReason.SRTP_NOT_READY;
        }
        DropReason dropped = keys.unprotectRtcp(bytes);
        return dropped != null ? dropped : RtcpReader.read(bytes, packet -> onRtcp(nowNanos, packet));
    }

    private void pump(long nowNanos) {
        IceClientAgent agent = Objects.requireNonNull(ice);
        DtlsMachine machine = Objects.requireNonNull(dtls);
        if (agent.nextDeadline().isDue(nowNanos)) {
            agent.onTimeout(nowNanos);
        }
        while (agent.pollTransmit(iceOut)) {
            if (!losesChecks) {
                toNode(nowNanos, iceOut.bytes);
            }
        }
        while (agent.pollEvent() != null) {
            machine.start();
        }
        while (agent.selectedPath() != null && machine.pollTransmit(record)) {
            toNode(nowNanos, record);
        }
        for (DtlsEvent event = machine.pollEvent(); event != null; event = machine.pollEvent()) {
            if (event instanceof DtlsEvent.Connected(var local, var remote)) {
                sealer = new SrtpSender(local, node().crypto());
                opener = new SrtpReceiver(remote, node().crypto());
            }
        }
    }
}
