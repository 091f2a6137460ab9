package live.strait.relay.peer;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import live.strait.protocol.crypto.CryptoEngine;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.demux.PacketKind;
import live.strait.protocol.dtls.DtlsEvent;
import live.strait.protocol.dtls.DtlsMachine;
import live.strait.protocol.ice.IceCredentials;
import live.strait.protocol.ice.IceEvent;
import live.strait.protocol.ice.IceLiteAgent;
import live.strait.protocol.ice.IceTransmit;
import live.strait.protocol.ice.PeerAddress;
import live.strait.protocol.rtcp.RtcpReader;
import live.strait.protocol.srtp.SrtpReceiver;
import live.strait.protocol.srtp.SrtpSender;
import live.strait.relay.egress.Egress;
import live.strait.relay.loop.LoopTask;
import live.strait.relay.loop.LoopTimer;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.observe.LoopCounters.Counter;
import live.strait.signaling.control.SessionId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One remote peer from its first STUN check to its end.
///
/// A datagram is told by its first byte and passes the gates in order: STUN always, DTLS from a validated
/// address, SRTP once the handshake has given keys. After each input the machines are drained: what they want to
/// send goes into the egress of the loop, what they report moves the state.
public final class PeerSession extends LoopTimer.Timed {
    private static final Logger log = LoggerFactory.getLogger(PeerSession.class);

    private final SessionId id;
    private final MediaLoop loop;
    private final IceLiteAgent ice;
    private final DtlsMachine dtls;
    private final CryptoEngine crypto;
    private final PeerMedia media;
    /// Null where the peer's offer had no data channels.
    private final @Nullable LaneChannels lane;

    private final SessionListener listener;
    private final Set<PeerAddress> announcedPaths = new HashSet<>();
    private final IceTransmit iceOut = new IceTransmit();
    private State state = State.CONNECTING;
    private final MediaRoute route;
    private @Nullable SrtpReceiver srtpIn;

    /// @param dtlsWiring builds the machine around the wake-up that the session gives it
    public PeerSession(
            SessionId id,
            MediaLoop loop,
            IceLiteAgent ice,
            DtlsWiring dtlsWiring,
            CryptoEngine crypto,
            PeerMedia media,
            @Nullable LaneChannels lane,
            SessionListener listener) {
        this.id = id;
        this.loop = loop;
        this.ice = ice;
        this.crypto = crypto;
        this.media = media;
        this.lane = lane;
        this.listener = listener;
        this.route = new MediaRoute(loop);
        this.dtls = dtlsWiring.create(this::wakeUp);
    }

    public SessionId id() {
        return id;
    }

    public MediaLoop loop() {
        return loop;
    }

    public PeerMedia media() {
        return media;
    }

    /// The way out for what the media sends.
    public MediaRoute route() {
        return route;
    }

    /// The way packets take to the peer, or null before ICE has found one.
    public @Nullable PeerAddress path() {
        return route.to();
    }

    /// Takes one datagram that the table says is ours.
    ///
    /// @param arrivalNanos when it came to this machine: what the network did, without what our loops did
    public void receive(ByteBuffer datagram, PeerAddress from, long arrivalNanos, long nowNanos) {
        if (state == State.ENDED) {
            return;
        }
        try {
            PacketKind kind = PacketKind.of(datagram);
            DropReason dropped = dispatch(kind, datagram, from, arrivalNanos, nowNanos);
            if (dropped != null) {
                loop.counters().drop(dropped);
            }
            if (kind == PacketKind.RTP || kind == PacketKind.RTCP) {
                drainIce(nowNanos); // it may have gone over another path; DTLS has nothing to say to it
                loop.arm(this);
            } else {
                drain(nowNanos);
            }
        } catch (RuntimeException bug) {
            endByBug(bug);
        }
    }

    /// New remote credentials; media flows on over the old path meanwhile.
    public void restartIce(IceCredentials remote, IceCredentials local, long nowNanos) {
        if (state != State.ENDED) {
            ice.restart(remote, local, nowNanos);
            loop.arm(this);
        }
    }

    /// The connection behind a TCP path is gone.
    public void pathClosed(PeerAddress closed, long nowNanos) {
        if (state == State.ENDED) {
            return;
        }
        try {
            ice.pathClosed(closed);
            forgetInvalidPaths();
            drain(nowNanos);
            route.leadTo(ice.selectedPath());
        } catch (RuntimeException bug) {
            endByBug(bug);
        }
    }

