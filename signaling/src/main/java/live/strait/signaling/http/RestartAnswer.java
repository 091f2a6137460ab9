package live.strait.signaling.http;

import java.util.ArrayList;
import java.util.List;
import live.strait.protocol.ice.Candidate;
import live.strait.protocol.ice.IceCredentials;
import live.strait.protocol.sdp.Attribute;
import live.strait.protocol.sdp.Attributes;
import live.strait.protocol.sdp.CandidateAttribute;
import live.strait.protocol.sdp.MediaDescription;
import live.strait.protocol.sdp.PlainAttribute;
import live.strait.protocol.sdp.TrickleFragment;
import org.jspecify.annotations.Nullable;

/// The fragment that answers an ICE restart (RFC 9725 section 4.3.3): our new credentials, and the candidates
/// again.
///
/// ```
/// a=ice-lite
/// m=audio 9 UDP/TLS/RTP/SAVPF 0     a line of the peer's fragment: with BUNDLE one transport carries them all
/// a=mid:0
/// a=ice-ufrag:…
/// a=ice-pwd:…
/// a=candidate:…
/// a=end-of-candidates
/// ```
final class RestartAnswer {
    private RestartAnswer() {}

    static String of(TrickleFragment asked, IceCredentials local, List<Candidate> candidates) {
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(new PlainAttribute("mid", mid(asked)));
        attributes.add(new PlainAttribute("ice-ufrag", local.ufrag()));
        attributes.add(new PlainAttribute("ice-pwd", local.password()));
        candidates.forEach(candidate -> attributes.add(new CandidateAttribute(candidate)));
        attributes.add(PlainAttribute.property("end-of-candidates"));
        String kind =
                asked.media().isEmpty() ? "audio" : asked.media().getFirst().media();
        MediaDescription section =
                new MediaDescription(kind, 9, "UDP/TLS/RTP/SAVPF", List.of("0"), List.of(), new Attributes(attributes));
        Attributes session = new Attributes(List.of(PlainAttribute.property("ice-lite")));
        return new TrickleFragment(session, List.of(section)).toString();
    }

    private static String mid(TrickleFragment asked) {
        @Nullable
        String mid = asked.media().isEmpty() ? null : asked.media().getFirst().mid();
        return mid == null ? "0" : mid;
    }
}
