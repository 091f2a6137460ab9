package live.strait.protocol.rtp;

/// Maps picture ids and base layer numbers of changing sources to one continuous line for one viewer.
///
/// A receiver orders frames by these numbers, so a jump at a layer switch looks like a loss and freezes the
/// picture. After [#switchTo] the first picture of the new source gets the number behind the highest one sent,
/// and the source keeps that offset. Packets of the source before that come late keep theirs, up to where the
/// line was cut; what lies on the wrong side of a cut is refused. [#drop] closes the gap of a picture that is
/// left out, which VP8 needs (a receiver waits for the number that is missing). VP9 and dependency descriptors
/// refer to pictures by distance: there the gap has to stay, and nobody calls `drop`. Packets may be up to
/// [#WINDOW] pictures late.
public final class PictureIdMapper {
    /// How far back the fate of a picture is remembered: four seconds at 30 pictures a second.
    static final int WINDOW = 128;

    private enum State {
        /// No source has been named yet.
        IDLE,
        /// The current source is named, its first picture has not come.
        SWITCHING,
        RUNNING
    }

    private State state = State.IDLE;
    private PictureIdLine current = new PictureIdLine();
    private PictureIdLine previous = new PictureIdLine();
    private boolean hasPrevious;
    private boolean hasSent;
    private int highestPictureId;
    private int highestTl0PicIdx;
    private int mappedPictureId = -1;
    private int mappedTl0PicIdx = -1;

    /// The line goes on with the next picture of `source` that is mapped.
    ///
    /// @param source an SSRC or a layer's number; naming the present one again starts it anew, as after a pause
    public void switchTo(int source) {
        if (state == State.RUNNING) {
            PictureIdLine cut = current;
            current = previous;
            previous = cut;
            hasPrevious = true;
        }
        current.source = source;
        state = State.SWITCHING;
    }

    /// Maps the numbers of a packet; on success [#pictureId] and [#tl0PicIdx] hold what the viewer gets.
    ///
    /// @return false when the packet has no place on the line: another source, too late, beyond a cut, or left out
    public boolean map(int source, FrameInfo frame) {
        if (state == State.RUNNING && source == current.source && frame.keyFrame && current.isBehindWindow(frame)) {
            // An encoder that was started anew on the same SSRC counts from anywhere.
            switchTo(source);
        }
        if (state != State.IDLE && source == current.source) {
            if (state == State.SWITCHING) {
                begin(frame);
            } else if (frame.pictureIdBits > 0) {
                current.advanceTo(current.place(frame));
            }
            return mapOn(current, frame);
        }
        return hasPrevious && source == previous.source && mapOn(previous, frame);
    }

    /// Leaves the picture of this packet out and moves those behind it up; [#map] refuses further packets of it.
    public void drop(int source, FrameInfo frame) {
        if (state != State.RUNNING || source != current.source || frame.pictureIdBits == 0) {
            return;
        }
        int place = current.place(frame);
        current.advanceTo(place);
        if (current.holds(place)) {
            current.drop(place);
        }
    }

    /// The picture id of the packet mapped last, as wide as it came, or -1 if it has none.
    public int pictureId() {
        return mappedPictureId;
    }

    /// The base layer number of the packet mapped last, 8 bits, or -1 if it has none.
    public int tl0PicIdx() {
        return mappedTl0PicIdx;
    }

    /// The first source of all keeps its own numbers.
    private void begin(FrameInfo frame) {
        if (!hasSent) {
            highestPictureId = frame.pictureId - 1;
            highestTl0PicIdx = frame.tl0PicIdx - 1;
            hasSent = true;
        }
        current.begin(frame, highestPictureId + 1, highestTl0PicIdx + 1);
        state = State.RUNNING;
    }

    private boolean mapOn(PictureIdLine line, FrameInfo frame) {
        mappedPictureId = -1;
        mappedTl0PicIdx = -1;
        if (frame.pictureIdBits > 0) {
            int place = line.place(frame);
            if (!line.holds(place) || line.isDropped(place)) {
                return false;
            }
            int outgoing = line.outgoing(place);
            if (outgoing - highestPictureId > 0) {
                highestPictureId = outgoing;
            }
            mappedPictureId = outgoing & ((1 << frame.pictureIdBits) - 1);
        }
        if (frame.tl0PicIdx >= 0) {
            mappedTl0PicIdx = line.outgoingTl0(frame.tl0PicIdx);
            byte ahead = (byte) (mappedTl0PicIdx - highestTl0PicIdx);
            highestTl0PicIdx += Math.max(ahead, 0);
        }
        return true;
    }
}
