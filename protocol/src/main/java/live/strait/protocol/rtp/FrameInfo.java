package live.strait.protocol.rtp;

/// What one packet says about the frame that it carries a part of, in the same words for all codecs.
///
/// A reusable holder with plain fields: one per loop, filled by [VideoPayload#peek] or by a [DependencyDescriptor],
/// valid until the next packet.
public final class FrameInfo {
    /// Decoding can start here: this packet starts a frame of the lowest spatial layer (or the parameter sets right
    /// before it) that needs nothing earlier. Later packets of that frame do not say so again.
    public boolean keyFrame;

    /// This packet is the first of its (layer) frame. For H.264 and H.265 it is a packet that may be the first:
    /// parameter sets and the slice behind them both say so, and the caller goes by the change of timestamp.
    public boolean startOfFrame;

    /// This packet is the last of its (layer) frame. In a picture of several spatial layers each has its own last
    /// one.
    public boolean endOfFrame;

    /// 0 is the base layer.
    public int temporalId;

    /// 0 is the base layer.
    public int spatialId;

    /// From this frame on, a receiver of lower temporal layers may take this temporal layer too. Says nothing of
    /// the base layer, which everybody takes.
    public boolean switchUp;

    /// The frame refers to earlier pictures; without, a receiver may switch up to this spatial layer here.
    public boolean interPicturePredicted;

    /// No later frame refers to this one: it can be left out without harm.
    public boolean discardable;

    /// The picture id (7 or 15 bits) or the frame number of a dependency descriptor (16 bits); -1 if there is none.
    public int pictureId;

    /// How wide the picture id is: 7, 15 or 16 bits; 0 if there is none.
    public int pictureIdBits;

    /// The number of the latest base layer picture, 8 bits; -1 if there is none.
    public int tl0PicIdx;

    /// Says what another one says.
    public void set(FrameInfo other) {
        keyFrame = other.keyFrame;
        startOfFrame = other.startOfFrame;
        endOfFrame = other.endOfFrame;
        temporalId = other.temporalId;
        spatialId = other.spatialId;
        switchUp = other.switchUp;
        interPicturePredicted = other.interPicturePredicted;
        discardable = other.discardable;
        pictureId = other.pictureId;
        pictureIdBits = other.pictureIdBits;
        tl0PicIdx = other.tl0PicIdx;
    }

    /// Back to "knows nothing": an undivided stream, in the middle of a frame.
    public void clear() {
        keyFrame = false;
        startOfFrame = false;
        endOfFrame = false;
        temporalId = 0;
        spatialId = 0;
        switchUp = false;
        interPicturePredicted = true;
        discardable = false;
        pictureId = -1;
        pictureIdBits = 0;
        tl0PicIdx = -1;
    }
}
