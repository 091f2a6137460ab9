package live.strait.relay.media;

import java.util.List;
import java.util.Locale;
import live.strait.signaling.control.Codec;
import org.jspecify.annotations.Nullable;

/// Which payload type of a viewer decodes what a publisher sends.
final class CodecMatch {
    private CodecMatch() {}

    /// The viewer's payload type for `sent`, or null when it decodes no such thing.
    static @Nullable Codec find(List<Codec> viewer, Codec sent) {
        Codec near = null;
        for (Codec codec : viewer) {
            if (codec.name() == sent.name() && codec.clockRate() == sent.clockRate()) {
                if (sameForm(codec, sent)) {
                    return codec;
                }
                near = near == null && mayDecode(codec, sent) ? codec : near;
            }
        }
        return near;
    }

    private static boolean sameForm(Codec a, Codec b) {
        return switch (a.name()) {
            case VP9, H265 -> same(a, b, "profile-id", "0");
            case AV1 -> same(a, b, "profile", "0");
            case H264 -> same(a, b, "packetization-mode", "0") && h264Profile(a).equals(h264Profile(b));
            case VP8, OPUS, RED -> true;
        };
    }

    /// Decoders take H.264 of another profile or mode than negotiated more often than not, and there is nothing
    /// better to send; a VP9 or AV1 profile is a bit depth, which no other decodes.
    private static boolean mayDecode(Codec a, Codec b) {
        return a.name() == Codec.Name.H264 && same(a, b, "packetization-mode", "0");
    }

    /// profile_idc and the constraint flags, without the level (RFC 6184 section 8.1).
    private static String h264Profile(Codec codec) {
        String profileLevelId = codec.fmtp().getOrDefault("profile-level-id", "42e01f");
        return profileLevelId.length() < 4
                ? profileLevelId
                : profileLevelId.substring(0, 4).toLowerCase(Locale.ROOT);
    }

    private static boolean same(Codec a, Codec b, String key, String absent) {
        return a.fmtp().getOrDefault(key, absent).equals(b.fmtp().getOrDefault(key, absent));
    }
}
