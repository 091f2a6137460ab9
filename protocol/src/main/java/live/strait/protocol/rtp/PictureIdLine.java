package live.strait.protocol.rtp;

/// One source's stretch of a [PictureIdMapper]'s line: where its pictures lie, from its first to its newest.
///
/// Picture ids are unwrapped to places on an `int` line (which may itself wrap: only differences count). A packet
/// that comes late needs the offset to the outgoing line as it was at its own picture. The offset grows by one with
/// each picture left out, so it is enough to know which of the newest places were: as bits of a few words they take
/// a twentieth of the memory, and of the processor's cache, that an offset for each would. A place that nothing has
/// been heard of yet keeps its room.
final class PictureIdLine {
    private static final int PLACES = PictureIdMapper.WINDOW;

    int source;

    private int first;
    private int newest;
    private int offset;
    private int tl0Offset;
    /// Left out: bit i is the place that lies i before the newest, or 64 + i.
    private long droppedNear;
    private long droppedFar;
    /// Those of them that the places behind have moved up for.
    private long closedNear;
    private long closedFar;

    /// Starts with this picture, which becomes `outPictureId` and `outTl0PicIdx` on the outgoing line.
    void begin(FrameInfo frame, int outPictureId, int outTl0PicIdx) {
        first = frame.pictureId;
        newest = frame.pictureId;
        offset = frame.pictureId - outPictureId;
        tl0Offset = frame.tl0PicIdx - outTl0PicIdx;
        droppedNear = 0;
        droppedFar = 0;
        closedNear = 0;
        closedFar = 0;
    }

    /// Where this picture lies, by the shortest way from the newest.
    int place(FrameInfo frame) {
        int unused = Integer.SIZE - frame.pictureIdBits;
        return newest + ((frame.pictureId - newest) << unused >> unused);
    }

    /// Takes `place` as the newest when it is.
    void advanceTo(int place) {
        int steps = place - newest;
        if (steps <= 0) {
            return;
        }
        newest = place;
        droppedFar = shiftedFar(droppedNear, droppedFar, steps);
        droppedNear = shifted(droppedNear, steps);
        closedFar = shiftedFar(closedNear, closedFar, steps);
        closedNear = shifted(closedNear, steps);
    }

    /// Whether `place` lies between the first picture and the newest, and not too far back.
    boolean holds(int place) {
        return place - first >= 0 && newest - place >= 0 && newest - place < PLACES;
    }

    /// Whether this picture lies so far back that it cannot be a late one.
    boolean isBehindWindow(FrameInfo frame) {
        return frame.pictureIdBits > 0 && newest - place(frame) >= PLACES;
    }

    /// Whether a place that [#holds] was left out.
    boolean isDropped(int place) {
        int back = newest - place;
        return ((back < Long.SIZE ? droppedNear : droppedFar) >>> back & 1) != 0;
    }

    /// Leaves out a place that [#holds]. Only behind the newest the gap can still be closed: what came later has
    /// been sent.
    void drop(int place) {
        int back = newest - place;
        if (back == 0 && !isDropped(place)) {
            offset++;
            closedNear |= 1;
        }
        if (back < Long.SIZE) {
            droppedNear |= 1L << back;
        } else {
            droppedFar |= 1L << back;
        }
    }

    /// Where a place that [#holds] lies on the outgoing line.
    int outgoing(int place) {
        int back = newest - place;
        int since = back < Long.SIZE
                ? Long.bitCount(closedNear & upTo(back))
                : Long.bitCount(closedNear) + Long.bitCount(closedFar & upTo(back));
        return place - (offset - since);
    }

    int outgoingTl0(int tl0PicIdx) {
        return (tl0PicIdx - tl0Offset) & 0xFF;
    }

    /// The bits from 0 to `back`, of its own word.
    private static long upTo(int back) {
        return -1L >>> (Long.SIZE - 1 - back % Long.SIZE);
    }

    private static long shifted(long near, int steps) {
        return steps < Long.SIZE ? near << steps : 0;
    }

    private static long shiftedFar(long near, long far, int steps) {
        if (steps >= PLACES) {
            return 0;
        }
        return steps < Long.SIZE ? far << steps | near >>> (Long.SIZE - steps) : near << steps;
    }
}
