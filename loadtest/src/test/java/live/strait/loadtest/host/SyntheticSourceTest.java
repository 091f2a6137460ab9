package live.strait.loadtest.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class SyntheticSourceTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLI = 1_000_000L;

    private final HostTrace trace = HostTrace.load();
    private final Count count = new Count();

    SyntheticSourceTest() throws IOException {}

    @Test
    void minutesOfVideoHaveTheRatesOfTheRecording() {
        SyntheticSource source = new SyntheticSource(trace, true, new Random(7));
        play(source, 180, 0);
        for (int layer = 0; layer < 3; layer++) {
            assertThat(count.frames[layer]).isCloseTo(180 * 30, Percentage.withPercentage(1));
            assertThat(count.bytes[layer] * 8 / 180.0)
                    .isCloseTo((double) trace.steadyBitrateBps(layer), Percentage.withPercentage(2));
            assertThat(count.keyFrameNanos.get(layer)).hasSize(1);
        }
        assertThat(count.audioFrames).isCloseTo(180 * 50, Percentage.withPercentage(0.5));
    }

    @Test
    void aRequestIsAnsweredByTheNextPictureInAllLayers() {
        SyntheticSource source = new SyntheticSource(trace, true, new Random(7));
        play(source, 120, 3 * SECOND);
        for (int layer = 0; layer < 3; layer++) {
            List<Long> keyFrames = count.keyFrameNanos.get(layer);
            assertThat(keyFrames).hasSize(40);
            for (int i = 1; i < keyFrames.size(); i++) {
                assertThat(keyFrames.get(i) - count.requestNanos.get(i - 1)).isBetween(0L, 110 * MILLI);
            }
        }
        assertThat(count.keyPictureNanos).as("one picture for all layers").hasSize(40);
    }

    @Test
    void timestampsNeverStepBackAndKeepToTheClock() {
        SyntheticSource source = new SyntheticSource(trace, true, new Random(7));
        play(source, 120, 700 * MILLI);
        assertThat(count.longestStepNanos / MILLI).isBetween(30L, 90L);
        assertThat(count.shortestStepNanos / MILLI).isBetween(10L, 35L);
        assertThat(count.latestMediaNanos / MILLI).isCloseTo(120_000L, Offset.offset(150L));
    }

    @Test
    void aSingleStreamIsTheTopLayer() {
        SyntheticSource source = new SyntheticSource(trace, false, new Random(7));
        play(source, 60, 0);
        assertThat(source.layers()).containsExactly("");
        assertThat(source.bitrateBps()).isEqualTo(trace.steadyBitrateBps(2));
        assertThat(count.frames[0]).isCloseTo(60 * 30, Percentage.withPercentage(1));
        assertThat(count.widthAndHeight[0]).isEqualTo(1280 << 16 | 720);
    }

    @Test
    void aKeyFrameSaysHowLargeThePictureIs() {
        SyntheticSource source = new SyntheticSource(trace, true, new Random(7));
        play(source, 1, 0);
        assertThat(count.startCode).isEqualTo(0x9d012a);
        assertThat(count.widthAndHeight).containsExactly(320 << 16 | 180, 640 << 16 | 360, 1280 << 16 | 720);
    }

    private void play(SyntheticSource source, int seconds, long requestEveryNanos) {
        source.start(SECOND);
        long nextRequestNanos = requestEveryNanos == 0 ? Long.MAX_VALUE : SECOND + requestEveryNanos;
        long nowNanos = SECOND;
        while (nowNanos < (1 + seconds) * SECOND) {
            count.nowNanos = nowNanos;
            source.emit(nowNanos, count);
            if (nextRequestNanos <= nowNanos) {
                nextRequestNanos += requestEveryNanos;
                count.requestNanos.add(nowNanos);
                source.requestKeyFrame();
            }
            nowNanos = Math.max(nowNanos, Math.min(source.nextFrameNanos(), nextRequestNanos));
        }
    }

    private static final class Count implements MediaSource.Sink {
        private final int[] frames = new int[3];
        private final long[] bytes = new long[3];
        private final int[] widthAndHeight = new int[3];
        private final List<List<Long>> keyFrameNanos = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        private final Set<Long> keyPictureNanos = new HashSet<>();
        private final List<Long> requestNanos = new ArrayList<>();
        private int audioFrames;
        private int startCode;
        private long nowNanos;
        private long latestMediaNanos = Long.MIN_VALUE;
        private long longestStepNanos;
        private long shortestStepNanos = Long.MAX_VALUE;

        @Override
        public void video(int layer, long mediaNanos, EncodedFrame encoded) {
            ByteBuffer frame = encoded.bytes();
            frames[layer]++;
            bytes[layer] += frame.remaining();
            assertThat((frame.get(0) & 1) == 0).isEqualTo(encoded.keyFrame());
            if (encoded.keyFrame()) {
                keyFrameNanos.get(layer).add(nowNanos);
                keyPictureNanos.add(mediaNanos);
                startCode = (frame.get(3) & 0xff) << 16 | (frame.get(4) & 0xff) << 8 | (frame.get(5) & 0xff);
                widthAndHeight[layer] = (Short.reverseBytes(frame.getShort(6)) & 0xffff) << 16
                        | (Short.reverseBytes(frame.getShort(8)) & 0xffff);
            }
            if (latestMediaNanos != Long.MIN_VALUE && mediaNanos != latestMediaNanos) {
                longestStepNanos = Math.max(longestStepNanos, mediaNanos - latestMediaNanos);
                shortestStepNanos = Math.min(shortestStepNanos, mediaNanos - latestMediaNanos);
            }
            latestMediaNanos = mediaNanos;
        }

        @Override
        public void audio(long mediaNanos, ByteBuffer packet) {
            audioFrames++;
        }
    }
}
