package live.strait.loadtest.peer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import live.strait.loadtest.socket.PeerSockets.PeerSocket;
import live.strait.protocol.crypto.CryptoEngine;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.demux.PacketKind;
import live.strait.protocol.dtls.DtlsCertificate;
import live.strait.protocol.dtls.DtlsEvent;
import live.strait.protocol.dtls.DtlsMachine;
import live.strait.protocol.dtls.DtlsOptions;
import live.strait.protocol.ice.IceClientAgent;
import live.strait.protocol.ice.IceCredentials;
import live.strait.protocol.ice.IceEvent;
import live.strait.protocol.ice.IceOptions;
import live.strait.protocol.ice.IceTransmit;
import live.strait.protocol.ice.PeerAddress;
import live.strait.protocol.rtcp.RtcpReader;
import live.strait.protocol.srtp.SrtpReceiver;
import live.strait.protocol.srtp.SrtpSender;
import live.strait.signaling.session.ClientAnswer;
import org.jspecify.annotations.Nullable;

/// One simulated browser's transport: a UDP socket with ICE, DTLS and SRTP in the client's role.
///
/// Checks the relay's addresses, shakes hands over the first that answers, and then seals and opens what its
/// [PeerMedia] and its [LaneChannels] send and get. Lives on one [PeerLoop]; each input ends in [#drain], which
/// lets the machines say what they want sent and what has happened. Between the socket and all of that there may
/// be an [EmulatedLink].
public final class ClientPeer extends PeerTimers.Timed {

    private enum State {
        CONNECTING,
        /// There are keys.
        READY,
        ENDED
    }

    private final PeerLoop loop;
    private final PeerMedia media;
    private final @Nullable LaneChannels channels;
    private final @Nullable EmulatedLink link;
    private final CryptoEngine crypto;
    private final IceClientAgent ice;
    private final DtlsMachine dtls;
    private final IceTransmit check = new IceTransmit();
    private final EarlyPackets early = new EarlyPackets();
    private PeerSocket socket;
    private State state = State.CONNECTING;
    private @Nullable InetSocketAddress path;
    private @Nullable SrtpSender sealer;
    private @Nullable SrtpReceiver opener;
    private @Nullable PeerAddress lastSender;
    private long deadlineNanos;
    private boolean beginsMessage;
    private long dropped;

    /// Opens the socket and begins; on the loop's thread.
    ClientPeer(
            PeerLoop loop,
            IceCredentials local,
            DtlsCertificate certificate,
            CryptoEngine crypto,
            ClientAnswer answer,
            IceOptions iceOptions,
            PeerParts parts)
            throws IOException {
        this.loop = loop;
        this.media = parts.media();
        this.channels = parts.channels();
        this.link = parts.link();
        this.crypto = crypto;
        long nowNanos = System.nanoTime();
        ice = new IceClientAgent(local, answer.ice(), RemoteAddresses.of(answer, loop.sockets()), iceOptions, nowNanos);
        dtls = new DtlsMachine(
                certificate,
                answer.ourDtlsRole(),
                answer.fingerprint(),
                DtlsOptions.DEFAULT,
                () -> loop.execute(this::onHandshakeProgress));
        socket = loop.sockets().bind(this::receive);
        loop.add(this);
        drain(nowNanos);
    }

    /// A buffer to write one packet into; it is good until the next call of anybody on the loop.
    public ByteBuffer claim() {
        return loop.claim();
    }

    /// Seals an RTP packet and sends it; `extSeq` is its SRTP index.
    public void sendRtp(ByteBuffer packet, long extSeq) {
        SrtpSender seal = sealer;
        InetSocketAddress to = path;
        if (seal != null && to != null) {
            seal.protectRtp(packet, extSeq);
            send(packet, to);
        }
    }

    /// Seals a compound RTCP packet and sends it.
    public void sendRtcp(ByteBuffer compound) {
        SrtpSender seal = sealer;
        InetSocketAddress to = path;
        if (seal != null && to != null) {
            seal.protectRtcp(compound);
            send(compound, to);
        }
    }