    /// Runs what the lane has to do, and sends what comes of it.
    void runOnLane(LoopTask task, long nowNanos) {
        if (state == State.ENDED) {
            return;
        }
        try {
            task.run(nowNanos);
            if (lane == null || !lane.isMoreComing()) {
                drainDtls(nowNanos);
            }
            loop.arm(this);
        } catch (RuntimeException bug) {
            endByBug(bug);
        }
    }

    /// Closes the session, soon, because of an error of ours in what it sends.
    public void fail(RuntimeException bug) {
        loop.post(now -> endByBug(bug));
    }

    /// Ends the session; the first call decides the reason.
    public void end(SessionEnd end, String detail) {
        if (state == State.ENDED) {
            return;
        }
        transition(State.ENDED, detail);
        orLog(() -> media.onClosed(end)); // first: nobody may forward to a session without keys
        orLog(() -> {
            dtls.close();
            drainDtlsOutput();
        });
        if (lane != null) {
            orLog(lane::onEnded);
        }
        forgetKeys();
        listener.onEnded(this, end, detail);
    }

    /// Addresses under which the tables of the loops know this session.
    public Set<PeerAddress> announcedPaths() {
        return announcedPaths;
    }

    @Override
    public long nextDeadlineNanos() {
        if (state == State.ENDED) {
            return Long.MAX_VALUE;
        }
        long machines =
                Math.min(ice.nextDeadline().atNanos(), dtls.nextDeadline().atNanos());
        if (state != State.READY) {
            return machines;
        }
        long deadline = Math.min(machines, media.nextDeadlineNanos());
        return lane == null ? deadline : Math.min(deadline, lane.nextDeadlineNanos());
    }

    @Override
    public void onTimeout(long nowNanos) {
        if (state == State.ENDED) {
            return;
        }
        try {
            if (ice.nextDeadline().isDue(nowNanos)) {
                ice.onTimeout(nowNanos);
            }
            if (dtls.nextDeadline().isDue(nowNanos)) {
                dtls.onTimeout(nowNanos);
            }
            if (state == State.READY && media.nextDeadlineNanos() <= nowNanos) {
                media.onTimeout(nowNanos);
            }
            if (state == State.READY && lane != null) {
                lane.onTimeout(this, nowNanos);
            }
            drain(nowNanos);
        } catch (RuntimeException bug) {
            endByBug(bug);
        }
    }

    private @Nullable DropReason dispatch(
            PacketKind kind, ByteBuffer datagram, PeerAddress from, long arrivalNanos, long nowNanos) {
        return switch (kind) {
            case STUN -> ice.receive(nowNanos, datagram, from);
            case DTLS -> ice.isValidated(from) ? onDtls(datagram, from, nowNanos) : DropReason.UNKNOWN_PEER;
            case RTP -> {
                SrtpReceiver opener = srtpIn;
                if (opener == null) {
                    yield DropReason.SRTP_NOT_READY;
                }
                DropReason dropped = opener.unprotectRtp(datagram);
                if (dropped == null) {
                    ice.onAuthenticatedTraffic(nowNanos, from);
                    dropped = media.onRtp(datagram, arrivalNanos, nowNanos);
                }
                yield dropped;
            }
            case RTCP -> {
                SrtpReceiver opener = srtpIn;
                if (opener == null) {
                    yield DropReason.SRTP_NOT_READY;
                }
                DropReason dropped = opener.unprotectRtcp(datagram);
                if (dropped == null) {
                    ice.onAuthenticatedTraffic(nowNanos, from);
                    dropped = RtcpReader.read(datagram, media.wantedRtcp(), packet -> media.onRtcp(packet, nowNanos));
                }
                yield dropped;
            }
            case UNKNOWN -> datagram.hasRemaining() ? DropReason.UNKNOWN_PROTOCOL : DropReason.EMPTY;
        };
    }

    /// What was decrypted is authentic, as SRTP is: a page with a lane alone sends nothing else between its checks.
    private @Nullable DropReason onDtls(ByteBuffer datagram, PeerAddress from, long nowNanos) {
        DropReason dropped = dtls.receive(nowNanos, datagram);
        if (dropped != null || lane == null || state != State.READY) {
            return dropped;
        }
        if (dtls.hasApplicationData()) {
            ice.onAuthenticatedTraffic(nowNanos, from);
        }
        return lane.receive(dtls, nowNanos);
    }

    private void drain(long nowNanos) {
        drainIce(nowNanos);
        if (state != State.ENDED) {
            drainDtls(nowNanos);
            loop.arm(this);
        }
    }

