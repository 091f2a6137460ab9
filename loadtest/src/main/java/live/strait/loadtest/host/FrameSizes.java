package live.strait.loadtest.host;

import java.util.random.RandomGenerator;

/// How large the frames of a real-time VP8 encoder are at a given rate.
///
/// A key frame takes about eight times the mean, and the frames after it are smaller until its excess is paid
/// over half a second; in between, sizes scatter log-normally around what the rate leaves, as those of a talking
/// person before a still background do.
final class FrameSizes {
    private static final double KEY_FRAME_FACTOR = 8;
    private static final double SPREAD = 0.3;
    private static final double PAID_PER_FRAME = 1.0 / 15;
    private static final double LEAST_FACTOR = 0.3;

    private final double meanBytes;
    private final RandomGenerator random;
    private double excessBytes;

    FrameSizes(long bitrateBps, int framesPerSecond, RandomGenerator random) {
        meanBytes = bitrateBps / 8.0 / framesPerSecond;
        this.random = random;
    }

    int next(boolean keyFrame) {
        // Less half the variance of the exponent, so that the mean stays the mean.
        double scatter = Math.exp(SPREAD * random.nextGaussian() - SPREAD * SPREAD / 2);
        double bytes = meanBytes * scatter * (keyFrame ? KEY_FRAME_FACTOR : 1);
        if (!keyFrame) {
            bytes = Math.max(LEAST_FACTOR * meanBytes, bytes - PAID_PER_FRAME * excessBytes);
        }
        excessBytes += bytes - meanBytes;
        return (int) bytes;
    }
}
