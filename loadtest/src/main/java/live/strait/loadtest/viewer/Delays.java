package live.strait.loadtest.viewer;

import org.HdrHistogram.Histogram;

/// From the host's sending to a viewer's receiving, in ns, apart by what the packets carry.
///
/// @param deltaFrames all frames but key frames
public record Delays(Histogram sound, Histogram deltaFrames, Histogram keyFrames) {
    private static final int DIGITS = 3;

    /// None yet.
    public Delays() {
        this(new Histogram(DIGITS), new Histogram(DIGITS), new Histogram(DIGITS));
    }

    /// Those of all packets, in a histogram of its own.
    public Histogram all() {
        Histogram all = new Histogram(DIGITS);
        all.add(sound);
        all.add(deltaFrames);
        all.add(keyFrames);
        return all;
    }

    /// Counts others among these.
    public void add(Delays others) {
        sound.add(others.sound);
        deltaFrames.add(others.deltaFrames);
        keyFrames.add(others.keyFrames);
    }
}
