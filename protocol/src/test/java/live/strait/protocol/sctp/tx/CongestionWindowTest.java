package live.strait.protocol.sctp.tx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CongestionWindowTest {
    private static final int PACKET = 1_000;

    private final CongestionWindow window = new CongestionWindow(PACKET);
    private long tsn;

    @Test
    void lossesOfOneFlightHalveTheWindowOnce() {
        assertThat(window.bytes()).isEqualTo(10_000);
        for (int i = 0; i < 10; i++) {
            window.onAcknowledged(2000, true, false, i, false, 0);
        }
        assertThat(window.bytes()).as("slow start, a packet for each SACK").isEqualTo(20_000);
        window.onAcknowledged(2000, false, false, 10, false, 0);
        assertThat(window.bytes()).as("not used up").isEqualTo(20_000);
        window.onLoss(40, true);
        window.onLoss(40, true);
        assertThat(window.bytes()).isEqualTo(10_000);
        window.onAcknowledged(1000, true, false, 40, false, 0);
        window.onLoss(60, true);
        window.onAcknowledged(1000, true, false, 60, false, 0);
        window.onLoss(80, true);
        assertThat(window.bytes()).as("four packets at least").isEqualTo(4000);
        window.onTimeout();
        assertThat(window.bytes()).isEqualTo(1000);
    }

    @Test
    void keepsTenPacketsWhereTheLinkLosesByItself() {
        for (int i = 0; i < 20; i++) {
            lose(false);
        }
        assertThat(window.bytes()).isEqualTo(10 * PACKET);
    }

    @Test
    void easesALargerOneWhereTheLinkLosesByItself() {
        for (int i = 0; i < 10; i++) {
            window.onAcknowledged(PACKET, true, false, ++tsn, false, 0);
        }
        assertThat(window.bytes()).isEqualTo(20 * PACKET);
        lose(false);
        assertThat(window.bytes()).isEqualTo(16 * PACKET);
    }

    @Test
    void yieldsToAQueueOnceARoundTripDownToTwoPackets() {
        window.onAcknowledged(PACKET, true, false, 1, true, 10);
        assertThat(window.bytes()).isEqualTo(8 * PACKET);
        window.onAcknowledged(PACKET, true, false, 2, true, 11);
        assertThat(window.bytes()).as("the same round trip").isEqualTo(8 * PACKET);
        for (int i = 1; i <= 10; i++) {
            window.onAcknowledged(PACKET, true, false, 20L * i, true, 20L * i + 20);
        }
        assertThat(window.bytes()).isEqualTo(2 * PACKET);
        window.onAcknowledged(PACKET, true, false, 500, false, 501);
        window.onAcknowledged(PACKET, true, false, 501, false, 502);
        assertThat(window.bytes())
                .as("and grows again by a packet for each window")
                .isEqualTo(3 * PACKET);
    }

    @Test
    void doesNotGrowByALoss() {
        lose(true);
        lose(false);
        assertThat(window.bytes()).isEqualTo(5 * PACKET);
    }

    /// A loss whose flight is over then.
    private void lose(boolean queued) {
        window.onLoss(tsn, queued);
        window.onAcknowledged(0, false, false, tsn, false, 0);
    }
}
