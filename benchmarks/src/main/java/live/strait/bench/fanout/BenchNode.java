package live.strait.bench.fanout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import live.strait.protocol.crypto.CryptoEngine;
import live.strait.protocol.dtls.DtlsCertificate;
import live.strait.protocol.dtls.DtlsMachine;
import live.strait.protocol.dtls.DtlsOptions;
import live.strait.protocol.dtls.DtlsRole;
import live.strait.protocol.ice.IceCredentials;
import live.strait.protocol.ice.IceLiteAgent;
import live.strait.protocol.ice.IceOptions;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.egress.Egress;
import live.strait.relay.loop.LoopMailbox;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.observe.LoopCounters;
import live.strait.relay.peer.PeerMedia;
import live.strait.relay.peer.PeerSession;
import live.strait.relay.peer.SessionEnd;
import live.strait.relay.peer.SessionListener;
import live.strait.signaling.control.SessionId;

/// One media loop on the caller's thread, and sessions on it that have shaken hands.
final class BenchNode implements SessionListener {
    private static final DtlsCertificate CERTIFICATE = DtlsCertificate.selfSigned();
    /// Handshakes at once: each has two threads, and a node bounds them.
    private static final int TOGETHER = 32;
    private static final int PATIENCE_SECONDS = 120;

    private final CryptoEngine crypto;
    private final PeerAddress address;
    private final SwitchedEgress egress;
    private final MediaLoop loop;
    private final Random random = new Random(1);
    private final Semaphore news = new Semaphore(0);
    private final Map<PeerAddress, BenchClient> clients = new HashMap<>();
    private final List<BenchClient> connecting = new ArrayList<>();

    BenchNode(CryptoEngine crypto, PeerAddress address, Egress outside, LoopCounters counters) {
        this.crypto = crypto;
        this.address = address;
        egress = new SwitchedEgress(outside);
        loop = new MediaLoop(0, new LoopMailbox(news::release), egress, counters, System.nanoTime());
    }

    MediaLoop loop() {
        return loop;
    }

    /// Begins a handshake, and waits while there are too many.
    void connect(PeerMedia media, PeerAddress from) throws InterruptedException {
        IceCredentials ofNode = IceCredentials.random(random);
        IceCredentials ofClient = IceCredentials.random(random);
        PeerSession session = new PeerSession(
                new SessionId("viewer" + clients.size()),
                loop,
                new IceLiteAgent(ofNode, ofClient, IceOptions.DEFAULT, System.nanoTime()),
                wakeUp -> new DtlsMachine(
                        CERTIFICATE,
                        DtlsRole.SERVER,
                        BenchClient.CERTIFICATE.fingerprint(),
                        DtlsOptions.DEFAULT,
                        wakeUp),
                crypto,
                media,
                null,
                this);
        BenchClient client = new BenchClient(
                session,
                ofClient,
                ofNode,
                CERTIFICATE.fingerprint(),
                new BenchClient.Addresses(from, address),
                random,
                news::release);
        clients.put(from, client);
        connecting.add(client);
        connectDownTo(TOGETHER - 1);
    }

    /// Ends the handshakes that are under way; from now on datagrams leave this process.
    void letOut() throws InterruptedException {
        connectDownTo(0);
        clients.clear();
        egress.letOut();
    }

    private void connectDownTo(int left) throws InterruptedException {
        long patienceEnds = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (connecting.size() > left) {
            long nowNanos = System.nanoTime();
            if (nowNanos > patienceEnds) {
                throw new IllegalStateException("handshakes do not end");
            }
            connecting.forEach(client -> client.pump(nowNanos));
            loop.drainMailbox(nowNanos);
            for (SwitchedEgress.Kept kept = egress.poll(); kept != null; kept = egress.poll()) {
                BenchClient client = clients.get(kept.to());
                if (client != null) {
                    client.receive(kept.bytes(), nowNanos);
                }
            }
            connecting.removeIf(BenchClient::isConnected);
            if (news.tryAcquire(1, TimeUnit.MILLISECONDS)) {
                news.drainPermits();
            }
        }
    }

    @Override
    public void onConnected(PeerSession session) {}

    @Override
    public void onEnded(PeerSession session, SessionEnd end, String detail) {
        throw new IllegalStateException("a session of the benchmark ended: " + end + ", " + detail);
    }

    @Override
    public void onPathValidated(PeerSession session, PeerAddress from) {}

    @Override
    public void onPathForgotten(PeerSession session, PeerAddress from) {}
}
