package live.strait.protocol.sdp;

import java.util.ArrayList;
import java.util.List;
import live.strait.protocol.ice.Candidate;
import live.strait.protocol.ice.IceCredentials;
import org.jspecify.annotations.Nullable;

/// The piece of a description that trickle ICE and an ICE restart exchange (RFC 8840 section 9, RFC 9725 section
/// 4.3).
///
/// Peers put credentials and candidates at the session level or in a section as they like; both are read.
public record TrickleFragment(Attributes attributes, List<MediaDescription> media) {
    public static final String MEDIA_TYPE = "application/trickle-ice-sdpfrag";

    public TrickleFragment {
        media = List.copyOf(media);
    }

    /// Reads a fragment.
    ///
    /// @throws SdpException with the line that is wrong
    public static TrickleFragment parse(String text) throws SdpException {
        return SdpParser.fragment(text);
    }

    /// The credentials that the candidates belong to, or null when none are named.
    public @Nullable IceCredentials credentials() {
        for (Attributes level : levels()) {
            String ufrag = level.value("ice-ufrag");
            String password = level.value("ice-pwd");
            if (ufrag != null && password != null) {
                return new IceCredentials(ufrag, password);
            }
        }
        return null;
    }

    public List<Candidate> candidates() {
        return levels().stream()
                .flatMap(level -> level.all(CandidateAttribute.class).stream())
                .map(CandidateAttribute::candidate)
                .toList();
    }

    public boolean endOfCandidates() {
        return levels().stream().anyMatch(level -> level.has("end-of-candidates"));
    }

    private List<Attributes> levels() {
        List<Attributes> levels = new ArrayList<>();
        levels.add(attributes);
        media.forEach(section -> levels.add(section.attributes()));
        return levels;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(512);
        attributes.appendTo(text);
        media.forEach(section -> section.appendTo(text));
        return text.toString();
    }
}
