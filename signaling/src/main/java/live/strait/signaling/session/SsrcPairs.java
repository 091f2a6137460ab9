package live.strait.signaling.session;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import live.strait.protocol.sdp.Attributes;
import live.strait.protocol.sdp.SsrcAttribute;
import live.strait.protocol.sdp.SsrcGroup;
import live.strait.signaling.control.MediaLine.SsrcPair;

/// The SSRCs that a line announces, each stream with its retransmissions (RFC 5576, RFC 4588 section 8.8).
final class SsrcPairs {
    /// More streams than any one line carries.
    private static final int MAX_PAIRS = 16;

    private SsrcPairs() {}

    static List<SsrcPair> read(Attributes attributes) {
        Map<Long, Long> rtxOf = new HashMap<>();
        Set<Long> secondary = new HashSet<>();
        for (SsrcGroup group : attributes.all(SsrcGroup.class)) {
            boolean repair =
                    group.semantics().equals("FID") || group.semantics().startsWith("FEC");
            if (repair && group.ssrcs().size() == 2) {
                secondary.add(group.ssrcs().get(1));
                if (group.semantics().equals("FID")) {
                    rtxOf.putIfAbsent(group.ssrcs().get(0), group.ssrcs().get(1));
                }
            }
        }
        Set<Long> media = new LinkedHashSet<>();
        attributes.all(SsrcAttribute.class).forEach(said -> media.add(said.ssrc()));
        return media.stream()
                .filter(ssrc -> !secondary.contains(ssrc))
                .limit(MAX_PAIRS)
                .map(ssrc -> new SsrcPair(ssrc, rtxOf.getOrDefault(ssrc, -1L)))
                .toList();
    }
}
