package live.strait.relay.media;

/// The header extensions that forwarding reads or passes on, by their URIs.
final class HeaderExtensionUri {
    static final String MID = "urn:ietf:params:rtp-hdrext:sdes:mid";
    static final String RID = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id";
    static final String REPAIRED_RID = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id";
    static final String TRANSPORT_WIDE_CC = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
    static final String AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level";
    static final String VIDEO_ORIENTATION = "urn:3gpp:video-orientation";
    static final String PLAYOUT_DELAY = "http://www.webrtc.org/experiments/rtp-hdrext/playout-delay";
    static final String ABS_CAPTURE_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time";

    /// Passed on as they are, where both sides know them; what concerns one hop only is not among them.
    static final String[] END_TO_END = {AUDIO_LEVEL, VIDEO_ORIENTATION, PLAYOUT_DELAY, ABS_CAPTURE_TIME};

    private HeaderExtensionUri() {}
}
