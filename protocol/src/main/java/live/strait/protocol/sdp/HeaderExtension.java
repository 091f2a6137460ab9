package live.strait.protocol.sdp;

import org.jspecify.annotations.Nullable;

/// The RTP header extensions that Strait reads or writes, by the URI that `a=extmap` names them with.
public enum HeaderExtension {
    /// The line a packet belongs to (RFC 9143 section 15).
    MID("urn:ietf:params:rtp-hdrext:sdes:mid"),
    /// The simulcast layer of a packet (RFC 8852).
    RID("urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"),
    /// The layer that a retransmission repairs (RFC 8852).
    REPAIRED_RID("urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"),
    /// A sequence number over all streams of a transport (draft-holmer-rmcat-transport-wide-cc-extensions-01).
    TRANSPORT_WIDE_CC("http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"),
    /// When the packet was sent, 24 bits of 6.18 fixed point seconds.
    ABS_SEND_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"),
    /// Loudness of the audio in the packet (RFC 6464).
    SSRC_AUDIO_LEVEL("urn:ietf:params:rtp-hdrext:ssrc-audio-level"),
    /// How a phone was held (3GPP TS 26.114 section 7.4.5).
    VIDEO_ORIENTATION("urn:3gpp:video-orientation"),
    /// Bounds of the receiver's jitter buffer, in units of 10 ms.
    PLAYOUT_DELAY("http://www.webrtc.org/experiments/rtp-hdrext/playout-delay"),
    /// NTP time at which the first sample was captured.
    ABS_CAPTURE_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time"),
    /// Primaries, transfer and range of the picture's colours; a viewer without it sees another contrast.
    COLOR_SPACE("http://www.webrtc.org/experiments/rtp-hdrext/color-space"),
    /// Frames and layers a packet depends on (AV1 RTP payload format, appendix A); other codecs use it too.
    DEPENDENCY_DESCRIPTOR("https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension"),
    /// Sizes and target rates of the layers that are being sent.
    VIDEO_LAYERS_ALLOCATION("http://www.webrtc.org/experiments/rtp-hdrext/video-layers-allocation00");

    private final String uri;

    HeaderExtension(String uri) {
        this.uri = uri;
    }

    public String uri() {
        return uri;
    }

    /// Finds the extension of that URI, or null for one that Strait does not use.
    public static @Nullable HeaderExtension of(String uri) {
        for (HeaderExtension extension : values()) {
            if (extension.uri.equals(uri)) {
                return extension;
            }
        }
        return null;
    }
}
