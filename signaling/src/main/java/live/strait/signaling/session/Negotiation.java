package live.strait.signaling.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import live.strait.protocol.dtls.DtlsRole;
import live.strait.protocol.dtls.Fingerprint;
import live.strait.protocol.ice.IceCredentials;
import live.strait.protocol.sdp.MediaDescription;
import live.strait.protocol.sdp.SdpException;
import live.strait.protocol.sdp.SessionDescription;
import live.strait.protocol.sdp.Setup;
import live.strait.signaling.control.LaneVisitor;
import live.strait.signaling.control.MediaLine;
import live.strait.signaling.control.SctpParameters;
import live.strait.signaling.control.SessionOpened;
import live.strait.signaling.control.SessionRequest;
import live.strait.signaling.control.SessionRequest.Purpose;
import org.jspecify.annotations.Nullable;

/// One offer, decided: what the relay is asked for, and once it has opened the session, the answer.
///
/// We are ICE-lite, so the candidates of the offer are not looked at, and bundle everything onto one transport.
/// The peer starts the DTLS handshake unless it offered `setup:passive` (FFmpeg), in which case we do (RFC 8842
/// section 5.3).
public final class Negotiation {
    private final SessionDescription offer;
    private final Purpose purpose;
    private final List<NegotiatedLine> lines;
    private final RemoteTransport remote;

    private Negotiation(SessionDescription offer, Purpose purpose, List<NegotiatedLine> lines, RemoteTransport remote) {
        this.offer = offer;
        this.purpose = purpose;
        this.lines = List.copyOf(lines);
        this.remote = remote;
    }

    /// Decides about an offer.
    ///
    /// @throws OfferRefusal when it is no SDP or can become no session
    public static Negotiation of(String offerText, Purpose purpose) throws OfferRefusal {
        SessionDescription offer;
        try {
            offer = SessionDescription.parse(offerText);
        } catch (SdpException malformed) {
            throw OfferRefusal.malformed(malformed);
        }
        List<NegotiatedLine> lines = LineNegotiation.of(offer, purpose);
        requireOneTransport(offer, lines);
        return new Negotiation(offer, purpose, lines, RemoteTransport.read(offer, transportSection(offer, lines)));
    }

    public Purpose purpose() {
        return purpose;
    }

    public IceCredentials remoteIce() {
        return remote.ice();
    }

    public Fingerprint remoteFingerprint() {
        return remote.fingerprint();
    }

    public DtlsRole ourDtlsRole() {
        return remote.setup() == Setup.PASSIVE ? DtlsRole.CLIENT : DtlsRole.SERVER;
    }

    /// One entry per line of the offer, in its order, rejected ones included.
    public List<MediaLine> media() {
        return lines.stream().map(NegotiatedLine::toMediaLine).toList();
    }

    /// The peer's end of the SCTP association, or null where it offers no data channels.
    public @Nullable SctpParameters sctp() {
        return lines.stream()
                .map(NegotiatedLine::sctp)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /// What the relay is asked for.
    ///
    /// @param visitor who has brought the offer
    public SessionRequest request(LaneVisitor visitor) {
        return new SessionRequest(visitor, purpose, remoteIce(), remoteFingerprint(), ourDtlsRole(), media(), sctp());
    }

    /// The text of the answer to this offer.
    public String answer(SessionOpened opened) {
        return new AnswerWriter(offer, purpose, lines, ourDtlsRole(), opened)
                .write()
                .toString();
    }

    /// Lines outside a BUNDLE group are taken along when they name the same ICE session as the others.
    private static void requireOneTransport(SessionDescription offer, List<NegotiatedLine> lines) throws OfferRefusal {
        List<String> bundle = Objects.requireNonNullElse(offer.bundle(), List.of());
        List<NegotiatedLine> accepted =
                lines.stream().filter(NegotiatedLine::accepted).toList();
        boolean bundled = accepted.stream().allMatch(line -> bundle.contains(line.mid()));
        long ufrags = accepted.stream()
                .map(line -> offer.value(line.offered(), "ice-ufrag"))
                .distinct()
                .count();
        if (!bundled && ufrags > 1) {
            throw new OfferRefusal(
                    OfferRefusal.Reason.NOT_BUNDLED,
                    "The lines of the offer are not in one a=group:BUNDLE and want an ICE session each.");
        }
    }

    /// The line whose transport stands for all: the first accepted one in the order of the BUNDLE group, or when
    /// that one leaves it to the group's first line (`bundle-only`), that line (RFC 9143 section 7.2.1).
    private static MediaDescription transportSection(SessionDescription offer, List<NegotiatedLine> lines) {
        List<String> bundle = Objects.requireNonNullElse(offer.bundle(), List.of());
        List<MediaDescription> inOrder = new ArrayList<>();
        for (String mid : bundle) {
            lines.stream()
                    .filter(line -> line.accepted() && line.mid().equals(mid))
                    .forEach(line -> inOrder.add(line.offered()));
        }
        lines.stream().filter(NegotiatedLine::accepted).forEach(line -> inOrder.add(line.offered()));
        offer.media().stream()
                .filter(section -> section.mid() != null && bundle.contains(section.mid()))
                .forEach(inOrder::add);
        return inOrder.stream()
                .filter(section -> offer.value(section, "ice-ufrag") != null)
                .findFirst()
                .orElse(inOrder.getFirst());
    }
}
