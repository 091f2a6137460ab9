package live.strait.relay.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import live.strait.protocol.bytes.SequenceUnwrapper;
import live.strait.protocol.crypto.JdkCryptoEngine;
import live.strait.protocol.demux.PacketKind;
import live.strait.protocol.dtls.DtlsCertificate;
import live.strait.protocol.dtls.DtlsEvent;
import live.strait.protocol.dtls.DtlsMachine;
import live.strait.protocol.dtls.DtlsOptions;
import live.strait.protocol.dtls.DtlsRole;
import live.strait.protocol.ice.Candidate;
import live.strait.protocol.ice.IceCredentials;
import live.strait.protocol.ice.PeerAddress.Transport;
import live.strait.protocol.ice.StunBytes;
import live.strait.protocol.rtcp.GenericNack;
import live.strait.protocol.rtcp.RtcpPacket;
import live.strait.protocol.rtcp.RtcpReader;
import live.strait.protocol.rtp.RtpView;
import live.strait.protocol.srtp.SrtpProfile;
import live.strait.protocol.srtp.SrtpReceiver;
import live.strait.protocol.srtp.SrtpSender;
import live.strait.signaling.session.ClientAnswer;
import org.jspecify.annotations.Nullable;

/// A host of the exact shape of a client that cannot run here: its offer, its checks, its DTLS role, its answer
/// to a NACK. What it sends is real video and sound of an [EncodedSource].
///
/// One thread owns everything: it waits for the relay's datagrams, the source's packets and the handshake's calls.
final class ShapedHost implements AutoCloseable {
    /// Whose shape.
    enum Shape {
        /// FFmpeg's WHIP muxer: DTLS server, a check without PRIORITY and ICE-CONTROLLING, none once one was
        /// answered, no way to repair a loss.
        FFMPEG("z-ffmpeg-whip.sdp", DtlsRole.SERVER, 106, 1_174_406_021L, 111, 2_893_160_537L),
        /// OBS 30.2: DTLS client, the usual checks, answers a NACK with the same packet again.
        OBS("z-obs-h264.sdp", DtlsRole.CLIENT, 96, 3_405_691_583L, 111, 3_405_691_582L);

        private final String offer;
        private final DtlsRole role;
        private final int videoPayloadType;
        private final long videoSsrc;
        private final int audioPayloadType;
        private final long audioSsrc;

        Shape(String offer, DtlsRole role, int videoType, long videoSsrc, int audioType, long audioSsrc) {
            this.offer = offer;
            this.role = role;
            this.videoPayloadType = videoType;
            this.videoSsrc = videoSsrc;
            this.audioPayloadType = audioType;
            this.audioSsrc = audioSsrc;
        }
    }

    private static final long CHECK_AGAIN_NANOS = 50_000_000;
    /// libjuice's keep-alive, which OBS has.
    private static final long KEEP_ALIVE_NANOS = 2_500_000_000L;

    private final Shape shape;
    private final int loseEach;
    private final EncodedSource source;
    private final SignalingClient session;
    private final IceCredentials ours;
    private final IceCredentials relays;
    private final InetSocketAddress relay;
    private final Selector selector = Selector.open();
    private final DatagramChannel socket = DatagramChannel.open();
    private final DtlsMachine dtls;
    private final Map<Integer, SequenceUnwrapper> sequences = new HashMap<>();
    private final Map<Integer, ByteBuffer> sentVideo = new HashMap<>();
    private final ByteBuffer datagram = ByteBuffer.allocate(2048);
    private final ByteBuffer out = ByteBuffer.allocate(2048);
    private final RtpView view = new RtpView();
    private final Tally lost = new Tally("video packets lost on purpose");
    private final Tally repaired = new Tally("NACKs answered");
    private final Thread thread;
    private @Nullable SrtpSender sealer;
    private @Nullable SrtpReceiver opener;
    private boolean checkAnswered;
    private long nextCheckNanos = Long.MIN_VALUE;
    private int videoPackets;
    private volatile boolean closing;

    /// @param loseEach of how many video packets one is not sent, until it is asked for; 0 for none
    ShapedHost(URI node, String room, Shape shape, int loseEach) throws Exception {
        this.shape = shape;
        this.loseEach = loseEach;
        DtlsCertificate certificate = DtlsCertificate.selfSigned();
        ours = IceCredentials.random(ThreadLocalRandom.current());
        String offer = offer().replaceAll("(?m)^a=ice-ufrag:.*$", "a=ice-ufrag:" + ours.ufrag())
                .replaceAll("(?m)^a=ice-pwd:.*$", "a=ice-pwd:" + ours.password())
                .replaceAll("(?m)^a=fingerprint:.*$", "a=fingerprint:" + certificate.fingerprint());
        session = SignalingClient.publish(node, room, offer);
        ClientAnswer read = ClientAnswer.parse(session.answer());
        relays = read.ice();
        relay = firstUdp(read.candidates());
        dtls = new DtlsMachine(
                certificate,
                shape.role,
                read.fingerprint(),
                DtlsOptions.DEFAULT.withProfiles(List.of(SrtpProfile.AES_CM_128_HMAC_SHA1_80)),
                selector::wakeup);
        source = new EncodedSource(shape.videoPayloadType, shape.videoSsrc, shape.audioPayloadType, shape.audioSsrc);
        source.register(selector);
        socket.configureBlocking(false).register(selector, SelectionKey.OP_READ);
        thread = Thread.ofPlatform().name(shape + "-shaped host").start(this::run);
    }

