package live.strait.signaling.session;

import java.util.ArrayList;
import java.util.List;
import live.strait.protocol.dtls.Fingerprint;
import live.strait.protocol.ice.Candidate;
import live.strait.protocol.ice.IceCredentials;
import live.strait.protocol.ice.PeerAddress.Transport;
import live.strait.protocol.sdp.MediaDescription;
import live.strait.protocol.sdp.SdpException;
import live.strait.protocol.sdp.SessionDescription;
import live.strait.signaling.control.MediaLine;
import live.strait.signaling.control.SessionId;
import live.strait.signaling.control.SessionOpened;
import live.strait.signaling.control.SessionRequest.Purpose;

/// A relay that always says the same, so that answers can be compared to the letter.
final class Answers {
    static final IceCredentials ICE = new IceCredentials("relayUfrag", "relayPasswordOf24Letters");
    static final Fingerprint FINGERPRINT = new Fingerprint("sha-256", "5A" + ":5A".repeat(31));
    static final List<Candidate> CANDIDATES = List.of(
            candidate("1", Transport.TCP, "203.0.113.9", "passive"),
            candidate("2", Transport.UDP, "2001:db8::9", ""),
            candidate("3", Transport.UDP, "203.0.113.9", ""));

    private Answers() {}

    static SessionOpened opened(Negotiation negotiation) {
        List<SessionOpened.OutgoingStream> streams = new ArrayList<>();
        if (negotiation.purpose() == Purpose.VIEW) {
            for (MediaLine line : negotiation.media()) {
                if (line.accepted() && line.kind() != MediaLine.Kind.OTHER) {
                    boolean rtx = line.codecs().stream().anyMatch(codec -> codec.rtxPayloadType() >= 0);
                    long ssrc = 1000L + 10L * streams.size();
                    streams.add(new SessionOpened.OutgoingStream(line.mid(), ssrc, rtx ? ssrc + 1 : -1, "cn", "room"));
                }
            }
        }
        return new SessionOpened(new SessionId("session"), ICE, FINGERPRINT, CANDIDATES, streams);
    }

    static String to(String offer, Purpose purpose) throws OfferRefusal {
        Negotiation negotiation = Negotiation.of(offer, purpose);
        return negotiation.answer(opened(negotiation));
    }

    static SessionDescription parsedTo(String offer, Purpose purpose) throws OfferRefusal, SdpException {
        return SessionDescription.parse(to(offer, purpose));
    }

    /// The lines of one section as text, without its m-line.
    static List<String> lines(MediaDescription section) {
        return section.attributes().list().stream()
                .map(attribute -> attribute.line())
                .toList();
    }

    private static Candidate candidate(String foundation, Transport transport, String address, String tcpType) {
        return new Candidate(foundation, 1, transport, 2130706431, address, 8443, Candidate.Type.HOST, tcpType);
    }
}
