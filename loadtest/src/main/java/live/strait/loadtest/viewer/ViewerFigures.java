package live.strait.loadtest.viewer;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// What one viewer saw.
///
/// Times and the ending may be read while it watches, the counts when its loop has ended.
public final class ViewerFigures {
    private final long requestedNanos;
    private final BitSet arrived = new BitSet();
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
    public int arrived() {
        return arrived.cardinality();
    }

    /// Packets of the measured interval that came once more.
    public long duplicates() {
        return duplicates;
    }

    /// The session could not be opened, or ended.
    public void onEnding(String cause) {
        ending = cause;
    }

    void onFirstKeyFrame(long nowNanos) {
        firstKeyFrameNanos = nowNanos;
    }

    void onMeasured(int index) {
        if (arrived.get(index)) {
            duplicates++;
        } else {
            arrived.set(index);
        }
    }
}
