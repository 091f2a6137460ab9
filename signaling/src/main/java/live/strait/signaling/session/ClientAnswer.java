package live.strait.signaling.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import live.strait.protocol.dtls.DtlsRole;
import live.strait.protocol.dtls.Fingerprint;
import live.strait.protocol.ice.Candidate;
import live.strait.protocol.ice.IceCredentials;
import live.strait.protocol.sdp.Attributes;
import live.strait.protocol.sdp.CandidateAttribute;
import live.strait.protocol.sdp.Extmap;
import live.strait.protocol.sdp.MediaDescription;
import live.strait.protocol.sdp.Rid;
import live.strait.protocol.sdp.SdpException;
import live.strait.protocol.sdp.SessionDescription;
import live.strait.protocol.sdp.Setup;
import live.strait.protocol.sdp.Simulcast;
import live.strait.signaling.control.MediaLine;
import live.strait.signaling.control.SctpParameters;
import org.jspecify.annotations.Nullable;

/// The answer of a WHIP or WHEP server, Strait or another, as a simulated client needs it.
///
/// @param ourDtlsRole which side of the handshake the client takes
/// @param candidates of all lines, each once
/// @param lines as the answer has them: codecs and extension ids that were kept, layers that are wanted, and for a
///     viewer the SSRCs that will come, each with that of its retransmissions
/// @param sctp the server's end of the association, or null where it takes no data channels
public record ClientAnswer(
        IceCredentials ice,
        Fingerprint fingerprint,
        DtlsRole ourDtlsRole,
        List<Candidate> candidates,
        List<MediaLine> lines,
        @Nullable SctpParameters sctp) {

    public ClientAnswer {
        candidates = List.copyOf(candidates);
        lines = List.copyOf(lines);
    }

    /// Reads an answer.
    ///
    /// @throws OfferRefusal when it is no SDP, rejects every line or says not where to connect
    public static ClientAnswer parse(String text) throws OfferRefusal {
        SessionDescription answer;
        try {
            answer = SessionDescription.parse(text);
        } catch (SdpException malformed) {
            throw OfferRefusal.malformed(malformed);
        }
        List<MediaLine> lines = new ArrayList<>();
        MediaDescription first = null;
        SctpParameters sctp = null;
        for (int index = 0; index < answer.media().size(); index++) {
            MediaDescription section = answer.media().get(index);
            SctpParameters channels = section.port() == 0 ? null : DataChannelLine.read(section);
            sctp = sctp == null ? channels : sctp;
            MediaLine line = line(section, index, channels != null);
            lines.add(line);
            first = first == null && line.accepted() ? section : first;
        }
        if (first == null) {
            throw new OfferRefusal(OfferRefusal.Reason.NOTHING_IN_COMMON, "The answer rejects every line.");
        }
        RemoteTransport transport = RemoteTransport.read(answer, first);
        return new ClientAnswer(
                transport.ice(),
                transport.fingerprint(),
                transport.setup() == Setup.ACTIVE ? DtlsRole.SERVER : DtlsRole.CLIENT,
                candidates(answer),
                lines,
                sctp);
    }

    /// The first accepted line of a kind, or null.
    public @Nullable MediaLine line(MediaLine.Kind kind) {
        return lines.stream()
                .filter(line -> line.accepted() && line.kind() == kind)
                .findFirst()
                .orElse(null);
    }

    private static MediaLine line(MediaDescription section, int index, boolean dataChannels) {
        Attributes attributes = section.attributes();
        List<OfferedCodec> codecs = section.port() == 0 ? List.of() : OfferedCodec.read(section);
        Map<String, Integer> extensions = new HashMap<>();
        attributes.all(Extmap.class).stream()
                .filter(Extmap::isUsable)
                .forEach(extmap -> extensions.putIfAbsent(extmap.uri(), extmap.id()));
        return new MediaLine(
                Objects.requireNonNullElse(section.mid(), String.valueOf(index)),
                LineNegotiation.kind(section),
                dataChannels || !codecs.isEmpty(),
                codecs.stream().map(OfferedCodec::codec).toList(),
                codecs.isEmpty() ? Map.of() : extensions,
                rids(attributes),
                SsrcPairs.read(attributes));
    }

    private static List<String> rids(Attributes attributes) {
        Simulcast simulcast = attributes.first(Simulcast.class);
        if (simulcast != null) {
            return simulcast.receive().stream()
                    .map(stream -> stream.alternatives().getFirst().rid())
                    .toList();
        }
        return attributes.all(Rid.class).stream()
                .filter(rid -> !rid.sending())
                .map(Rid::id)
                .toList();
    }

    private static List<Candidate> candidates(SessionDescription answer) {
        List<Attributes> levels = new ArrayList<>();
        levels.add(answer.attributes());
        answer.media().forEach(section -> levels.add(section.attributes()));
        return levels.stream()
                .flatMap(level -> level.all(CandidateAttribute.class).stream())
                .map(CandidateAttribute::candidate)
                .distinct()
                .toList();
    }
}
