package live.strait.bench.fanout;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import live.strait.protocol.demux.PacketKind;
import live.strait.protocol.dtls.DtlsCertificate;
import live.strait.protocol.dtls.DtlsEvent;
import live.strait.protocol.dtls.DtlsMachine;
import live.strait.protocol.dtls.DtlsOptions;
import live.strait.protocol.dtls.DtlsRole;
import live.strait.protocol.dtls.Fingerprint;
import live.strait.protocol.ice.IceClientAgent;
import live.strait.protocol.ice.IceCredentials;
import live.strait.protocol.ice.IceOptions;
import live.strait.protocol.ice.IceTransmit;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.peer.PeerSession;

/// The far end of a session until its handshake is done: controlling ICE and a DTLS client, in this process.
final class BenchClient {
    static final DtlsCertificate CERTIFICATE = DtlsCertificate.selfSigned();

    private static final int DATAGRAM_BYTES = 2048;

    private final PeerSession session;
    private final Addresses addresses;
    private final IceClientAgent ice;
    private final DtlsMachine dtls;
    private final IceTransmit check = new IceTransmit();
    private boolean connected;

    /// Both ends of the path.
    record Addresses(PeerAddress client, PeerAddress node) {}

    BenchClient(
            PeerSession session,
            IceCredentials ofClient,
            IceCredentials ofNode,
            Fingerprint fingerprint,
            Addresses addresses,
            Random random,
            Runnable news) {
        this.session = session;
        this.addresses = addresses;
        List<PeerAddress> remote = List.of(addresses.node);
        ice = new IceClientAgent(ofClient, ofNode, remote, IceOptions.DEFAULT, System.nanoTime(), random);
        dtls = new DtlsMachine(CERTIFICATE, DtlsRole.CLIENT, fingerprint, DtlsOptions.DEFAULT, news);
    }

    boolean isConnected() {
        return connected;
    }

    void receive(ByteBuffer datagram, long nowNanos) {
        if (PacketKind.of(datagram) == PacketKind.STUN) {
            ice.receive(nowNanos, datagram, addresses.node);
        } else if (PacketKind.of(datagram) == PacketKind.DTLS) {
            dtls.receive(nowNanos, datagram);
        }
    }

    void pump(long nowNanos) {
        if (ice.nextDeadline().isDue(nowNanos)) {
            ice.onTimeout(nowNanos);
        }
        while (ice.pollTransmit(check)) {
            session.receive(check.bytes, addresses.client, nowNanos, nowNanos);
        }
        while (ice.pollEvent() != null) {
            dtls.start();
        }
        for (ByteBuffer out = ByteBuffer.allocate(DATAGRAM_BYTES);
                ice.selectedPath() != null && dtls.pollTransmit(out);
                out = ByteBuffer.allocate(DATAGRAM_BYTES)) {
            session.receive(out, addresses.client, nowNanos, nowNanos);
        }
        for (DtlsEvent event = dtls.pollEvent(); event != null; event = dtls.pollEvent()) {
            connected |= event instanceof DtlsEvent.Connected;
        }
    }
}
