package live.strait.signaling.session;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import live.strait.protocol.sdp.Extmap;
import live.strait.protocol.sdp.MediaDescription;
import live.strait.signaling.control.MediaLine;
import live.strait.signaling.control.SctpParameters;
import org.jspecify.annotations.Nullable;

/// What has been decided about one line of the offer.
///
/// @param mid as offered, or one of our making where the offer has none
/// @param codecs empty for a line that the answer rejects, and for data channels
/// @param sctp the peer's, on an accepted line of data channels
record NegotiatedLine(
        MediaDescription offered,
        String mid,
        MediaLine.Kind kind,
        List<OfferedCodec> codecs,
        List<Extmap> extensions,
        LayerSelection layers,
        List<MediaLine.SsrcPair> ssrcs,
        @Nullable SctpParameters sctp) {

    static NegotiatedLine rejected(MediaDescription offered, String mid, MediaLine.Kind kind) {
        return new NegotiatedLine(offered, mid, kind, List.of(), List.of(), LayerSelection.NONE, List.of(), null);
    }

    static NegotiatedLine dataChannels(MediaDescription offered, String mid, SctpParameters sctp) {
        return new NegotiatedLine(
                offered, mid, MediaLine.Kind.OTHER, List.of(), List.of(), LayerSelection.NONE, List.of(), sctp);
    }

    boolean accepted() {
        return !codecs.isEmpty() || sctp != null;
    }

    MediaLine toMediaLine() {
        Map<String, Integer> ids = extensions.stream().collect(Collectors.toMap(Extmap::uri, Extmap::id));
        return new MediaLine(
                mid, kind, accepted(), codecs.stream().map(OfferedCodec::codec).toList(), ids, layers.ids(), ssrcs);
    }
}
