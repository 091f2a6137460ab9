package live.strait.signaling.control;

import java.util.List;
import java.util.Map;

/// One m-line after negotiation: what both sides can do.
///
/// @param mid the `a=mid` of the line, or its index where the offer has none
/// @param accepted false for a line that the answer rejects (port 0); then the lists are empty
/// @param codecs in the order of preference of the offer; empty when not accepted, and for data channels
/// @param extensions header-extension URI to id (1 to 255), those that both sides know
/// @param rids of a simulcast publisher in the order of `a=simulcast` (lowest quality first), else empty
/// @param ssrcs of a publisher that names them (`a=ssrc`), media and RTX paired by FID; else empty
public record MediaLine(
        String mid,
        Kind kind,
        boolean accepted,
        List<Codec> codecs,
        Map<String, Integer> extensions,
        List<String> rids,
        List<SsrcPair> ssrcs) {

    public MediaLine {
        codecs = List.copyOf(codecs);
        extensions = Map.copyOf(extensions);
        rids = List.copyOf(rids);
        ssrcs = List.copyOf(ssrcs);
    }

    /// What a line carries.
    public enum Kind {
        AUDIO,
        VIDEO,
        /// Data channels, or anything else: answered, never media.
        OTHER
    }

    /// The two SSRCs of one stream.
    ///
    /// @param rtx the SSRC of the retransmissions, or -1
    public record SsrcPair(long media, long rtx) {}
}