    private void drainIce(long nowNanos) {
        for (IceEvent event = ice.pollEvent(); event != null; event = ice.pollEvent()) {
            switch (event) {
                case IceEvent.PathSelected(PeerAddress selected) -> selectPath(selected, nowNanos);
                case IceEvent.Dead(String cause) ->
                    end(route.to() == null ? SessionEnd.NEVER_CONNECTED : SessionEnd.SILENCE, cause);
            }
        }
        while (ice.pollTransmit(iceOut)) {
            announce(iceOut.to);
            ByteBuffer out = loop.egress().claim();
            out.put(iceOut.bytes).flip();
            loop.egress().commit(iceOut.to);
        }
    }

    private void selectPath(PeerAddress selected, long nowNanos) {
        if (!selected.equals(route.to())) {
            route.leadTo(selected);
            announce(selected);
            if (state == State.READY) {
                media.onPathChanged(nowNanos);
            } else {
                dtls.start();
            }
        }
    }

    /// An answered check comes from an authenticated address: its datagrams find us from now on.
    private void announce(PeerAddress from) {
        if (ice.isValidated(from) && announcedPaths.add(from)) {
            listener.onPathValidated(this, from);
            forgetInvalidPaths();
        }
    }

    /// The agent remembers a bounded number of paths; what it has forgotten must not fill the tables.
    private void forgetInvalidPaths() {
        announcedPaths.removeIf(known -> {
            boolean forgotten = !ice.isValidated(known);
            if (forgotten) {
                listener.onPathForgotten(this, known);
            }
            return forgotten;
        });
    }

    private void drainDtls(long nowNanos) {
        if (lane != null && state == State.READY) {
            lane.drain(dtls, nowNanos);
        }
        drainDtlsOutput();
        for (DtlsEvent event = dtls.pollEvent(); event != null && state != State.ENDED; event = dtls.pollEvent()) {
            switch (event) {
                case DtlsEvent.Connected(var local, var remote) -> {
                    route.sealBy(new SrtpSender(local, crypto));
                    srtpIn = new SrtpReceiver(remote, crypto);
                    transition(State.READY, "handshake complete");
                    listener.onConnected(this);
                    media.onReady(this, nowNanos);
                    if (lane != null) {
                        lane.start(this, nowNanos);
                        lane.receive(dtls, nowNanos); // the peer had the keys first
                        lane.drain(dtls, nowNanos);
                        drainDtlsOutput();
                    }
                }
                case DtlsEvent.Failed(String cause) -> end(SessionEnd.HANDSHAKE_FAILED, cause);
                case DtlsEvent.Closed() -> end(SessionEnd.PEER_LEFT, "close_notify");
            }
        }
    }

    /// An error in one step of the end must not keep the others from being taken.
    private void orLog(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException bug) {
            log.error("session {}: an error of ours while it ended", id, bug);
        }
    }

    private void forgetKeys() {
        SrtpReceiver opener = srtpIn;
        srtpIn = null;
        if (opener != null) {
            opener.close();
        }
        route.close();
    }

    private void drainDtlsOutput() {
        PeerAddress to = route.to();
        if (to == null) {
            return; // the machine sends its flight again, and by then the path is known
        }
        Egress egress = loop.egress();
        for (ByteBuffer out = egress.claim(); dtls.pollTransmit(out); out = egress.claim()) {
            egress.commit(to);
        }
    }

    /// Called from the handshake's thread: come back on the loop.
    private void wakeUp() {
        boolean taken = loop.post(this::onDtlsProgress);
        if (!taken) {
            log.warn("session {}: the mailbox of loop {} is full, its handshake is lost", id, loop.index());
        }
    }

    private void onDtlsProgress(long nowNanos) {
        if (state == State.ENDED) {
            return;
        }
        try {
            drainDtls(nowNanos);
            loop.arm(this);
        } catch (RuntimeException bug) {
            endByBug(bug);
        }
    }

    private void endByBug(RuntimeException bug) {
        if (state == State.ENDED) {
            return;
        }
        log.error("session {} closed by an error of ours", id, bug);
        loop.counters().increment(Counter.SESSION_ERRORS);
        end(SessionEnd.INTERNAL_ERROR, String.valueOf(bug));
    }

    private void transition(State next, String reason) {
        log.debug("session {}: {} -> {}: {}", id, state, next, reason);
        state = next;
    }

    private enum State {
        /// ICE and DTLS are under way.
        CONNECTING,
        /// Media flows.
        READY,
        /// Nothing is taken or sent any more.
        ENDED
    }

    /// Builds a session's DTLS machine around its wake-up.
    @FunctionalInterface
    public interface DtlsWiring {
        DtlsMachine create(Runnable wakeUp);
    }
}
