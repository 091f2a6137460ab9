package live.strait.signaling.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import live.strait.protocol.sdp.MediaDescription;
import live.strait.protocol.sdp.Rid;
import live.strait.protocol.sdp.Simulcast;
import org.jspecify.annotations.Nullable;

/// The layers of a host's line as the answer takes them (RFC 8851, RFC 8853).
///
/// @param rids `recv`, in the order of `a=simulcast`
/// @param simulcast null where the offer has rids without it
record LayerSelection(List<Rid> rids, @Nullable Simulcast simulcast) {
    static final LayerSelection NONE = new LayerSelection(List.of(), null);

    /// Browsers send three; OBS lets its user choose four.
    private static final int MAX_LAYERS = 4;

    /// Takes the first usable alternative of each stream, held to the payload types that the answer keeps.
    static LayerSelection of(MediaDescription section, List<OfferedCodec> codecs) {
        Map<String, Rid> offered = new LinkedHashMap<>();
        for (Rid rid : section.attributes().all(Rid.class)) {
            Rid answered = answer(rid, codecs);
            if (answered != null) {
                offered.putIfAbsent(rid.id(), answered);
            }
        }
        Simulcast simulcast = section.attributes().first(Simulcast.class);
        if (simulcast == null) {
            return new LayerSelection(
                    offered.values().stream().limit(MAX_LAYERS).toList(), null);
        }
        List<Rid> rids = new ArrayList<>();
        List<Simulcast.Stream> streams = new ArrayList<>();
        for (Simulcast.Stream stream : simulcast.send()) {
            for (Simulcast.Alternative alternative : stream.alternatives()) {
                Rid rid = offered.remove(alternative.rid());
                if (rid != null && rids.size() < MAX_LAYERS) {
                    rids.add(rid);
                    streams.add(new Simulcast.Stream(List.of(alternative)));
                    break;
                }
            }
        }
        return rids.isEmpty() ? NONE : new LayerSelection(rids, new Simulcast(List.of(), streams));
    }

    List<String> ids() {
        return rids.stream().map(Rid::id).toList();
    }

    private static @Nullable Rid answer(Rid rid, List<OfferedCodec> codecs) {
        List<Integer> payloadTypes = rid.payloadTypes().stream()
                .filter(payloadType ->
                        codecs.stream().anyMatch(candidate -> candidate.codec().payloadType() == payloadType))
                .toList();
        boolean nothingLeft = payloadTypes.isEmpty() && !rid.payloadTypes().isEmpty();
        return !rid.sending() || nothingLeft ? null : new Rid(rid.id(), false, payloadTypes, rid.restrictions());
    }
}
