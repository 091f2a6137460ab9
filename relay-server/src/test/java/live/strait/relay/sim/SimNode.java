package live.strait.relay.sim;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import live.strait.protocol.crypto.CryptoEngine;
import live.strait.protocol.crypto.IndexGuard;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.dtls.DtlsCertificate;
import live.strait.protocol.dtls.DtlsHandshakes;
import live.strait.protocol.dtls.DtlsMachine;
import live.strait.protocol.dtls.DtlsOptions;
import live.strait.protocol.dtls.DtlsRole;
import live.strait.protocol.ice.IceCredentials;
import live.strait.protocol.ice.IceLiteAgent;
import live.strait.protocol.ice.IceOptions;
import live.strait.protocol.ice.PeerAddress;
import live.strait.protocol.rtcp.NtpClock;
import live.strait.relay.TestCrypto;
import live.strait.relay.loop.LoopMailbox;
import live.strait.relay.loop.LoopTimer;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.loop.RecordingEgress;
import live.strait.relay.observe.LoopCounters;
import live.strait.relay.observe.LoopCounters.Counter;
import live.strait.relay.peer.LaneChannels;
import live.strait.relay.peer.PeerMedia;
import live.strait.relay.peer.PeerSession;
import live.strait.relay.peer.SessionEnd;
import live.strait.relay.peer.SessionListener;
import live.strait.signaling.control.SessionId;
import org.jspecify.annotations.Nullable;

/// A node without sockets: media loops whose mailboxes are drained by hand, and a clock that a test turns.
///
/// Everything happens on the test's thread, in steps of [#STEP_NANOS]; only the DTLS handshakes of [#connect] have
/// threads of their own, and they take no virtual time. Every packet that anybody seals goes past an [IndexGuard].
public final class SimNode implements SessionListener {
    /// 250 microseconds: fine enough for the order of packets of a burst.
    static final long STEP_NANOS = 250_000;

    static final DtlsCertificate CERTIFICATE = DtlsCertificate.selfSigned();
    static final PeerAddress ADDRESS = PeerAddress.udp(new InetSocketAddress("192.0.2.1", 8443));

    private static final long START_NANOS = 1_000_000_000_000L;
    private static final long CONNECT_PATIENCE_SECONDS = 20;

    private final List<SimLoop> loops = new ArrayList<>();
    private final List<MediaLoop> mediaLoops = new ArrayList<>();
    private final List<SimPeer> peers = new ArrayList<>();
    private final Map<PeerAddress, PeerSession> table = new HashMap<>();
    private final Map<PeerAddress, SimPeer> byAddress = new HashMap<>();
    private final Set<PeerSession> connected = new HashSet<>();
    private final Map<PeerSession, SessionEnd> ended = new HashMap<>();
    private final Semaphore handshakeNews = new Semaphore(0);
    private final IndexGuard guard = new IndexGuard(TestCrypto.engine());
    private final CryptoEngine crypto;
    private final NtpClock clock = new NtpClock(1_700_000_000L * 1_000_000_000L);
    private long nowNanos = START_NANOS;
    private int sessionCount;
    private int addressCount;

    /// A node whose packets all go past the guard.
    public SimNode(int loopCount) {
        this(loopCount, null);
    }

    /// A node, and peers, with another engine, past the guard.
    SimNode(int loopCount, @Nullable CryptoEngine engine) {
        crypto = engine == null ? guard : engine;
        for (int i = 0; i < loopCount; i++) {
            SimLoop loop = new SimLoop(i, nowNanos);
            loops.add(loop);
            mediaLoops.add(loop.media);
        }
    }

    public List<MediaLoop> loops() {
        return mediaLoops;
    }

    public long nowNanos() {
        return nowNanos;
    }

    /// Sees every packet that is sealed, by the node and by its peers.
    public IndexGuard guard() {
        return guard;
    }

    /// What peers seal and open with.
    CryptoEngine crypto() {
        return crypto;
    }

    /// Counts what the node sends from now on, and throws it away.
    void discardOutput() {
        loops.forEach(loop -> loop.egress.discard());
    }

    /// What the node has sent since the last call and nobody has carried to a peer, loop by loop.
    List<RecordingEgress.Datagram> takeOutput() {
        return loops.stream().flatMap(loop -> loop.egress.take().stream()).toList();
    }

    /// Leaves the node's half of all sessions alone in memory; the peers fall silent without a goodbye.
    void forgetPeers() {
        peers.clear();
        byAddress.clear();
    }

    /// The node's wall clock, and the hosts'.
    public NtpClock clock() {
        return clock;
    }

    /// A number between 1 and the end of the address space for each peer, so that addresses do not repeat.
    PeerAddress newAddress(PeerAddress.Transport transport) {
        return new PeerAddress(new InetSocketAddress("198.51.100.7", 20_000 + addressCount++), transport);
    }

    /// What the node's TCP connections say of their backlog from now on.
    public void setTcpBacklog(Duration age) {
        loops.forEach(loop -> loop.egress.setBacklogNanos(age.toNanos()));
    }

    /// Brings a peer in: ICE and DTLS over a line without delay, until both ends have keys; then its media.
    public void connect(SimPeer peer, MediaLoop loop, PeerMedia media) {
        connect(peer, loop, media, null);
    }

