package live.strait.signaling.session;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import live.strait.protocol.sdp.Attributes;
import live.strait.protocol.sdp.Fmtp;
import live.strait.protocol.sdp.MediaDescription;
import live.strait.protocol.sdp.RtcpFeedback;
import live.strait.protocol.sdp.Rtpmap;
import live.strait.signaling.control.Codec;
import org.jspecify.annotations.Nullable;

/// A codec of ours as one line describes it, with the peer's own words for the answer.
///
/// @param encoding the name in the peer's spelling
/// @param fmtp the parameters as they came, or null where there are none
record OfferedCodec(Codec codec, String encoding, @Nullable String fmtp) {

    /// Reads the codecs of a line in its order of preference; what Strait does not forward is left out.
    static List<OfferedCodec> read(MediaDescription section) {
        Attributes attributes = section.attributes();
        Map<Integer, Rtpmap> rtpmaps = new HashMap<>();
        attributes.all(Rtpmap.class).forEach(rtpmap -> rtpmaps.putIfAbsent(rtpmap.payloadType(), rtpmap));
        Map<Integer, Fmtp> fmtps = new HashMap<>();
        attributes.all(Fmtp.class).forEach(fmtp -> fmtps.putIfAbsent(fmtp.payloadType(), fmtp));
        List<RtcpFeedback> feedback = attributes.all(RtcpFeedback.class);
        Set<Integer> payloadTypes = payloadTypes(section);
        Map<Integer, Integer> rtx = rtxByPayloadType(payloadTypes, rtpmaps, fmtps);

        List<OfferedCodec> codecs = new ArrayList<>();
        for (int payloadType : payloadTypes) {
            Rtpmap rtpmap = rtpmaps.get(payloadType);
            Codec.Name name = rtpmap == null ? null : name(section.media(), rtpmap.encoding());
            if (rtpmap != null && name != null) {
                Fmtp fmtp = fmtps.get(payloadType);
                Codec codec = new Codec(
                        payloadType,
                        name,
                        rtpmap.clockRate(),
                        rtpmap.channels(),
                        fmtp == null ? Map.of() : fmtp.parameters(),
                        rtx.getOrDefault(payloadType, -1),
                        feedback(feedback, payloadType));
                codecs.add(new OfferedCodec(codec, rtpmap.encoding(), fmtp == null ? null : fmtp.text()));
            }
        }
        return codecs;
    }

    /// The names of all codecs of a line, for a sentence about what was not found among them.
    static Set<String> names(MediaDescription section) {
        Set<String> names = new LinkedHashSet<>();
        section.attributes().all(Rtpmap.class).forEach(rtpmap -> names.add(rtpmap.encoding()));
        return names;
    }

    OfferedCodec withFeedback(Set<Codec.Feedback> kept) {
        return new OfferedCodec(
                new Codec(
                        codec.payloadType(),
                        codec.name(),
                        codec.clockRate(),
                        codec.channels(),
                        codec.fmtp(),
                        codec.rtxPayloadType(),
                        kept),
                encoding,
                fmtp);
    }

    private static Set<Integer> payloadTypes(MediaDescription section) {
        Set<Integer> payloadTypes = new LinkedHashSet<>();
        for (String format : section.formats()) {
            int payloadType = payloadType(format);
            if (payloadType >= 0) {
                payloadTypes.add(payloadType);
            }
        }
        return payloadTypes;
    }

    /// Reads a payload type, or gives -1 for anything else, such as the format of a data channel.
    private static int payloadType(String word) {
        int value = 0;
        for (int i = 0; i < word.length(); i++) {
            int digit = word.charAt(i) - '0';
            if (digit < 0 || digit > 9 || value > 127) {
                return -1;
            }
            value = 10 * value + digit;
        }
        return word.isEmpty() || value > 127 ? -1 : value;
    }

    /// `rtx` names the payload type it repeats by `apt` (RFC 4588 section 8.1).
    private static Map<Integer, Integer> rtxByPayloadType(
            Set<Integer> payloadTypes, Map<Integer, Rtpmap> rtpmaps, Map<Integer, Fmtp> fmtps) {
        Map<Integer, Integer> rtx = new HashMap<>();
        for (int payloadType : payloadTypes) {
            Rtpmap rtpmap = rtpmaps.get(payloadType);
            Fmtp fmtp = fmtps.get(payloadType);
            if (rtpmap != null && fmtp != null && rtpmap.encoding().equalsIgnoreCase("rtx")) {
                rtx.putIfAbsent(payloadType(fmtp.parameters().getOrDefault("apt", "")), payloadType);
            }
        }
        return rtx;
    }

    private static Codec.@Nullable Name name(String media, String encoding) {
        String upper = encoding.toUpperCase(Locale.ROOT);
        return switch (media) {
            case "audio" ->
                switch (upper) {
                    case "OPUS" -> Codec.Name.OPUS;
                    case "RED" -> Codec.Name.RED;
                    default -> null;
                };
            case "video" ->
                switch (upper) {
                    case "VP8" -> Codec.Name.VP8;
                    case "VP9" -> Codec.Name.VP9;
                    case "H264" -> Codec.Name.H264;
                    case "H265" -> Codec.Name.H265;
                    case "AV1" -> Codec.Name.AV1;
                    default -> null;
                };
            default -> null;
        };
    }

    private static Set<Codec.Feedback> feedback(List<RtcpFeedback> offered, int payloadType) {
        Set<Codec.Feedback> known = EnumSet.noneOf(Codec.Feedback.class);
        for (RtcpFeedback feedback : offered) {
            if (feedback.appliesTo(payloadType)) {
                for (Codec.Feedback kind : Codec.Feedback.values()) {
                    if (feedback.kind().equalsIgnoreCase(kind.text())) {
                        known.add(kind);
                    }
                }
            }
        }
        return known;
    }
}
