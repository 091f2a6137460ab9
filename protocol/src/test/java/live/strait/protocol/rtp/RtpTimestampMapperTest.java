package live.strait.protocol.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class RtpTimestampMapperTest {
    private static final int VIDEO_RATE = 90_000;
    private static final int FRAME_TICKS = 3000;
    private static final long FRAME_NANOS = 33_333_333;
    private static final long NTP_START = 0xE8000000_00000000L;
    private static final int LOW = 11;
    private static final int HIGH = 22;

    private final RtpTimestampMapper mapper = new RtpTimestampMapper(VIDEO_RATE);

    @Test
    void theFirstSourceKeepsItsTimestampsThroughAWrap() {
        mapper.switchTo(LOW);
        assertThat(mapper.map(LOW, 0xffff_f000L, 0)).isEqualTo(0xffff_f000L);
        assertThat(mapper.map(LOW, 0x0000_0bb8L, FRAME_NANOS)).isEqualTo(0xbb8L);
    }

    @Test
    void whatComesOutOfACacheLiesCloseBeforeThePresent() {
        long live = 0x0000_1000L; // behind a wrap
        mapper.switchTo(LOW);
        mapper.squeezeBefore(live);
        long before = -1;
        for (long frames = 60; frames > 0; frames--) {
            long mapped = mapper.map(LOW, (live - frames * FRAME_TICKS) & 0xffff_ffffL, 0);
            assertThat((int) (live - mapped)).isEqualTo((int) (frames * FRAME_TICKS / 256));
            if (before >= 0) {
                assertThat((int) (mapped - before)).isPositive();
            }
            before = mapped;
        }
        assertThat(mapper.map(LOW, (live - 40L * FRAME_TICKS) & 0xffff_ffffL, 0))
                .as("comes late")
                .isEqualTo((live - 40L * FRAME_TICKS / 256) & 0xffff_ffffL);
        assertThat(mapper.map(LOW, live, 0)).isEqualTo(live);
        assertThat(mapper.map(LOW, live + FRAME_TICKS, FRAME_NANOS)).isEqualTo(live + FRAME_TICKS);
        mapper.switchTo(HIGH);
        assertThat(mapper.map(HIGH, 77, 2 * FRAME_NANOS))
                .as("a frame behind, whatever the past looked like")
                .isEqualTo(live + 2L * FRAME_TICKS);
    }

    /// At 90 kHz what was the present looks like the future again 6.6 hours later, and like the present 13.3 hours
    // later.
    @Test
    void whatWasThePresentOnceMovesNothingADayLater() {
        mapper.switchTo(LOW);
        mapper.squeezeBefore(3_000_000_000L);
        long step = 90_000L;
        long timestamp = 3_000_000_000L - step;
        mapper.map(LOW, timestamp, 0);
        timestamp += step;
        long before = mapper.map(LOW, timestamp, 0);
        for (int second = 0; second < 100_000; second++) {
            timestamp = (timestamp + step) & 0xffff_ffffL;
            long mapped = mapper.map(LOW, timestamp, nanos(1000L * second));
            assertThat((int) (mapped - before)).as("after %d s", second).isEqualTo((int) step);
            before = mapped;
        }
    }

    @Test
    void reportsPlaceTheNewSourceByItsCaptureTime() {
        mapper.onSenderReport(LOW, ntp(0), 1_000_000);
        mapper.onSenderReport(HIGH, ntp(500), 0xffff_ff00L);
        mapper.switchTo(LOW);
        assertThat(mapper.map(LOW, 1_000_000 + 90_000, nanos(1000))).isEqualTo(1_090_000);
        mapper.switchTo(HIGH);
        // HIGH's clock showed 0xffffff00 at 500 ms; this picture was taken at 1033.33 ms, and arrives 80 ms late.
        long captured = (0xffff_ff00L + 48_000) & 0xffff_ffffL;
        assertThat(mapper.map(HIGH, captured, nanos(1113))).isEqualTo(1_000_000 + 93_000);
    }

    @Test
    void aPictureOfTheSameInstantStillGoesOneTickAhead() {
        mapper.onSenderReport(LOW, ntp(0), 0);
        mapper.onSenderReport(HIGH, ntp(0), 5_000_000);
        mapper.switchTo(LOW);
        mapper.map(LOW, 9000, nanos(100));
        mapper.switchTo(HIGH);
        assertThat(mapper.map(HIGH, 5_009_000, nanos(120))).isEqualTo(9001);
        assertThat(mapper.map(HIGH, 5_012_000, nanos(133)))
                .as("the tick is given back")
                .isEqualTo(12_000);
        mapper.switchTo(LOW);
        assertThat(mapper.map(LOW, 15_000, nanos(166))).isEqualTo(15_000);
    }

    @Test
    void aKeyFrameThatComesLateIsFollowedByFramesThatCatchUp() {
        mapper.onSenderReport(LOW, ntp(0), 0);
        mapper.onSenderReport(HIGH, ntp(0), 5_000_000);
        mapper.switchTo(LOW);
        mapper.map(LOW, 18_000, nanos(210));
        mapper.switchTo(HIGH);
        // Captured 100 ms before the last frame of the old layer, with two frames right behind it.
        assertThat(mapper.map(HIGH, 5_009_000, nanos(215))).isEqualTo(18_001);
        assertThat(mapper.map(HIGH, 5_012_000, nanos(215))).isEqualTo(18_002);
        assertThat(mapper.map(HIGH, 5_015_000, nanos(216))).isEqualTo(18_003);
        assertThat(mapper.map(HIGH, 5_012_000, nanos(217)))
                .as("a late packet has the timestamp of its frame")
                .isEqualTo(18_002);
        assertThat(mapper.map(HIGH, 5_018_000, nanos(220))).isEqualTo(18_004);
        assertThat(mapper.map(HIGH, 5_021_000, nanos(250))).isEqualTo(21_000);
        assertThat(mapper.map(HIGH, 5_024_000, nanos(283))).isEqualTo(24_000);
    }

    @Test
    void withoutReportsTheTimeBetweenArrivalsCounts() {
        mapper.switchTo(LOW);
        mapper.map(LOW, 1000, nanos(0));
        mapper.switchTo(HIGH);
        assertThat(mapper.map(HIGH, 0xdead_beefL, nanos(100))).isEqualTo(10_000);
    }

    @Test
    void withoutReportsTwoArrivalsAtOnceAreOneFrameApart() {
        mapper.switchTo(LOW);
        for (int i = 0; i < 100; i++) {
            mapper.map(LOW, 1000 + i * 6000L, nanos(i * 67L));
        }
        long last = 1000 + 99 * 6000L;
        mapper.switchTo(HIGH);
        assertThat(mapper.map(HIGH, 77, nanos(99 * 67L))).isCloseTo(last + 6000, within(50L));
    }

    @Test
    void aReportFromAnotherClockIsNotBelieved() {
        mapper.onSenderReport(LOW, ntp(0), 0);
        mapper.onSenderReport(HIGH, ntp(3_600_000), 7_000_000);
        mapper.switchTo(LOW);
        mapper.map(LOW, 9000, nanos(100));
        mapper.switchTo(HIGH);
        assertThat(mapper.map(HIGH, 7_000_000, nanos(200))).isEqualTo(18_000);
        assertThat(mapper.timestampAt(ntp(3_600_000)))
                .as("lip sync goes by the new clock")
                .isEqualTo(18_000);
    }

    @Test
    void aSourceThatJoinedByArrivalIsBroughtBackToTheLineAtTheNextSwitch() {
        mapper.onSenderReport(LOW, ntp(0), 0);
        mapper.switchTo(LOW);
        mapper.map(LOW, 9000, nanos(100));
        mapper.switchTo(HIGH);
        // Captured at 133 ms, but it came 90 ms later than LOW's packets do: the line is ahead of the clock now.
        assertThat(mapper.map(HIGH, 400_000 + 12_000, nanos(223))).isEqualTo(9000 + 11_070);
        mapper.onSenderReport(HIGH, ntp(0), 400_000);
        assertThat(mapper.timestampAt(ntp(133))).isCloseTo(9000 + 11_070, within(40L));
        mapper.switchTo(LOW);
        assertThat(mapper.map(LOW, 45_000, nanos(500))).isEqualTo(45_000);
    }

    @Test
    void latePacketsOfTheSourceBeforeKeepItsOffset() {
        mapper.switchTo(LOW);
        mapper.map(LOW, 1000, 0);
        mapper.switchTo(HIGH);
        mapper.map(HIGH, 500_000, FRAME_NANOS);
        assertThat(mapper.map(LOW, 700, FRAME_NANOS)).isEqualTo(700);
        assertThat(mapper.map(99, 700, FRAME_NANOS)).isEqualTo(-1);
    }

    @Test
    void latePacketsOfTheSourceBeforeKeepTheOffsetOfTheirOwnFrame() {
        mapper.onSenderReport(LOW, ntp(0), 0);
        mapper.onSenderReport(HIGH, ntp(0), 5_000_000);
        mapper.switchTo(LOW);
        mapper.map(LOW, 18_000, nanos(210));
        mapper.switchTo(HIGH);
        assertThat(mapper.map(HIGH, 5_015_000, nanos(215))).isEqualTo(18_001);
        assertThat(mapper.map(HIGH, 5_018_000, nanos(215))).isEqualTo(18_002);
        assertThat(mapper.map(HIGH, 5_021_000, nanos(250))).isEqualTo(21_000);
        mapper.switchTo(LOW);
        mapper.map(LOW, 24_000, nanos(283));
        assertThat(mapper.map(HIGH, 5_015_000, nanos(290))).isEqualTo(18_001);
        assertThat(mapper.map(HIGH, 5_018_000, nanos(290))).isEqualTo(18_002);
        assertThat(mapper.map(HIGH, 5_021_000, nanos(290))).isEqualTo(21_000);
    }

    @Test
    void frameThatIsLateAsAWholeStillFindsItsPlaceBetweenItsNeighbours() {
        mapper.onSenderReport(LOW, ntp(0), 0);
        mapper.onSenderReport(HIGH, ntp(0), 5_000_000);
        mapper.switchTo(LOW);
        mapper.map(LOW, 30_000, nanos(340));
        mapper.switchTo(HIGH);
        long first = mapper.map(HIGH, 5_012_000, nanos(345));
        long third = mapper.map(HIGH, 5_018_000, nanos(346));
        long second = mapper.map(HIGH, 5_015_000, nanos(380));
        assertThat(second).isStrictlyBetween(first, third);
    }

    @Test
    void senderReportsAreMappedForLipSync() {
        assertThat(mapper.timestampAt(ntp(0))).isEqualTo(-1);
        mapper.switchTo(LOW);
        mapper.map(LOW, 1000, 0);
        assertThat(mapper.timestampAt(ntp(0))).as("no report yet").isEqualTo(-1);
        mapper.onSenderReport(LOW, ntp(1000), 91_000);
        assertThat(mapper.timestampAt(ntp(2000))).isEqualTo(181_000);
        assertThat(mapper.timestampAt(ntp(0))).isEqualTo(1000);
        mapper.onSenderReport(HIGH, ntp(1000), 5_000_000);
        mapper.switchTo(HIGH);
        assertThat(mapper.timestampAt(ntp(2000))).as("between two sources").isEqualTo(-1);
        mapper.map(HIGH, 5_003_000, nanos(1133));
        assertThat(mapper.timestampAt(ntp(2000))).isEqualTo(181_000);
    }

    @Test
    void reportsOfMoreSourcesThanTheTableHoldsDoNotThrow() {
        for (int i = 0; i < 100; i++) {
            mapper.onSenderReport(i, ntp(i), i);
        }
        mapper.switchTo(99);
        mapper.map(99, 99, 0);
        assertThat(mapper.timestampAt(ntp(99))).isEqualTo(99);
    }

    @Test
    void threeLayersWithRandomOffsetsAndDriftingClockMakeOneSteadyLine() {
        Random random = new Random(3);
        long[] offsets = {random.nextInt() & 0xffff_ffffL, random.nextInt() & 0xffff_ffffL, 0xffff_0000L};
        int[] delaysMillis = {5, 25, 60};
        int layer = 0;
        mapper.switchTo(layer);
        long lastUnwrapped = Long.MIN_VALUE;
        long firstOut = 0;
        for (int picture = 0; picture < 30_000; picture++) {
            // The capture clock runs 50 ppm fast against the sender's NTP clock.
            double captureMillis = picture * 100 / 3.0;
            long ticks = captureTicks(captureMillis);
            if (picture % 30 == 0) {
                long reportMillis = (long) captureMillis;
                for (int i = 0; i < 3; i++) {
                    mapper.onSenderReport(i, ntp(reportMillis), offsets[i] + captureTicks((double) reportMillis));
                }
            }
            if (random.nextInt(20) == 0) {
                layer = random.nextInt(3);
                mapper.switchTo(layer);
            }
            long arrival = nanos((long) captureMillis + delaysMillis[layer] + random.nextInt(10));
            long out = mapper.map(layer, (offsets[layer] + ticks) & 0xffff_ffffL, arrival);
            if (picture == 0) {
                firstOut = out;
                lastUnwrapped = 0;
                continue;
            }
            long unwrapped = lastUnwrapped + (int) (out - firstOut - lastUnwrapped);
            assertThat(unwrapped - lastUnwrapped).as("picture %d", picture).isCloseTo(FRAME_TICKS, within(10L));
            assertThat(unwrapped).isCloseTo(ticks, within(10L));
            lastUnwrapped = unwrapped;
        }
    }

    private static long captureTicks(double millis) {
        return Math.round(millis * 90 * 1.00005);
    }

    private static long ntp(long millis) {
        return NTP_START + ((millis / 1000) << 32) + ((millis % 1000) << 32) / 1000;
    }

    private static long nanos(long millis) {
        return millis * 1_000_000;
    }
}
