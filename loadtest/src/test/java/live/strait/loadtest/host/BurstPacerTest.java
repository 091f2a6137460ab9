package live.strait.loadtest.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BurstPacerTest {
    private static final long TARGET_BPS = 1_500_000;
    private static final long MILLI = 1_000_000;
    /// 40 ms at 2.5 x 1.5 Mbit/s.
    private static final int BURST_BYTES = 18_750;
    private static final int PACKET_BYTES = 1_200;

    private final BurstPacer pacer = new BurstPacer(TARGET_BPS);

    @Test
    void aUsualFrameLeavesAtOnce() {
        assertThat(burst(MILLI, 6)).isEqualTo(6);
    }

    @Test
    void aKeyFrameLeavesInBurstsOfFortyMilliseconds() {
        int first = burst(MILLI, 50);
        assertThat(first * PACKET_BYTES).isBetween(BURST_BYTES, BURST_BYTES + PACKET_BYTES);
        long restsUntil = pacer.nextSendNanos();
        assertThat(restsUntil - MILLI).isBetween(40 * MILLI, 44 * MILLI);
        assertThat(pacer.maySend(restsUntil - MILLI)).isFalse();
        assertThat(burst(restsUntil, 50)).isEqualTo(first);
    }

    @Test
    void overASecondTheRateIsTwoAndAHalfTimesTheTarget() {
        long sent = 0;
        for (long now = MILLI; now < 1000 * MILLI; now += MILLI) {
            sent += burst(now, 100);
        }
        assertThat(sent * PACKET_BYTES * 8 / 1e6).isBetween(3.6, 4.1);
    }

    private int burst(long nowNanos, int atMost) {
        int sent = 0;
        while (sent < atMost && pacer.maySend(nowNanos)) {
            pacer.onSent(PACKET_BYTES, nowNanos);
            sent++;
        }
        return sent;
    }
}
