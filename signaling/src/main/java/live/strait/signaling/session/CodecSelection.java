package live.strait.signaling.session;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import live.strait.signaling.control.Codec;
import live.strait.signaling.control.SessionRequest.Purpose;

/// Which of the offered codecs the answer keeps, and with which feedback.
///
/// A viewer keeps every codec that it can decode, in its own order: the relay chooses the payload type packet by
/// packet, and a host may return with another codec. A host keeps what the usual viewer decodes.
final class CodecSelection {
    private CodecSelection() {}

    static List<OfferedCodec> select(List<OfferedCodec> offered, Purpose purpose) {
        List<OfferedCodec> kept = offered.stream()
                // Redundant audio is made by the relay where a viewer's line needs it, so that hosts send plain Opus.
                .filter(candidate -> candidate.codec().name() != Codec.Name.RED)
                .filter(candidate -> purpose == Purpose.VIEW || isEverybodys(candidate.codec()))
                .toList();
        return purpose == Purpose.VIEW ? kept : h264ByPacketizationMode(kept);
    }

    /// Keeps the feedback that goes with how bandwidth is estimated: by transport-wide numbers if the line carries
    /// them (a sender that sees none of the feedback it negotiated stays at its lowest rate), else by REMB.
    static List<OfferedCodec> withFeedback(List<OfferedCodec> codecs, boolean transportWide) {
        return codecs.stream()
                .map(candidate -> {
                    Set<Codec.Feedback> kept = EnumSet.noneOf(Codec.Feedback.class);
                    kept.addAll(candidate.codec().feedback());
                    kept.remove(transportWide ? Codec.Feedback.GOOG_REMB : Codec.Feedback.TRANSPORT_CC);
                    return candidate.withFeedback(kept);
                })
                .toList();
    }

    /// False for profiles with other chroma than 4:2:0, which hardly any viewer decodes: VP9 profiles 1 and 3,
    /// AV1 profiles 1 and 2, H.264 High 4:4:4 Predictive (profile_idc 0xf4).
    private static boolean isEverybodys(Codec codec) {
        return switch (codec.name()) {
            case VP9 -> Set.of("0", "2").contains(codec.fmtp().getOrDefault("profile-id", "0"));
            case AV1 -> codec.fmtp().getOrDefault("profile", "0").equals("0");
            case H264 ->
                !codec.fmtp()
                        .getOrDefault("profile-level-id", "")
                        .toLowerCase(Locale.ROOT)
                        .startsWith("f4");
            case VP8, H265, OPUS, RED -> true;
        };
    }

    /// Packetization mode 1 fragments large NAL units, mode 0 cannot (RFC 6184 section 6.2): of the H.264 variants
    /// those of mode 1 come first, in the places that H.264 has in the offer.
    private static List<OfferedCodec> h264ByPacketizationMode(List<OfferedCodec> codecs) {
        List<OfferedCodec> h264 = new ArrayList<>();
        for (String mode : List.of("1", "0")) {
            codecs.stream()
                    .filter(candidate -> candidate.codec().name() == Codec.Name.H264
                            && packetizationMode(candidate).equals(mode))
                    .forEach(h264::add);
        }
        List<OfferedCodec> ordered = new ArrayList<>();
        int next = 0;
        for (OfferedCodec candidate : codecs) {
            ordered.add(candidate.codec().name() == Codec.Name.H264 ? h264.get(next++) : candidate);
        }
        return ordered;
    }

    private static String packetizationMode(OfferedCodec candidate) {
        return candidate.codec().fmtp().getOrDefault("packetization-mode", "0").equals("1") ? "1" : "0";
    }
}
