package live.strait.protocol.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class PictureIdMapperTest {
    private static final int LOW = 1;
    private static final int HIGH = 2;

    private final PictureIdMapper mapper = new PictureIdMapper();
    private final FrameInfo frame = new FrameInfo();

    @Test
    void theFirstSourceKeepsItsNumbers() {
        mapper.switchTo(LOW);
        assertThat(map(LOW, 32767, 255)).isEqualTo("32767/255");
        assertThat(map(LOW, 0, 0)).isEqualTo("0/0");
    }

    @Test
    void aSwitchGoesOnBehindTheHighestNumber() {
        mapper.switchTo(LOW);
        map(LOW, 100, 10);
        map(LOW, 102, 11);
        map(LOW, 101, 10);
        mapper.switchTo(HIGH);
        assertThat(map(HIGH, 32767, 200)).isEqualTo("103/12");
        assertThat(map(HIGH, 0, 201)).isEqualTo("104/13");
        mapper.switchTo(LOW);
        assertThat(map(LOW, 900, 77)).isEqualTo("105/14");
    }

    @Test
    void outgoingNumbersWrapWithoutAStep() {
        mapper.switchTo(LOW);
        map(LOW, 32766, 254);
        mapper.switchTo(HIGH);
        assertThat(map(HIGH, 5, 5)).isEqualTo("32767/255");
        assertThat(map(HIGH, 6, 6)).isEqualTo("0/0");
        mapper.switchTo(LOW);
        assertThat(map(LOW, 17, 9)).isEqualTo("1/1");
    }

    @Test
    void latePacketsOfTheSourceBeforeKeepTheirNumbersUpToTheCut() {
        mapper.switchTo(LOW);
        map(LOW, 100, 10);
        map(LOW, 102, 11);
        mapper.switchTo(HIGH);
        map(HIGH, 5000, 50);
        assertThat(map(LOW, 101, 10)).isEqualTo("101/10");
        assertThat(map(LOW, 103, 12)).as("beyond the cut").isEqualTo("refused");
        assertThat(map(LOW, 99, 9)).as("before the source's first").isEqualTo("refused");
        assertThat(map(HIGH, 4999, 49)).as("before the cut").isEqualTo("refused");
        assertThat(map(HIGH, 5001, 51)).isEqualTo("104/13");
    }

    @Test
    void packetsOfAnyOtherSourceAreRefused() {
        assertThat(map(LOW, 1, 1)).isEqualTo("refused");
        mapper.switchTo(LOW);
        map(LOW, 1, 1);
        assertThat(map(HIGH, 2, 2)).isEqualTo("refused");
    }

    @Test
    void picturesLeftOutCloseTheirGap() {
        mapper.switchTo(LOW);
        assertThat(map(LOW, 10, 1)).isEqualTo("10/1");
        drop(LOW, 11);
        drop(LOW, 11);
        assertThat(map(LOW, 12, 1)).isEqualTo("11/1");
        drop(LOW, 13);
        assertThat(map(LOW, 14, 2)).isEqualTo("12/2");
        assertThat(map(LOW, 12, 1)).as("late second packet of a picture").isEqualTo("11/1");
        assertThat(map(LOW, 13, 1)).as("late packet of a picture left out").isEqualTo("refused");
    }

    @Test
    void aPictureThatComesLateFindsItsRoom() {
        mapper.switchTo(LOW);
        map(LOW, 10, 1);
        drop(LOW, 11);
        assertThat(map(LOW, 13, 2)).isEqualTo("12/2");
        drop(LOW, 14);
        assertThat(map(LOW, 12, 1)).isEqualTo("11/1");
        drop(LOW, 12);
        assertThat(map(LOW, 15, 2)).as("a gap behind the newest stays").isEqualTo("13/2");
    }

    @Test
    void sevenBitIdsWrapAtTheirOwnWidth() {
        mapper.switchTo(LOW);
        assertThat(map(LOW, 126, 1, 7)).isEqualTo("126/1");
        drop(LOW, 127, 7);
        assertThat(map(LOW, 0, 2, 7)).isEqualTo("127/2");
        assertThat(map(LOW, 1, 3, 7)).isEqualTo("0/3");
    }

    @Test
    void aStreamWithoutNumbersPasses() {
        mapper.switchTo(LOW);
        frame.clear();
        assertThat(mapper.map(LOW, frame)).isTrue();
        assertThat(mapper.pictureId()).isEqualTo(-1);
        assertThat(mapper.tl0PicIdx()).isEqualTo(-1);
    }

    @Test
    void aFarTooLatePictureIsRefused() {
        mapper.switchTo(LOW);
        map(LOW, 10, 1);
        map(LOW, 10 + PictureIdMapper.WINDOW, 2);
        assertThat(map(LOW, 10, 1)).isEqualTo("refused");
        assertThat(map(LOW, 11, 1)).isEqualTo("11/1");
    }

    @Test
    void aKeyFrameFarBackIsAnEncoderStartedAnew() {
        mapper.switchTo(LOW);
        map(LOW, 20_000, 1);
        numbers(7000, 90, 15);
        frame.keyFrame = true;
        assertThat(mapper.map(LOW, frame)).isTrue();
        assertThat(mapper.pictureId()).isEqualTo(20_001);
        assertThat(mapper.tl0PicIdx()).isEqualTo(2);
        assertThat(map(LOW, 7001, 91)).isEqualTo("20002/3");
    }

    @Test
    void threeLayersSwitchedAtRandomLeaveNoGapAndNoStep() {
        Random random = new Random(5);
        int[] pictureIds = {random.nextInt(1 << 15), random.nextInt(1 << 15), random.nextInt(1 << 15)};
        int[] tl0s = {random.nextInt(256), random.nextInt(256), random.nextInt(256)};
        int layer = 0;
        mapper.switchTo(layer);
        int lastOut = -1;
        int lastTl0 = -1;
        for (int picture = 0; picture < 100_000; picture++) {
            boolean base = picture % 4 == 0;
            for (int i = 0; i < 3; i++) {
                pictureIds[i] = (pictureIds[i] + 1) & 0x7fff;
                tl0s[i] = (tl0s[i] + (base ? 1 : 0)) & 0xff;
            }
            if (base && random.nextInt(10) == 0) {
                layer = random.nextInt(3);
                mapper.switchTo(layer);
            }
            if (!base && random.nextBoolean()) {
                drop(layer, pictureIds[layer]);
                continue;
            }
            assertThat(map(layer, pictureIds[layer], tl0s[layer])).isNotEqualTo("refused");
            if (lastOut >= 0) {
                assertThat(mapper.pictureId()).isEqualTo((lastOut + 1) & 0x7fff);
                assertThat(mapper.tl0PicIdx()).isEqualTo((lastTl0 + (base ? 1 : 0)) & 0xff);
            }
            lastOut = mapper.pictureId();
            lastTl0 = mapper.tl0PicIdx();
        }
    }

    private String map(int source, int pictureId, int tl0PicIdx) {
        return map(source, pictureId, tl0PicIdx, 15);
    }

    private String map(int source, int pictureId, int tl0PicIdx, int bits) {
        numbers(pictureId, tl0PicIdx, bits);
        return mapper.map(source, frame) ? mapper.pictureId() + "/" + mapper.tl0PicIdx() : "refused";
    }

    private void drop(int source, int pictureId) {
        drop(source, pictureId, 15);
    }

    private void drop(int source, int pictureId, int bits) {
        numbers(pictureId, 0, bits);
        mapper.drop(source, frame);
    }

    private void numbers(int pictureId, int tl0PicIdx, int bits) {
        frame.clear();
        frame.pictureId = pictureId;
        frame.pictureIdBits = bits;
        frame.tl0PicIdx = tl0PicIdx;
    }
}
