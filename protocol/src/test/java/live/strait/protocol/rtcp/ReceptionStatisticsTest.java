package live.strait.protocol.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReceptionStatisticsTest {
    private static final long MILLI = 1_000_000;
    private static final int RATE = 90_000;

    private final ReceptionStatistics statistics = new ReceptionStatistics();

    @Test
    void losslessStreamReportsNone() {
        for (int i = 0; i < 10; i++) {
            statistics.onPacket(65536 + 65530 + i, 3000L * i, 100 * MILLI * i / 3, RATE);
        }
        assertThat(statistics.build(5, 0)).isEqualTo(new ReportBlock(5, 0, 0, 65536 + 3, 0, 0, 0));
    }

    @Test
    void fractionIsOfTheIntervalAndTheSumGoesOn() {
        for (int i : new int[] {0, 1, 3, 4}) {
            statistics.onPacket(65536 + i, 0, 0, RATE);
        }
        ReportBlock first = statistics.build(5, 0);
        assertThat(first.fractionLost()).isEqualTo(256 / 5);
        assertThat(first.cumulativeLost()).isEqualTo(1);
        statistics.onPacket(65536 + 2, 0, 0, RATE);
        statistics.onPacket(65536 + 5, 0, 0, RATE);
        ReportBlock second = statistics.build(5, 0);
        assertThat(second.fractionLost()).isZero();
        assertThat(second.cumulativeLost()).isZero();
        assertThat(statistics.build(5, 0).fractionLost()).isZero();
    }

    @Test
    void jitterFollowsTheExampleFilter() {
        statistics.onPacket(1, 0, 0, RATE);
        statistics.onPacket(2, 900, 10 * MILLI, RATE);
        assertThat(statistics.jitter()).isZero();
        statistics.onPacket(3, 1800, 36 * MILLI, RATE);
        assertThat(statistics.jitter()).isEqualTo(1440 / 16);
        statistics.onPacket(2, 900, 500 * MILLI, RATE);
        assertThat(statistics.jitter()).as("a late packet leaves it alone").isEqualTo(1440 / 16);
        statistics.onPacket(4, 2700, 46 * MILLI, RATE);
        assertThat(statistics.jitter()).isEqualTo((1440 - 90) / 16);
    }

    @Test
    void jitterSurvivesTheWrapOfTimestampAndDaysOfUptime() {
        long start = 400L * 24 * 3600 * 1000 * MILLI;
        for (int i = 0; i < 100; i++) {
            long timestamp = (0xffffff00L + 3000L * i) & 0xffffffffL;
            statistics.onPacket(65536 + i, timestamp, start + 1_000_000_000L * i / 30, RATE);
        }
        assertThat(statistics.jitter()).isLessThan(2);
    }

    @Test
    void answersTheLastSenderReport() {
        NtpClock clock = new NtpClock(0);
        statistics.onPacket(1, 0, 0, RATE);
        statistics.onSenderReport(clock.ntpTime(1000 * MILLI), 1100 * MILLI);
        ReportBlock block = statistics.build(5, 1600 * MILLI);
        assertThat(block.lastSenderReport()).isEqualTo(clock.compactTime(1000 * MILLI));
        assertThat(block.delaySinceLastSenderReport()).isEqualTo(32768);
    }

    @Test
    void roundTripIsMeasuredByTheAnswer() {
        NtpClock ours = new NtpClock(1_700_000_000L * 1000 * MILLI);
        RoundTripEstimator estimator = new RoundTripEstimator();
        assertThat(estimator.smoothedNanos(7)).isEqualTo(7);
        statistics.onPacket(1, 0, 0, RATE);
        statistics.onSenderReport(ours.ntpTime(0), 40 * MILLI);
        ReportBlock block = statistics.build(5, 540 * MILLI);
        assertThat(estimator.onAnswer(
                        block.lastSenderReport(), block.delaySinceLastSenderReport(), ours.compactTime(580 * MILLI)))
                .isTrue();
        assertThat(estimator.latestNanos(0)).isBetween(79_900_000L, 80_100_000L);
        assertThat(estimator.onAnswer(
                        block.lastSenderReport(), block.delaySinceLastSenderReport(), ours.compactTime(740 * MILLI)))
                .isTrue();
        assertThat(estimator.smoothedNanos(0)).isBetween(99_900_000L, 100_100_000L);
    }

    @Test
    void nonsenseDoesNotMoveTheRoundTrip() {
        RoundTripEstimator estimator = new RoundTripEstimator();
        assertThat(estimator.onAnswer(0, 0, 1000)).as("no report had come").isFalse();
        assertThat(estimator.onAnswer(1000, 500, 1400))
                .as("held longer than it took")
                .isFalse();
        assertThat(estimator.onAnswer(1000, 0, 1000 + 31 * 65536))
                .as("longer than any link")
                .isFalse();
        assertThat(estimator.isMeasured()).isFalse();
        assertThat(estimator.onAnswer(1000, 401, 1400)).as("within the grain").isTrue();
        assertThat(estimator.smoothedNanos(1)).isZero();
        assertThat(estimator.onAnswer(0x7fffff00, 0x100, 0x80000000 + 0x10000))
                .as("over the wrap")
                .isTrue();
    }

    @Test
    void senderReportCountsModulo32Bits() {
        SenderStatistics sent = new SenderStatistics();
        sent.onPacket(Integer.MAX_VALUE);
        sent.onPacket(Integer.MAX_VALUE);
        sent.onPacket(12);
        assertThat(sent.build(1, 2, 0x1_0000_0003L, List.of())).isEqualTo(new SenderReport(1, 2, 3, 3, 10, List.of()));
    }

    @Test
    void ntpTimeHasItsKnownEpoch() {
        NtpClock clock = new NtpClock(-5);
        assertThat(clock.ntpTime(5)).isEqualTo(2_208_988_800L << 32);
        assertThat(clock.ntpTime(5 + 1500 * MILLI)).isEqualTo(2_208_988_801L << 32 | 0x80000000L);
        assertThat(clock.nanosOf(clock.ntpTime(123_456_789))).isBetween(123_456_788L, 123_456_789L);
        assertThat(NtpClock.durationNanos(NtpClock.compactDuration(250 * MILLI)))
                .isEqualTo(250 * MILLI);
    }
}