    String answer() {
        return session.answer();
    }

    /// Video packets that were not sent at first.
    Tally lost() {
        return lost;
    }

    /// Packets that were sent because the relay asked for them.
    Tally repaired() {
        return repaired;
    }

    @Override
    public void close() throws IOException {
        closing = true;
        selector.wakeup();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        dtls.close();
        source.close();
        socket.close();
        selector.close();
    }

    private void run() {
        try {
            while (!closing) {
                check(System.nanoTime());
                selector.select(20);
                selector.selectedKeys().clear();
                long now = System.nanoTime();
                for (datagram.clear(); socket.receive(datagram) != null; datagram.clear()) {
                    receive(datagram.flip(), now);
                }
                drainDtls();
                for (ByteBuffer rtp = source.poll(); rtp != null; rtp = source.poll()) {
                    publish(rtp);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void check(long now) throws IOException {
        if (now - nextCheckNanos < 0 && nextCheckNanos != Long.MIN_VALUE) {
            return;
        }
        nextCheckNanos = now + (checkAnswered ? KEEP_ALIVE_NANOS : CHECK_AGAIN_NANOS);
        switch (shape) {
            case FFMPEG -> {
                if (!checkAnswered) {
                    StunBytes request = new StunBytes(0x0001, now)
                            .username(relays.ufrag() + ":" + ours.ufrag())
                            .attribute(StunBytes.USE_CANDIDATE, "");
                    socket.send(request.signed(relays.password()), relay);
                }
            }
            case OBS -> socket.send(StunBytes.nomination(now, ours, relays).signed(relays.password()), relay);
        }
    }

    private void receive(ByteBuffer bytes, long now) throws IOException {
        switch (PacketKind.of(bytes)) {
            case STUN -> {
                if (!checkAnswered && bytes.getShort(0) == 0x0101) {
                    checkAnswered = true;
                    dtls.start();
                }
            }
            case DTLS -> dtls.receive(now, bytes);
            case RTCP -> {
                if (opener != null && opener.unprotectRtcp(bytes) == null) {
                    RtcpReader.read(bytes, this::onRtcp);
                }
            }
            case RTP, UNKNOWN -> throw new IOException("a host is sent no " + PacketKind.of(bytes));
        }
    }

    private void drainDtls() throws IOException {
        while (dtls.pollTransmit(out)) {
            socket.send(out, relay);
        }
        for (DtlsEvent event = dtls.pollEvent(); event != null; event = dtls.pollEvent()) {
            switch (event) {
                case DtlsEvent.Connected(var local, var remote) -> {
                    sealer = new SrtpSender(local, new JdkCryptoEngine());
                    opener = new SrtpReceiver(remote, new JdkCryptoEngine());
                }
                case DtlsEvent.Failed(String cause) -> throw new IOException(cause);
                case DtlsEvent.Closed() -> closing = true;
            }
        }
    }

    private void publish(ByteBuffer rtp) throws IOException {
        if (sealer == null || !view.wrap(rtp)) {
            return;
        }
        if (view.payloadType() == shape.videoPayloadType) {
            sentVideo.put(
                    view.sequenceNumber(),
                    ByteBuffer.allocate(rtp.remaining()).put(rtp.duplicate()).flip());
            videoPackets++;
            if (loseEach > 0 && videoPackets % loseEach == 0) {
                lost.add();
                index(view.ssrc(), view.sequenceNumber());
                return;
            }
        }
        send(rtp, view.ssrc(), view.sequenceNumber());
    }

    private void send(ByteBuffer rtp, int ssrc, int sequence) throws IOException {
        SrtpSender seal = sealer;
        if (seal != null) {
            out.clear().put(rtp.duplicate()).flip();
            seal.protectRtp(out, index(ssrc, sequence));
            socket.send(out, relay);
        }
    }

    /// SRTP's packet index: its rollover counter begins at 0 where the unwrapper's cycles begin at 1.
    private long index(int ssrc, int sequence) {
        return sequences.computeIfAbsent(ssrc, _ -> new SequenceUnwrapper()).unwrap(sequence) - (1 << 16);
    }

    private void onRtcp(RtcpPacket packet) {
        if (shape == Shape.OBS && packet instanceof GenericNack nack && nack.mediaSsrc() == (int) shape.videoSsrc) {
            for (int i = 0; i < nack.lost().size(); i++) {
                resend(nack.lost().get(i));
            }
        }
    }

    private void resend(int sequence) {
        ByteBuffer rtp = sentVideo.get(sequence);
        if (rtp != null) {
            try {
                send(rtp, (int) shape.videoSsrc, sequence);
                repaired.add();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private String offer() throws IOException {
        try (InputStream in = ShapedHost.class.getResourceAsStream("/sdp/" + shape.offer)) {
            if (in == null) {
                throw new IOException("no test resource /sdp/" + shape.offer);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// FFmpeg looks at no other one; IPv4 comes first in our answers for its sake.
    private static InetSocketAddress firstUdp(List<Candidate> candidates) {
        Candidate first = candidates.stream()
                .filter(each -> each.transport() == Transport.UDP)
                .findFirst()
                .orElseThrow();
        return new InetSocketAddress(InetAddress.ofLiteral(first.address()), first.port());
    }
}
