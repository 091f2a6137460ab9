package live.strait.signaling.control;

import java.util.Map;
import java.util.Set;

/// A payload type and what it means on one m-line.
///
/// @param rtxPayloadType the `rtx` payload type with `apt` of this one, or -1
/// @param channels of audio, else 1
/// @param fmtp parameters in lower-case keys, such as `profile-level-id`
public record Codec(
        int payloadType,
        Name name,
        int clockRate,
        int channels,
        Map<String, String> fmtp,
        int rtxPayloadType,
        Set<Feedback> feedback) {

    public Codec {
        fmtp = Map.copyOf(fmtp);
        feedback = Set.copyOf(feedback);
    }

    /// What Strait forwards.
    public enum Name {
        VP8,
        VP9,
        H264,
        AV1,
        H265,
        OPUS,
        /// Redundant audio (RFC 2198) around Opus.
        RED
    }

    /// `a=rtcp-fb` values that we know (RFC 4585, RFC 5104).
    public enum Feedback {
        NACK("nack"),
        NACK_PLI("nack pli"),
        CCM_FIR("ccm fir"),
        TRANSPORT_CC("transport-cc"),
        GOOG_REMB("goog-remb");

        private final String text;

        Feedback(String text) {
            this.text = text;
        }

        /// As it stands in `a=rtcp-fb`.
        public String text() {
            return text;
        }
    }
}
