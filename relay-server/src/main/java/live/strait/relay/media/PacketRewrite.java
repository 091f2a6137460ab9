package live.strait.relay.media;

/// How one packet is rewritten for one viewer: a reusable holder.
final class PacketRewrite {
    /// The low 32 bits count.
    long timestamp;

    /// The transport-wide sequence number, of which the low 16 bits count.
    int transportSeq;

    /// Without meaning where the packet has none; as many of the low bits count as it has.
    int pictureId;

    int tl0PicIdx;

    /// A number at some distance from another, where there is a number at all.
    static int shifted(int number, int by, int mask) {
        return number < 0 ? number : number + by & mask;
    }

    /// Leaves the codec's own numbers as the packet has them.
    void keepPictureIds(CachedPacket packet) {
        pictureId = packet.frame.pictureId;
        tl0PicIdx = packet.frame.tl0PicIdx;
    }
}
