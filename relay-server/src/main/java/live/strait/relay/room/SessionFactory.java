package live.strait.relay.room;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import live.strait.protocol.crypto.CryptoEngine;
import live.strait.protocol.datachannel.DataChannelOptions;
import live.strait.protocol.datachannel.DataChannels;
import live.strait.protocol.dtls.DtlsCertificate;
import live.strait.protocol.dtls.DtlsMachine;
import live.strait.protocol.dtls.DtlsOptions;
import live.strait.protocol.dtls.DtlsRole;
import live.strait.protocol.ice.Candidate;
import live.strait.protocol.ice.IceCredentials;
import live.strait.protocol.ice.IceLiteAgent;
import live.strait.protocol.ice.IceOptions;
import live.strait.protocol.ice.PeerAddress;
import live.strait.protocol.rtcp.NtpClock;
import live.strait.relay.edge.MediaEdge;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.media.Publication;
import live.strait.relay.media.ViewerMedia;
import live.strait.relay.peer.LaneChannels;
import live.strait.relay.peer.PeerMedia;
import live.strait.relay.peer.PeerSession;
import live.strait.relay.peer.SessionListener;
import live.strait.signaling.control.LaneControl;
import live.strait.signaling.control.MediaLine;
import live.strait.signaling.control.SctpParameters;
import live.strait.signaling.control.SessionId;
import live.strait.signaling.control.SessionOpened;
import live.strait.signaling.control.SessionOpened.OutgoingStream;
import live.strait.signaling.control.SessionRequest;
import org.jspecify.annotations.Nullable;

/// Puts a session together: identity, keys, loop, machines, and the relay's half of the answer.
public final class SessionFactory {
    private static final int SESSION_ID_BYTES = 18;

    private final MediaEdge edge;
    private final DtlsCertificate certificate;
    private final CryptoEngine crypto;
    private final List<Candidate> candidates;
    private final NtpClock clock;
    private final LaneControl lanes;
    private final SecureRandom random = new SecureRandom();

    public SessionFactory(
            MediaEdge edge,
            DtlsCertificate certificate,
            CryptoEngine crypto,
            List<Candidate> candidates,
            NtpClock clock,
            LaneControl lanes) {
        this.edge = edge;
        this.certificate = certificate;
        this.crypto = crypto;
        this.candidates = List.copyOf(candidates);
        this.clock = clock;
        this.lanes = lanes;
    }

    /// A session that is not known to any loop yet.
    record Created(PeerSession session, IceCredentials local, SessionOpened opened) {}

    Created createPublisher(SessionRequest request, SessionListener listener, long nowNanos) {
        MediaLoop loop = leastLoaded();
        return create(
                request,
                loop,
                new Publication(request.media(), loop, edge.loops(), clock),
                List.of(),
                listener,
                nowNanos);
    }

    Created createViewer(SessionRequest request, SessionListener listener, long nowNanos) {
        MediaLoop loop = leastLoaded();
        List<OutgoingStream> streams = allot(request.media());
        return create(request, loop, new ViewerMedia(request.media(), streams, loop), streams, listener, nowNanos);
    }

    /// Makes the session reachable.
    void start(Created created) {
        PeerSession session = created.session();
        session.loop().addSessions(1);
        edge.admit(created.local().ufrag(), session);
        session.loop().post(now -> session.loop().arm(session));
    }

    /// Credentials for an ICE restart, by which checks find the session from now on.
    IceCredentials newCredentials(PeerSession session) {
        IceCredentials local = IceCredentials.random(random);
        edge.admit(local.ufrag(), session);
        return local;
    }

    void withdraw(String localUfrag) {
        edge.withdraw(localUfrag);
    }

    void learn(PeerAddress from, PeerSession session) {
        edge.learn(from, session);
    }

    void forget(PeerAddress from, PeerSession session) {
        edge.forget(from, session);
    }

    void forget(PeerSession session) {
        edge.forget(session);
    }

    private Created create(
            SessionRequest request,
            MediaLoop loop,
            PeerMedia media,
            List<OutgoingStream> streams,
            SessionListener listener,
            long nowNanos) {
        IceCredentials local = IceCredentials.random(random);
        SessionId id = new SessionId(randomText(SESSION_ID_BYTES));
        PeerSession session = new PeerSession(
                id,
                loop,
                new IceLiteAgent(local, request.remoteIce(), IceOptions.DEFAULT, nowNanos),
                wakeUp -> new DtlsMachine(
                        certificate, request.ourDtlsRole(), request.remoteFingerprint(), DtlsOptions.DEFAULT, wakeUp),
                crypto,
                media,
                laneOf(request, nowNanos),
                listener);
        return new Created(
                session, local, new SessionOpened(id, local, certificate.fingerprint(), candidates, streams));
    }

    private @Nullable LaneChannels laneOf(SessionRequest request, long nowNanos) {
        SctpParameters sctp = request.sctp();
        if (sctp == null) {
            return null;
        }
        int largest = (int) Math.min(sctp.maxMessageSizeBytes(), SctpParameters.OURS.maxMessageSizeBytes());
        DataChannelOptions options = DataChannelOptions.DEFAULT
                .withDtlsClient(request.ourDtlsRole() == DtlsRole.CLIENT)
                .withRemote(sctp.port(), largest == 0 ? Integer.MAX_VALUE : largest);
        return new LaneChannels(
                new DataChannels(options, random, nowNanos), link -> lanes.attach(request.visitor(), link));
    }

    /// SSRCs of our own choice for each line: what publishers use never shows.
    private List<OutgoingStream> allot(List<MediaLine> lines) {
        Set<Long> used = new HashSet<>();
        List<OutgoingStream> streams = new ArrayList<>();
        Map<MediaLine.Kind, Integer> places = new EnumMap<>(MediaLine.Kind.class);
        for (MediaLine line : lines) {
            int place = places.merge(line.kind(), 1, Integer::sum) - 1;
            if (!line.accepted() || line.kind() == MediaLine.Kind.OTHER) {
                continue;
            }
            boolean rtx = line.codecs().stream().anyMatch(codec -> codec.rtxPayloadType() >= 0);
            streams.add(
                    new OutgoingStream(line.mid(), newSsrc(used), rtx ? newSsrc(used) : -1, "strait", "place" + place));
        }
        return streams;
    }

    private long newSsrc(Set<Long> used) {
        while (true) {
            long ssrc = Integer.toUnsignedLong(random.nextInt());
            if (ssrc != 0 && used.add(ssrc)) {
                return ssrc;
            }
        }
    }

    private MediaLoop leastLoaded() {
        MediaLoop best = edge.loops().getFirst();
        for (MediaLoop loop : edge.loops()) {
            if (loop.sessions() < best.sessions()) {
                best = loop;
            }
        }
        return best;
    }

    private String randomText(int bytes) {
        byte[] value = new byte[bytes];
        random.nextBytes(value);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(value);
    }
}