    /// Goes on from a new socket, as a phone does that leaves the Wi-Fi: the old one is closed at once, and the
    /// relay learns where we are from the checks that leave by the new one. From any thread.
    public void changeAddress() {
        loop.execute(() -> {
            if (state == State.ENDED) {
                return;
            }
            PeerSocket old = socket;
            try {
                socket = loop.sockets().bind(this::receive);
                old.close();
            } catch (IOException e) {
                end("no other socket: " + e.getMessage());
                return;
            }
            long nowNanos = System.nanoTime();
            ice.onLocalAddressChanged(nowNanos);
            drain(nowNanos);
        });
    }

    /// The timeline of its link begins anew. From any thread.
    public void restartLink() {
        EmulatedLink emulated = link;
        if (emulated != null) {
            loop.execute(() -> emulated.restart(System.nanoTime()));
        }
    }

    /// Datagrams that could not be used, for whatever reason.
    public long dropped() {
        return dropped;
    }

    /// Says goodbye and closes the socket; the first call decides the cause.
    public void end(String cause) {
        if (state == State.ENDED) {
            return;
        }
        state = State.ENDED;
        dtls.close();
        sendHandshake();
        loop.remove(this);
        socket.close();
        deadlineNanos = Long.MAX_VALUE;
        media.onClosed(cause);
        if (channels != null) {
            channels.end(cause);
        }
        forgetKeys();
    }

    private void forgetKeys() {
        SrtpSender seal = sealer;
        SrtpReceiver open = opener;
        sealer = null;
        opener = null;
        if (seal != null) {
            seal.close();
        }
        if (open != null) {
            open.close();
        }
    }

    /// The port that the relay sees, without a NAT in between.
    int localPort() throws IOException {
        return socket.localPort();
    }

    /// Whether the packet that is being handed over is the first of a message that the relay gave its kernel;
    /// always, where that cannot be seen.
    public boolean beginsMessage() {
        return beginsMessage;
    }

    /// Whether [#beginsMessage] means something.
    public boolean seesMessages() {
        return loop.sockets().seesMessages();
    }

    @Override
    long nextDeadlineNanos() {
        return deadlineNanos;
    }

    private void receive(ByteBuffer datagram, InetSocketAddress from, long arrivalNanos, boolean first) {
        beginsMessage = first;
        EmulatedLink emulated = link;
        if (emulated == null) {
            take(datagram, from, arrivalNanos);
        } else {
            long nowNanos = System.nanoTime();
            emulated.down().send(nowNanos, datagram, from);
            deliver(emulated, nowNanos);
        }
        setDeadline();
    }

    @Override
    void onTimeout(long nowNanos) {
        if (state == State.ENDED) {
            return;
        }
        if (link != null) {
            deliver(link, nowNanos);
        }
        if (ice.nextDeadline().isDue(nowNanos)) {
            ice.onTimeout(nowNanos);
        }
        if (state == State.READY && media.nextDeadlineNanos() <= nowNanos) {
            media.onTimeout(nowNanos);
        }
        if (state == State.READY && channels != null) {
            channels.onTimeout(nowNanos);
        }
        drain(nowNanos);
    }

    /// The lane has something to send.
    void sendChannels(long nowNanos) {
        if (state == State.READY && channels != null) {
            channels.transmit(dtls, nowNanos);
            sendHandshake();
            setDeadline();
        }
    }

    private void take(ByteBuffer datagram, InetSocketAddress from, long arrivalNanos) {
        if (state != State.ENDED && dispatch(datagram, sender(from), arrivalNanos) != null) {
            dropped++;
        }
    }

    /// Hands over what the link has carried by now, both ways.
    private void deliver(EmulatedLink emulated, long nowNanos) {
        for (InetSocketAddress to = emulated.up().poll(nowNanos);
                to != null;
                to = emulated.up().poll(nowNanos)) {
            transmit(emulated.up().datagram(), to);
        }
        EmulatedLink.Way down = emulated.down();
        for (InetSocketAddress from = down.poll(nowNanos); from != null; from = down.poll(nowNanos)) {
            take(down.datagram(), from, nowNanos);
        }
    }

    private @Nullable DropReason dispatch(ByteBuffer datagram, PeerAddress from, long arrivalNanos) {
        return switch (PacketKind.of(datagram)) {
            case STUN -> {
                long nowNanos = System.nanoTime();
                DropReason drop = ice.receive(nowNanos, datagram, from);
                drain(nowNanos);
                yield drop;
            }
            case DTLS -> {
                long nowNanos = System.nanoTime();
                DropReason drop = dtls.receive(nowNanos, datagram);
                drain(nowNanos);
                yield drop;
            }
            case RTP -> onSrtp(datagram, from, arrivalNanos);
            case RTCP -> onSrtcp(datagram, from, arrivalNanos);
            case UNKNOWN -> DropReason.UNKNOWN_PEER;
        };
    }

