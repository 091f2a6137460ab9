package live.strait.relay.media;

/// How one packet is rewritten for one viewer: a reusable holder.
final class PacketRewrite {
    /// The low 32 bits count.
    long timestamp;

    /// The transport-wide sequence number, 16 bits.
    int transportSeq;

    /// Without meaning where the packet has none; as many of the low bits count as it has.
    int pictureId;

    int tl0PicIdx;

    /// Leaves the codec's own numbers as the packet has them.
    void keepPictureIds(CachedPacket packet) {
        pictureId = packet.frame.pictureId;
        tl0PicIdx = packet.frame.tl0PicIdx;
    }
}
