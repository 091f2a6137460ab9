package live.strait.loadtest.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SyntheticSourceTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long TARGET_BPS = 1_500_000;

    private final SyntheticSource source = new SyntheticSource(TARGET_BPS, new Random(7));
    private final Count count = new Count();

    @Test
    void aMinuteOfVideoHasTheRateThatWasAskedForWhateverTheKeyFrames() {
        source.start(SECOND);
        for (long now = SECOND; now < 61 * SECOND; now = source.nextFrameNanos()) {
            if (count.videoFrames % 200 == 0) {
                source.requestKeyFrame();
            }
            source.emit(now, count);
        }
        assertThat(count.videoFrames).isBetween(1799, 1802);
        assertThat(count.audioFrames).isBetween(2999, 3002);
        assertThat(count.keyFrames).isBetween(8, 10);
        assertThat(count.videoBytes * 8 / 60.0).isBetween(0.9 * TARGET_BPS, 1.1 * TARGET_BPS);
    }

    @Test
    void aKeyFrameSaysHowLargeThePictureIs() {
        source.start(0);
        source.emit(0, count);
        assertThat(count.keyFrames).isOne();
        assertThat(count.startCode).isEqualTo(0x9d012a);
        assertThat(count.widthAndHeight).isEqualTo(1280 << 16 | 720);
    }

    private static final class Count implements MediaSource.Sink {
        private int videoFrames;
        private int keyFrames;
        private int audioFrames;
        private long videoBytes;
        private int startCode;
        private int widthAndHeight;

        @Override
        public void video(int layer, long mediaNanos, boolean keyFrame, ByteBuffer frame) {
            videoFrames++;
            videoBytes += frame.remaining();
            assertThat((frame.get(0) & 1) == 0).isEqualTo(keyFrame);
            if (keyFrame) {
                keyFrames++;
                startCode = (frame.get(3) & 0xff) << 16 | (frame.get(4) & 0xff) << 8 | (frame.get(5) & 0xff);
                widthAndHeight = (Short.reverseBytes(frame.getShort(6)) & 0xffff) << 16
                        | (Short.reverseBytes(frame.getShort(8)) & 0xffff);
            }
        }

        @Override
        public void audio(long mediaNanos, ByteBuffer packet) {
            audioFrames++;
        }
    }
}