    /// As the other, for a peer with data channels.
    public void connect(SimPeer peer, MediaLoop loop, PeerMedia media, @Nullable LaneChannels lane) {
        begin(peer, loop, media, lane);
        runUntilHandshaken(() -> peer.isConnected() && connected.contains(peer.session()));
    }

    /// As [#connect], but does not wait for the handshake.
    public void begin(SimPeer peer, MediaLoop loop, PeerMedia media) {
        begin(peer, loop, media, null);
    }

    private void begin(SimPeer peer, MediaLoop loop, PeerMedia media, @Nullable LaneChannels lane) {
        IceCredentials local = IceCredentials.random(peer.random());
        PeerSession session = new PeerSession(
                new SessionId("session" + sessionCount++),
                loop,
                new IceLiteAgent(local, peer.credentials(), IceOptions.DEFAULT, nowNanos),
                wakeUp -> new DtlsMachine(
                        CERTIFICATE, DtlsRole.SERVER, SimPeer.CERTIFICATE.fingerprint(), DtlsOptions.DEFAULT, () -> {
                            wakeUp.run();
                            handshakeNews.release();
                        }),
                crypto,
                media,
                lane,
                this);
        peer.begin(this, session, local, handshakeNews::release);
        peers.add(peer);
        register(peer);
    }

    /// Waits until no more than so many handshakes have a thread, peers' own ones included.
    public void awaitHandshakes(int atMost) {
        runUntilHandshaken(() -> DtlsHandshakes.OF_PROCESS.inProgress() <= atMost);
    }

    /// The peer's packets come from there and the node's go there from now on.
    void register(SimPeer peer) {
        byAddress.put(peer.address(), peer);
    }

    /// Handles all that happens within `duration`.
    public void run(Duration duration) {
        long end = nowNanos + duration.toNanos();
        while (nowNanos < end) {
            nowNanos += STEP_NANOS;
            step(true);
        }
    }

    /// Lets all loops do what is queued for them, at the present time.
    public void settle() {
        boolean any;
        do {
            any = false;
            for (SimLoop loop : loops) {
                any |= loop.drain(nowNanos);
            }
        } while (any);
        carryOut();
    }

    public long total(Counter counter) {
        return loops.stream().mapToLong(loop -> loop.counters.get(counter)).sum();
    }

    public long total(DropReason reason) {
        return loops.stream().mapToLong(loop -> loop.counters.get(reason)).sum();
    }

    public Map<PeerSession, SessionEnd> ended() {
        return ended;
    }

    /// The addresses by which datagrams are brought to sessions.
    public Map<PeerAddress, PeerSession> table() {
        return table;
    }

    /// Gives a datagram to its session, as the edge does.
    void receive(ByteBuffer datagram, PeerAddress from, PeerSession addressed) {
        PeerSession session = table.getOrDefault(from, addressed);
        MediaLoop loop = session.loop();
        loop.beginBatch(nowNanos);
        session.receive(datagram, from, nowNanos, nowNanos);
        loop.endBatch();
    }

    @Override
    public void onConnected(PeerSession session) {
        connected.add(session);
    }

    @Override
    public void onEnded(PeerSession session, SessionEnd end, String detail) {
        ended.put(session, end);
        session.announcedPaths().forEach(path -> table.remove(path, session));
    }

    @Override
    public void onPathValidated(PeerSession session, PeerAddress from) {
        table.put(from, session);
    }

    @Override
    public void onPathForgotten(PeerSession session, PeerAddress from) {
        table.remove(from, session);
    }

    private void step(boolean timePasses) {
        for (SimPeer peer : List.copyOf(peers)) {
            peer.step(nowNanos, timePasses);
        }
        settle();
        if (nowNanos % LoopTimer.TICK_NANOS == 0) {
            for (SimLoop loop : loops) {
                loop.media.advanceTimers(nowNanos);
            }
            settle();
        }
    }

    private void carryOut() {
        for (SimLoop loop : loops) {
            for (RecordingEgress.Datagram datagram : loop.egress.take()) {
                SimPeer peer = byAddress.get(datagram.to());
                if (peer != null) {
                    peer.send(nowNanos, datagram.bytes());
                }
            }
        }
    }

    private void runUntilHandshaken(BooleanSupplier connected) {
        long patienceEnds = System.nanoTime() + TimeUnit.SECONDS.toNanos(CONNECT_PATIENCE_SECONDS);
        while (!connected.getAsBoolean()) {
            step(false);
            if (System.nanoTime() > patienceEnds) {
                throw new AssertionError("the handshake does not end");
            }
            try {
                if (handshakeNews.tryAcquire(1, TimeUnit.MILLISECONDS)) {
                    handshakeNews.drainPermits();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /// A media loop and the way out of it.
    private static final class SimLoop {
        private final RecordingEgress egress = new RecordingEgress();
        private final LoopCounters counters = new LoopCounters();
        private final MediaLoop media;
        private volatile boolean woken;

        private SimLoop(int index, long nowNanos) {
            media = new MediaLoop(index, new LoopMailbox(() -> woken = true), egress, counters, nowNanos);
        }

        private boolean drain(long nowNanos) {
            if (!woken) {
                return false;
            }
            woken = false;
            media.drainMailbox(nowNanos);
            return true;
        }
    }
}
