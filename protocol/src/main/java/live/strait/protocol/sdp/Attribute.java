package live.strait.protocol.sdp;

import org.jspecify.annotations.Nullable;

/// One `a=` line: a record of its own type where Strait looks into the value, else a [PlainAttribute].
public sealed interface Attribute
        permits CandidateAttribute,
                Direction,
                Extmap,
                FingerprintAttribute,
                Fmtp,
                Group,
                Msid,
                PlainAttribute,
                Rid,
                RtcpFeedback,
                Rtpmap,
                Setup,
                Simulcast,
                SsrcAttribute,
                SsrcGroup {

    /// What stands before the colon, in the spelling of its RFC.
    String attributeName();

    /// What stands behind the colon, or null for a property attribute, which has none.
    @Nullable
    String attributeValue();

    /// The line as it is written, without its end.
    default String line() {
        String value = attributeValue();
        return value == null ? "a=" + attributeName() : "a=" + attributeName() + ":" + value;
    }
}
