package live.strait.relay.media;

/// How one packet is rewritten for one viewer: a reusable holder, one per viewer.
final class PacketRewrite {
    /// The low 32 bits count.
    long timestamp;

    /// The transport-wide sequence number, 16 bits.
    int transportSeq;

    /// VP8 and VP9 only; otherwise without meaning.
    int pictureId;

    int tl0PicIdx;
}
