package live.strait.protocol.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VideoLayersAllocationTest {
    private final VideoLayersAllocation allocation = new VideoLayersAllocation();

    @Test
    void threeSimulcastStreamsWithResolutionsAreRead() {
        // On stream 2 of 3, spatial layer 0 each; 2, 2 and 3 temporal layers.
        assertThat(read("a1 58", "32 64 8c01 ac02 e807 dc0b c413", "013f 00b3 0f 027f 0167 1e 04ff 02cf 1e"))
                .isTrue();
        assertThat(allocation.carriedBy()).isEqualTo(2);
        assertThat(allocation.streams()).isEqualTo(3);
        assertThat(allocation.temporalLayers(0, 0)).isEqualTo(2);
        assertThat(allocation.temporalLayers(2, 0)).isEqualTo(3);
        assertThat(allocation.temporalLayers(0, 1)).isZero();
        assertThat(allocation.bitrateBps(0, 0, 0)).isEqualTo(50_000);
        assertThat(allocation.bitrateBps(0)).isEqualTo(100_000);
        assertThat(allocation.bitrateBps(1)).isEqualTo(300_000);
        assertThat(allocation.bitrateBps(2, 0, 1)).isEqualTo(1_500_000);
        assertThat(allocation.bitrateBps(2)).isEqualTo(2_500_000);
        assertThat(allocation.hasResolutions()).isTrue();
        assertThat(allocation.width(0, 0)).isEqualTo(320);
        assertThat(allocation.height(1, 0)).isEqualTo(360);
        assertThat(allocation.width(2, 0)).isEqualTo(1280);
        assertThat(allocation.framesPerSecond(0, 0)).isEqualTo(15);
    }

    @Test
    void streamsMayDifferInTheirSpatialLayers() {
        // Two streams; the first sends spatial layers 0 and 1, the second nothing.
        assertThat(read("10 30 00", "64 c801")).isTrue();
        assertThat(allocation.streams()).isEqualTo(2);
        assertThat(allocation.temporalLayers(0, 1)).isEqualTo(1);
        assertThat(allocation.bitrateBps(0)).isEqualTo(200_000);
        assertThat(allocation.bitrateBps(1)).isZero();
        assertThat(allocation.hasResolutions()).isFalse();
        // Three streams; only the third sends.
        assertThat(read("20 00 10 00", "64")).isTrue();
        assertThat(allocation.bitrateBps(0)).isZero();
        assertThat(allocation.bitrateBps(2)).isEqualTo(100_000);
    }

    @Test
    void aZeroByteSaysThatNothingIsSent() {
        assertThat(read("00")).isTrue();
        assertThat(allocation.streams()).isZero();
    }

    @Test
    void lengthsThatDoNotFitLeaveItEmpty() {
        String[] elements = {
            "",
            "01",
            "0100",
            "a1 58 32 64",
            "20 00",
            "10 30 00 64 80",
            "01 00 64 00",
            "01 00 64 013f 00b3 0f ff",
            "01 00 ffffff7f"
        };
        for (String element : elements) {
            assertThat(read(element)).as(element).isFalse();
            assertThat(allocation.streams()).isZero();
            assertThat(allocation.bitrateBps(0)).isZero();
        }
    }

    @Test
    void randomBytesNeverThrow() {
        Random random = new Random(22);
        byte[] bytes = new byte[40];
        int good = 0;
        for (int round = 0; round < 200_000; round++) {
            random.nextBytes(bytes);
            if (allocation.read(ByteBuffer.wrap(bytes), 0, random.nextInt(bytes.length + 1))) {
                good++;
                for (int stream = 0; stream < 4; stream++) {
                    assertThat(allocation.bitrateBps(stream)).isNotNegative();
                }
            }
        }
        assertThat(good).isGreaterThan(100);
    }

    private boolean read(String... hex) {
        ByteBuffer element = Hex.packet(hex);
        return allocation.read(element, element.position(), element.remaining());
    }
}
