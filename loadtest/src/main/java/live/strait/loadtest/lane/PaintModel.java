package live.strait.loadtest.lane;

/// When what has come into a page is on the screen: the SDK says so in the frame after the one that paints it.
///
/// A display of 60 Hz, whose frames have nothing to do with when messages come: the rest of the frame that is under
/// way and a whole one pass, 17 to 33 ms. A studio on air in Chromium on two busy cores took 26 to 28 ms (median) and
/// 33 to 37 ms (90 %) where this says 25 and 31: `PaintCalibrationTest`.
final class PaintModel {
    private static final double FRAME_NANOS = 1e9 / 60;

    private final double phaseNanos;

    /// @param phase where in a frame its time begins, 0 to 1
    PaintModel(double phase) {
        this.phaseNanos = phase * FRAME_NANOS;
    }

    /// The frame in which the SDK says that it was painted.
    long seenAtNanos(long arrivedNanos) {
        double frames = Math.floor((arrivedNanos - phaseNanos) / FRAME_NANOS) + 2;
        return (long) Math.ceil(frames * FRAME_NANOS + phaseNanos);
    }
}