    private @Nullable DropReason onSrtp(ByteBuffer packet, PeerAddress from, long arrivalNanos) {
        SrtpReceiver open = opener;
        if (open == null) {
            return keepForLater(packet, from, arrivalNanos);
        }
        DropReason drop = open.unprotectRtp(packet);
        if (drop == null) {
            ice.onAuthenticatedTraffic(arrivalNanos, from);
            media.onRtp(packet, arrivalNanos);
        }
        return drop;
    }

    private @Nullable DropReason keepForLater(ByteBuffer packet, PeerAddress from, long arrivalNanos) {
        return early.keep(packet, from.socket(), arrivalNanos, beginsMessage) ? null : DropReason.UNKNOWN_PEER;
    }

    private @Nullable DropReason onSrtcp(ByteBuffer compound, PeerAddress from, long arrivalNanos) {
        SrtpReceiver open = opener;
        if (open == null) {
            return keepForLater(compound, from, arrivalNanos);
        }
        DropReason drop = open.unprotectRtcp(compound);
        return drop != null ? drop : RtcpReader.read(compound, packet -> media.onRtcp(packet, arrivalNanos));
    }

    private void onHandshakeProgress() {
        if (state != State.ENDED) {
            drain(System.nanoTime());
        } else {
            sendHandshake();
        }
    }

    private void drain(long nowNanos) {
        while (ice.pollTransmit(check)) {
            send(check.bytes, check.to.socket());
        }
        for (IceEvent event = ice.pollEvent(); event != null; event = ice.pollEvent()) {
            switch (event) {
                case IceEvent.PathSelected(PeerAddress selected) -> {
                    path = selected.socket();
                    dtls.start();
                }
                case IceEvent.Dead(String cause) -> end("ICE: " + cause);
            }
        }
        if (state == State.READY && channels != null) {
            channels.receive(dtls, nowNanos);
            channels.transmit(dtls, nowNanos);
        }
        sendHandshake();
        for (DtlsEvent event = dtls.pollEvent(); event != null; event = dtls.pollEvent()) {
            switch (event) {
                case DtlsEvent.Connected connected -> {
                    sealer = new SrtpSender(connected.local(), crypto);
                    opener = new SrtpReceiver(connected.remote(), crypto);
                    state = State.READY;
                    media.onReady(this, nowNanos);
                    early.drain((datagram, from, arrivalNanos, first) -> {
                        beginsMessage = first;
                        take(datagram, from, arrivalNanos);
                    });
                    if (channels != null) {
                        channels.start(this, nowNanos);
                        sendChannels(nowNanos);
                    }
                }
                case DtlsEvent.Failed(String cause) -> end(cause);
                case DtlsEvent.Closed() -> end("closed by the relay");
            }
        }
        setDeadline();
    }

    private void setDeadline() {
        long next = ice.nextDeadline().atNanos();
        if (state == State.READY) {
            next = Math.min(next, media.nextDeadlineNanos());
            next = channels == null ? next : Math.min(next, channels.nextDeadlineNanos());
        }
        next = link == null ? next : Math.min(next, link.nextDeliveryNanos());
        if (state != State.ENDED && next != deadlineNanos) {
            deadlineNanos = next;
            loop.arm(this);
        }
    }

    private void sendHandshake() {
        InetSocketAddress to = path;
        ByteBuffer out = claim();
        while (to != null && dtls.pollTransmit(out)) {
            send(out, to);
        }
    }

    private void send(ByteBuffer datagram, InetSocketAddress to) {
        EmulatedLink emulated = link;
        if (emulated == null) {
            transmit(datagram, to);
        } else {
            emulated.up().send(System.nanoTime(), datagram, to);
        }
    }

    /// What the kernel refuses is lost like any other datagram.
    private void transmit(ByteBuffer datagram, InetSocketAddress to) {
        socket.send(datagram, to);
    }

    private PeerAddress sender(InetSocketAddress from) {
        PeerAddress last = lastSender;
        if (last == null || !last.socket().equals(from)) {
            last = PeerAddress.udp(from);
            lastSender = last;
        }
        return last;
    }
}
