package live.strait.signaling.session;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import live.strait.protocol.sdp.Direction;
import live.strait.protocol.sdp.Extmap;
import live.strait.protocol.sdp.HeaderExtension;
import live.strait.protocol.sdp.MediaDescription;
import live.strait.signaling.control.Codec;
import live.strait.signaling.control.SessionRequest.Purpose;
import org.jspecify.annotations.Nullable;

/// Which header extensions the answer keeps, with the offer's ids; one instance looks at all lines of one offer.
///
/// Over all bundled lines an id has one meaning and a meaning one id (RFC 9143 section 9.2), so that a packet can
/// be read before its line is known. What a later line says differently is left out there.
final class ExtensionSelection {
    private static final Set<HeaderExtension> OF_A_HOST = EnumSet.allOf(HeaderExtension.class);

    /// Layers are chosen by the relay, so a viewer sees neither rid nor dependency descriptor: a stale one
    /// freezes it.
    private static final Set<HeaderExtension> OF_A_VIEWER = EnumSet.of(
            HeaderExtension.MID,
            HeaderExtension.TRANSPORT_WIDE_CC,
            HeaderExtension.ABS_SEND_TIME,
            HeaderExtension.SSRC_AUDIO_LEVEL,
            HeaderExtension.VIDEO_ORIENTATION,
            HeaderExtension.PLAYOUT_DELAY,
            HeaderExtension.ABS_CAPTURE_TIME,
            HeaderExtension.COLOR_SPACE);

    private final Purpose purpose;
    private final Map<Integer, HeaderExtension> meaningOfId = new HashMap<>();
    private final Map<HeaderExtension, Integer> idOfMeaning = new EnumMap<>(HeaderExtension.class);

    ExtensionSelection(Purpose purpose) {
        this.purpose = purpose;
    }

    /// Selects for one line that is going to be accepted.
    List<Extmap> select(MediaDescription section, List<OfferedCodec> codecs) {
        Map<HeaderExtension, Extmap> offered = usable(section);
        boolean feedback = codecs.stream()
                .anyMatch(candidate -> candidate.codec().feedback().contains(Codec.Feedback.TRANSPORT_CC));
        if (!feedback) {
            offered.remove(HeaderExtension.TRANSPORT_WIDE_CC);
        }
        if (offered.containsKey(HeaderExtension.TRANSPORT_WIDE_CC)) {
            // Send times serve an estimator at the receiver, which steps back behind the transport-wide one.
            offered.remove(HeaderExtension.ABS_SEND_TIME);
        }
        List<Extmap> kept = new ArrayList<>();
        for (Extmap extmap : section.attributes().all(Extmap.class)) {
            HeaderExtension extension = HeaderExtension.of(extmap.uri());
            if (extension != null && extmap.equals(offered.get(extension))) {
                meaningOfId.put(extmap.id(), extension);
                idOfMeaning.put(extension, extmap.id());
                offered.remove(extension);
                Direction direction = extmap.direction();
                kept.add(new Extmap(extmap.id(), direction == null ? null : direction.reversed(), extmap.uri(), ""));
            }
        }
        return kept;
    }

    private Map<HeaderExtension, Extmap> usable(MediaDescription section) {
        Map<HeaderExtension, Extmap> usable = new EnumMap<>(HeaderExtension.class);
        Set<Integer> idsOfLine = new HashSet<>();
        for (Extmap extmap : section.attributes().all(Extmap.class)) {
            HeaderExtension extension = HeaderExtension.of(extmap.uri());
            boolean firstOfItsId = idsOfLine.add(extmap.id());
            if (extension != null
                    && firstOfItsId
                    && extmap.isUsable()
                    && flowsOurWay(extmap.direction())
                    && (purpose == Purpose.PUBLISH ? OF_A_HOST : OF_A_VIEWER).contains(extension)
                    && meaningOfId.getOrDefault(extmap.id(), extension) == extension
                    && idOfMeaning.getOrDefault(extension, extmap.id()) == extmap.id()) {
                usable.putIfAbsent(extension, extmap);
            }
        }
        return usable;
    }

    private boolean flowsOurWay(@Nullable Direction direction) {
        return direction == null || (purpose == Purpose.PUBLISH ? direction.sends() : direction.receives());
    }
}
