package live.strait.loadtest.viewer;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// What one viewer saw.
///
/// Times and the ending may be read by anybody, the counts on the viewer's loop or when that has ended.
public final class ViewerFigures {
    private final long requestedNanos;
    private final BitSet arrived = new BitSet();
    private int firstNumber = Integer.MAX_VALUE;
    private long duplicates;
    private volatile long firstKeyFrameNanos;
    private volatile @Nullable String ending;

    /// Begins with the request.
    ///
    /// @param requestedNanos when the viewer sent its offer
    public ViewerFigures(long requestedNanos) {
        this.requestedNanos = requestedNanos;
    }

    /// Whether a picture could have been shown.
    public boolean hasJoined() {
        return firstKeyFrameNanos != 0;
    }

    /// From the offer to the first packet of the first key frame.
    public long joinNanos() {
        return firstKeyFrameNanos - requestedNanos;
    }

    /// Why it does not watch, or null while it does.
    public @Nullable String ending() {
        return ending;
    }

    /// How many different packets of the measured interval have come.
    public int arrived(RoomStream stream) {
        return firstNumber == stream.firstNumber() ? arrived.cardinality() : 0;
    }

    /// How many of that interval's packets with these numbers have not come.
    ///
    /// @param end behind the last of them
    public int lost(RoomStream stream, int from, int end) {
        int first = stream.firstNumber();
        int measuredFrom = Math.max(from, first) - first;
        int measuredEnd = Math.max(measuredFrom, Math.min(end, stream.endNumber()) - first);
        int came = firstNumber == first ? arrived.get(measuredFrom, measuredEnd).cardinality() : 0;
        return measuredEnd - measuredFrom - came;
    }

    /// Packets of that interval that came once more.
    public long duplicates(RoomStream stream) {
        return firstNumber == stream.firstNumber() ? duplicates : 0;
    }

    /// The session could not be opened, or ended.
    public void onEnding(String cause) {
        ending = cause;
    }

    void onFirstKeyFrame(long nowNanos) {
        firstKeyFrameNanos = nowNanos;
    }

    /// @param first where the interval begins
    void onMeasured(int first, int number) {
        if (first != firstNumber) {
            firstNumber = first;
            arrived.clear();
            duplicates = 0;
        }
        if (arrived.get(number - first)) {
            duplicates++;
        } else {
            arrived.set(number - first);
        }
    }
}
