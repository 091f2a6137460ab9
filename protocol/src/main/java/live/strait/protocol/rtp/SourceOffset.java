package live.strait.protocol.rtp;

/// How far one source's timestamps lie from the outgoing line: an offset that shrinks in steps, and what it was
/// before each of the latest steps, for packets that come late.
final class SourceOffset {
    /// Two seconds of the past become eight milliseconds, and thirty pictures a second stay 11 ticks of 90 kHz
    /// apart.
    private static final int SQUEEZE = 256;

    /// Steps that a late packet may be behind: frames keep coming while one is sent again.
    private static final int REMEMBERED = 16;

    private final int[] upTo = new int[REMEMBERED];
    private final int[] before = new int[REMEMBERED];
    private int steps;
    private int offset;
    private int newest;
    private int live;
    /// How far before `live` timestamps are squeezed; 0 for not at all.
    private int mostPast;

    /// Another source, of which all timestamps are taken as they are.
    void reset() {
        mostPast = 0;
    }

    /// Moves what lies before `timestamp`, by `ticks` at most, close to it.
    void squeezeBefore(int timestamp, int ticks) {
        live = timestamp;
        mostPast = ticks;
    }

    /// This timestamp, or where it lies among those that are squeezed. Timestamps wrap: what is far from the present
    /// is none of the past.
    int squeezed(int timestamp) {
        int past = live - timestamp;
        return past > 0 && past <= mostPast ? live - past / SQUEEZE : timestamp;
    }

    /// Whether some timestamps are not taken as they are.
    boolean isSqueezing() {
        return mostPast != 0;
    }

    void begin(int firstTimestamp, int firstOffset) {
        offset = firstOffset;
        newest = firstTimestamp;
        steps = 0;
    }

    /// The offset of the newest frame.
    int current() {
        return offset;
    }

    /// Ticks from the newest frame to this one; negative for a late one.
    int stepTo(int timestamp) {
        return timestamp - newest;
    }

    /// Takes `timestamp` as the newest, whose offset is smaller by `back` ticks than that of the frames before.
    void advance(int timestamp, int back) {
        if (back > 0) {
            int entry = steps++ % REMEMBERED;
            upTo[entry] = newest;
            before[entry] = offset;
            offset -= back;
        }
        newest = timestamp;
        if (timestamp - live > mostPast) {
            mostPast = 0; // nothing of the past comes so late
        }
    }

    /// The offset of the frame with this timestamp.
    int at(int timestamp) {
        if (timestamp - newest >= 0) {
            return offset;
        }
        for (int i = Math.max(0, steps - REMEMBERED); i < steps; i++) {
            int entry = i % REMEMBERED;
            if (timestamp - upTo[entry] <= 0) {
                return before[entry];
            }
        }
        return offset;
    }
}
