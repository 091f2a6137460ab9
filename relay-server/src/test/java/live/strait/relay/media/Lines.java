package live.strait.relay.media;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import live.strait.protocol.sdp.HeaderExtension;
import live.strait.signaling.control.Codec;
import live.strait.signaling.control.Codec.Feedback;
import live.strait.signaling.control.MediaLine;
import live.strait.signaling.control.MediaLine.Kind;
import live.strait.signaling.control.MediaLine.SsrcPair;

/// Negotiated lines as browsers and others have them, with payload types and extension ids of their own.
public final class Lines {
    public static final int MID_ID = 4;
    public static final int RID_ID = 10;
    public static final int REPAIRED_RID_ID = 11;
    public static final int TWCC_ID = 3;

    public static final Codec VP8 = video(96, Codec.Name.VP8, Map.of(), 97);
    public static final Codec VP9 = video(98, Codec.Name.VP9, Map.of("profile-id", "0"), 99);
    public static final Codec H264 =
            video(102, Codec.Name.H264, Map.of("packetization-mode", "1", "profile-level-id", "42e01f"), 103);
    public static final Codec OPUS = new Codec(
            111,
            Codec.Name.OPUS,
            48_000,
            2,
            Map.of("useinbandfec", "1"),
            -1,
            Set.of(Feedback.NACK, Feedback.TRANSPORT_CC));

    private Lines() {}

    public static Codec video(int payloadType, Codec.Name name, Map<String, String> fmtp, int rtxPayloadType) {
        return new Codec(
                payloadType,
                name,
                90_000,
                1,
                fmtp,
                rtxPayloadType,
                Set.of(Feedback.NACK, Feedback.NACK_PLI, Feedback.CCM_FIR, Feedback.TRANSPORT_CC));
    }

    /// A browser's three layers of video, lowest first.
    public static MediaLine simulcast(Codec... codecs) {
        return new MediaLine(
                "1", Kind.VIDEO, true, List.of(codecs), browserExtensions(), List.of("q", "h", "f"), List.of());
    }

    public static MediaLine browserAudio() {
        return new MediaLine("0", Kind.AUDIO, true, List.of(OPUS), browserExtensions(), List.of(), List.of());
    }

    /// A line whose sender names its SSRCs and sends no extensions.
    public static MediaLine announced(String mid, Kind kind, List<SsrcPair> ssrcs, Codec... codecs) {
        return new MediaLine(mid, kind, true, List.of(codecs), Map.of(), List.of(), ssrcs);
    }

    /// A viewer's line: its own payload types, its own ids.
    public static MediaLine viewing(String mid, Kind kind, Codec... codecs) {
        return new MediaLine(
                mid,
                kind,
                true,
                List.of(codecs),
                Map.of(HeaderExtension.TRANSPORT_WIDE_CC.uri(), 5, HeaderExtension.VIDEO_ORIENTATION.uri(), 7),
                List.of(),
                List.of());
    }

    /// The same codec under a viewer's numbers.
    public static Codec renumbered(Codec codec, int payloadType, int rtxPayloadType) {
        return new Codec(
                payloadType,
                codec.name(),
                codec.clockRate(),
                codec.channels(),
                codec.fmtp(),
                rtxPayloadType,
                codec.feedback());
    }

    private static Map<String, Integer> browserExtensions() {
        Map<String, Integer> ids = new HashMap<>();
        ids.put(HeaderExtension.MID.uri(), MID_ID);
        ids.put(HeaderExtension.RID.uri(), RID_ID);
        ids.put(HeaderExtension.REPAIRED_RID.uri(), REPAIRED_RID_ID);
        ids.put(HeaderExtension.TRANSPORT_WIDE_CC.uri(), TWCC_ID);
        ids.put(HeaderExtension.VIDEO_ORIENTATION.uri(), 13);
        return ids;
    }
}
