package live.strait.protocol.rtp;

import java.util.Arrays;

/// One source's stretch of a [PictureIdMapper]'s line: where its pictures lie, from its first to its newest.
///
/// Picture ids are unwrapped to places on an `int` line (which may itself wrap: only differences count). For the
/// newest places the offset to the outgoing line is kept one by one, because it grows with every picture left out
/// and a packet that comes late needs the one of its own time. A place that nothing has been heard of yet keeps
/// its room.
final class PictureIdLine {
    private static final int SLOTS = PictureIdMapper.WINDOW;

    int source;

    private final int[] offsets = new int[SLOTS];
    private final boolean[] dropped = new boolean[SLOTS];
    private int first;
    private int newest;
    private int offset;
    private int tl0Offset;

    /// Starts with this picture, which becomes `outPictureId` and `outTl0PicIdx` on the outgoing line.
    void begin(FrameInfo frame, int outPictureId, int outTl0PicIdx) {
        first = frame.pictureId;
        newest = frame.pictureId;
        offset = frame.pictureId - outPictureId;
        tl0Offset = frame.tl0PicIdx - outTl0PicIdx;
        Arrays.fill(dropped, false);
        offsets[slot(first)] = offset;
    }

    /// Where this picture lies, by the shortest way from the newest.
    int place(FrameInfo frame) {
        int unused = Integer.SIZE - frame.pictureIdBits;
        return newest + ((frame.pictureId - newest) << unused >> unused);
    }

    /// Takes `place` as the newest when it is; places stepped over get the offset of now.
    void advanceTo(int place) {
        int steps = Math.min(place - newest, SLOTS);
        for (int i = steps - 1; i >= 0; i--) {
            offsets[slot(place - i)] = offset;
            dropped[slot(place - i)] = false;
        }
        if (steps > 0) {
            newest = place;
        }
    }

    /// Whether `place` lies between the first picture and the newest, and not too far back.
    boolean holds(int place) {
        return place - first >= 0 && newest - place >= 0 && newest - place < SLOTS;
    }

    /// Whether this picture lies so far back that it cannot be a late one.
    boolean isBehindWindow(FrameInfo frame) {
        return frame.pictureIdBits > 0 && newest - place(frame) >= SLOTS;
    }

    boolean isDropped(int place) {
        return dropped[slot(place)];
    }

    /// Leaves out a place that [#holds]. Only behind the newest the gap can still be closed: what came later has
    /// been sent.
    void drop(int place) {
        if (place == newest && !dropped[slot(place)]) {
            offset++;
        }
        dropped[slot(place)] = true;
    }

    int outgoing(int place) {
        return place - offsets[slot(place)];
    }

    int outgoingTl0(int tl0PicIdx) {
        return (tl0PicIdx - tl0Offset) & 0xFF;
    }

    private static int slot(int place) {
        return place & (SLOTS - 1);
    }
}
