package live.strait.protocol.rtp;

/// The video payload formats whose frames we can tell apart.
public enum VideoCodec {
    /// RFC 7741.
    VP8,
    /// RFC 9628.
    VP9,
    /// RFC 6184.
    H264,
    /// The RTP payload format of the Alliance for Open Media.
    AV1,
    /// RFC 7798.
    H265
}
