package live.strait.protocol.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LinkModelTest {
    private static final long MILLI = 1_000_000;
    private static final int PACKETS = 100_000;

    private final ByteBuffer out = ByteBuffer.allocate(2000);

    /// Lost numbers and arrival times that the emulator's own functions give for seed 7.
    @Test
    void fatesAreThoseOfTheEmulator() {
        assertThat(lost("loss 20%", LinkDirection.LEFT_TO_RIGHT, 60))
                .containsExactly(7, 8, 9, 14, 21, 24, 31, 40, 43, 47, 49, 52, 56);
        assertThat(lost("loss 20%", LinkDirection.RIGHT_TO_LEFT, 60))
                .containsExactly(0, 2, 4, 6, 9, 15, 25, 27, 38, 39, 43, 49, 54, 56);
        assertThat(lost("burst 8% 4", LinkDirection.LEFT_TO_RIGHT, 120))
                .containsExactly(
                        14, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 38, 39, 101, 102, 103, 104, 105);
        assertThat(lost("burst 8% 4", LinkDirection.RIGHT_TO_LEFT, 120)).containsExactly(107, 108, 109);
        assertDelays("delay 40ms jitter 15ms reorder on", 35368014, 54911014, 30698794, 41571195);
        assertDelays("delay 98ms jitter 2ms dist exponential reorder on", 98848074, 109640968, 98421342, 99607590);
        assertDelays("delay 40ms jitter 5ms dist normal reorder on", 39412741, 35136879, 39497644, 45514916);
    }

    private void assertDelays(String settings, long... delays) {
        LinkModel link = link(settings, 7);
        List<Arrival> arrivals = run(link, delays.length, 1000 * MILLI);
        for (int i = 0; i < delays.length; i++) {
            assertThat(arrivals.get(i).delayNanos()).as("packet %d", i).isCloseTo(delays[i], within(1L));
        }
    }

    @Test
    void perfectLinkDeliversAtOnceAndUnchanged() {
        LinkModel link = new LinkModel(LinkProfile.named("perfect"), LinkDirection.LEFT_TO_RIGHT, 1, 0);
        ByteBuffer datagram = ByteBuffer.allocateDirect(10)
                .putInt(1)
                .putInt(2)
                .putShort((short) 3)
                .position(2);
        link.send(5, datagram);
        assertThat(link.nextDeliveryNanos()).isEqualTo(5);
        assertThat(link.poll(5, out)).isTrue();
        assertThat(out).isEqualTo(datagram);
        assertThat(link.nextDeliveryNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(link.poll(6, out)).isFalse();
    }

    @Test
    void independentLossHasItsShare() {
        LinkModel link = link("loss 5%", 11);
        run(link, PACKETS, MILLI);
        assertThat((double) link.statistics().lost() / PACKETS).isCloseTo(0.05, within(0.003));
        assertThat(link.statistics().lossShare()).isCloseTo(0.05, within(0.003));
    }

    @Test
    void burstsHaveTheirShareAndMeanLength() {
        LinkModel link = link("burst 8% 4", 12);
        boolean[] arrived = new boolean[PACKETS];
        run(link, PACKETS, MILLI).forEach(arrival -> arrived[arrival.number] = true);
        int lost = 0;
        int bursts = 0;
        for (int i = 0; i < PACKETS; i++) {
            lost += arrived[i] ? 0 : 1;
            bursts += !arrived[i] && (i == 0 || arrived[i - 1]) ? 1 : 0;
        }
        assertThat((double) lost / PACKETS).isCloseTo(0.08, within(0.006));
        assertThat((double) lost / bursts).isCloseTo(4, within(0.15));
        assertThat(link.statistics().lostInBursts()).isEqualTo(lost);
    }

    @Test
    void bottleneckPassesItsRateAndItsQueueIsBoundedInTime() {
        LinkModel link = link("rate 4mbit queue 300ms", 1);
        List<Arrival> arrivals = run(link, PACKETS, 8 * MILLI / 10, 1000);
        long span = arrivals.getLast().atNanos - arrivals.getFirst().atNanos;
        assertThat(arrivals.size() * 1000.0 * 8 / (span / 1e9)).isCloseTo(4e6, Percentage.withPercentage(0.5));
        assertThat(link.statistics().longestQueueNanos()).isBetween(295 * MILLI, 300 * MILLI);
        assertThat(arrivals.getLast().delayNanos()).isBetween(290 * MILLI, 300 * MILLI);
        assertThat(link.statistics().queueDrops()).isEqualTo(PACKETS - arrivals.size());
    }

    @Test
    void queueInBytesHoldsThatMany() {
        LinkModel link = link("rate 80kbit queue 3kB", 1);
        for (int i = 0; i < 10; i++) {
            send(link, 0, i, 1000);
        }
        assertThat(link.statistics().queueDrops()).isEqualTo(7);
        assertThat(link.statistics().longestQueueBytes()).isEqualTo(3000);
        assertThat(link.nextDeliveryNanos()).isEqualTo(100 * MILLI);
    }

    @Test
    void idleLinkTakesAnyPacket() {
        LinkModel link = link("rate 80kbit queue 1B", 1);
        send(link, 0, 0, 1000);
        assertThat(link.statistics().queueDrops()).isZero();
    }

    @Test
    void jitterHasItsMeanAndBounds() {
        double[] uniform = delays("delay 40ms jitter 15ms reorder on");
        assertThat(mean(uniform)).isCloseTo(40, within(0.15));
        assertThat(Arrays.stream(uniform)).allMatch(delay -> delay >= 25 && delay <= 55);
        double[] exponential = delays("delay 98ms jitter 2ms dist exponential reorder on");
        assertThat(mean(exponential)).isCloseTo(100, within(0.05));
        assertThat(Arrays.stream(exponential)).allMatch(delay -> delay >= 98);
        double[] normal = delays("delay 40ms jitter 5ms dist normal reorder on");
        double mean = mean(normal);
        assertThat(mean).isCloseTo(40, within(0.1));
        double variance = 0;
        for (double delay : normal) {
            variance += (delay - mean) * (delay - mean) / normal.length;
        }
        assertThat(Math.sqrt(variance)).isCloseTo(5, within(0.15));
        assertThat(Arrays.stream(normal)).allMatch(delay -> delay >= 25 && delay <= 55);
    }

    @Test
    void packetsOvertakeOnlyWhereReorderingIsOn() {
        LinkModel ordered = link("delay 40ms jitter 15ms", 3);
        List<Arrival> arrivals = run(ordered, PACKETS, MILLI);
        assertThat(ordered.statistics().reordered()).isZero();
        assertThat(arrivals).isSortedAccordingTo((a, b) -> Integer.compare(a.number, b.number));
        LinkModel reordering = link("delay 40ms jitter 15ms reorder on", 3);
        run(reordering, PACKETS, MILLI);
        assertThat(reordering.statistics().reordered()).isGreaterThan(PACKETS / 2);
    }

    @Test
    void copiesAndFlippedBitsHaveTheirShare() {
        LinkModel link = link("dup 1% corrupt 2%", 4);
        int flipped = 0;
        for (int i = 0; i < PACKETS; i++) {
            link.send(i, ByteBuffer.allocate(100));
            while (link.poll(i, out)) {
                int bits = 0;
                for (int at = 0; at < 100; at++) {
                    bits += Integer.bitCount(out.get(at) & 0xff);
                }
                assertThat(bits).isBetween(0, 1);
                flipped += bits;
            }
        }
        assertThat((double) link.statistics().duplicated() / PACKETS).isCloseTo(0.01, within(0.002));
        assertThat((double) link.statistics().corrupted() / PACKETS).isCloseTo(0.02, within(0.002));
        assertThat((double) flipped).isCloseTo((double) link.statistics().corrupted(), Percentage.withPercentage(2));
        assertThat(link.statistics().packetsOut())
                .isEqualTo(PACKETS + link.statistics().duplicated());
    }

    @Test
    void downDropsWhatWaitsAndWhatComes() {
        LinkModel link = link("rate 80kbit", 1);
        send(link, 0, 0, 1000);
        send(link, 0, 1, 1000);
        link.apply(50 * MILLI, "down");
        send(link, 60 * MILLI, 2, 1000);
        assertThat(link.statistics().downDrops()).isEqualTo(3);
        assertThat(link.nextDeliveryNanos()).isEqualTo(Long.MAX_VALUE);
        link.apply(70 * MILLI, "up");
        send(link, 80 * MILLI, 3, 1000);
        assertThat(link.nextDeliveryNanos()).isEqualTo(180 * MILLI);
    }

    @Test
    void stallHoldsBackAndTheRestOfThePacketGoesAfterwards() {
        LinkModel link = link("rate 80kbit", 1);
        send(link, 0, 0, 1000);
        link.apply(30 * MILLI, "stall");
        assertThat(link.poll(1000 * MILLI, out)).isFalse();
        link.apply(1000 * MILLI, "up");
        assertThat(link.nextDeliveryNanos()).isEqualTo(1070 * MILLI);
    }

    @Test
    void newRateAppliesToTheRestOfThePacketBeingSent() {
        LinkModel link = link("rate 80kbit", 1);
        send(link, 0, 0, 1000);
        link.apply(50 * MILLI, "rate 800kbit");
        assertThat(link.nextDeliveryNanos()).isEqualTo(55 * MILLI);
    }

    @Test
    void timelineActsAtItsTimesHoweverSeldomTheModelIsCalled() {
        String text = "rate 80kbit queue 10s\nat 1s down\nat 2s up rate 800kbit\nat 10s restart\n";
        LinkModel link = new LinkModel(LinkProfile.parse("test", text), LinkDirection.LEFT_TO_RIGHT, 1, 500 * MILLI);
        send(link, 1499 * MILLI, 0, 1000);
        send(link, 1600 * MILLI, 1, 1000);
        send(link, 2500 * MILLI, 2, 1000);
        assertThat(link.nextDeliveryNanos()).isEqualTo(2510 * MILLI);
        send(link, 10_505 * MILLI, 3, 1000);
        assertThat(link.poll(10_604 * MILLI, out)).isTrue();
        assertThat(link.nextDeliveryNanos()).as("the rate of the start again").isEqualTo(10_605 * MILLI);
        send(link, 31_600 * MILLI, 4, 1000);
        assertThat(link.statistics().downDrops())
                .as("down again in the third round")
                .isEqualTo(3);
    }

    @Test
    void stalledPacketComesWhenTheTimelineLetsIt() {
        LinkModel link =
                new LinkModel(LinkProfile.parse("test", "stall\nat 3s up\n"), LinkDirection.LEFT_TO_RIGHT, 1, 0);
        send(link, 0, 0, 100);
        assertThat(link.nextDeliveryNanos()).isEqualTo(3000 * MILLI);
        assertThat(link.poll(3000 * MILLI, out)).isTrue();
    }

    @Test
    void restartByHandRepeatsTheFates() {
        LinkModel link = link("loss 30%", 9);
        List<Integer> first = lostIn(link, 0, 200);
        link.apply(200, "restart");
        assertThat(lostIn(link, 200, 200)).isEqualTo(first).hasSizeGreaterThan(30);
    }

    @Test
    void fatesDependOnSeedAndNumberAlone() {
        LinkModel one = link("loss 10% jitter 5ms delay 10ms burst 3% 2 dup 1% rate 10mbit", 5);
        LinkModel same = link("loss 10% jitter 5ms delay 10ms burst 3% 2 dup 1% rate 10mbit", 5);
        LinkModel other = link("loss 10% jitter 5ms delay 10ms burst 3% 2 dup 1% rate 10mbit", 6);
        List<Arrival> arrivals = run(one, 5000, MILLI);
        assertThat(run(same, 5000, MILLI)).isEqualTo(arrivals);
        assertThat(run(other, 5000, MILLI)).isNotEqualTo(arrivals);
        LinkModel slower = link("loss 10% jitter 5ms delay 10ms burst 3% 2 dup 1% rate 10mbit", 5);
        assertThat(run(slower, 5000, 7 * MILLI).stream().map(Arrival::number))
                .isEqualTo(arrivals.stream().map(Arrival::number).toList());
    }

    @Test
    void wrongSettingByHandChangesNothing() {
        LinkModel link = link("delay 1ms", 1);
        assertThatThrownBy(() -> link.apply(0, "delay 2ms loss many")).isInstanceOf(IllegalArgumentException.class);
        send(link, 0, 0, 100);
        assertThat(link.nextDeliveryNanos()).isEqualTo(MILLI);
    }

    /// Conservation over all profiles and random traffic: what came in has gone out, is lost by a named cause, or
    /// is still held; and the model asks to be called whenever something is held.
    @Test
    void everyPacketIsAccountedFor() {
        for (String name : LinkProfile.names()) {
            Random random = new Random(name.hashCode());
            LinkModel link = new LinkModel(LinkProfile.named(name), LinkDirection.RIGHT_TO_LEFT, 1, 0);
            long now = 0;
            for (int i = 0; i < 20_000; i++) {
                now += random.nextInt((int) (10 * MILLI));
                send(link, now, i, 50 + random.nextInt(1150));
                while (link.poll(now, out)) {
                    assertThat(out.remaining()).isPositive();
                }
            }
            for (long next = link.nextDeliveryNanos(); next != Long.MAX_VALUE; next = link.nextDeliveryNanos()) {
                link.poll(next, out);
            }
            LinkStatistics statistics = link.statistics();
            assertThat(statistics.packetsOut())
                    .as(name)
                    .isEqualTo(statistics.packetsIn()
                            - statistics.lost()
                            - statistics.lostInBursts()
                            - statistics.queueDrops()
                            - statistics.downDrops()
                            - statistics.overflowDrops()
                            + statistics.duplicated());
        }
    }

    private record Arrival(int number, long atNanos, long delayNanos) {}

    private static LinkModel link(String settings, long seed) {
        return new LinkModel(LinkProfile.parse("test", settings), LinkDirection.LEFT_TO_RIGHT, seed, 0);
    }

    private static void send(LinkModel link, long nowNanos, int number, int wireBytes) {
        link.send(
                nowNanos,
                ByteBuffer.allocate(wireBytes - LinkModel.HEADER_BYTES).putInt(0, number));
    }

    private List<Arrival> run(LinkModel link, int packets, long gapNanos) {
        return run(link, packets, gapNanos, 100);
    }

    private List<Arrival> run(LinkModel link, int packets, long gapNanos, int wireBytes) {
        List<Arrival> arrivals = new ArrayList<>(packets);
        for (int i = 0; i < packets; i++) {
            drain(link, i * gapNanos, gapNanos, arrivals);
            send(link, i * gapNanos, i, wireBytes);
        }
        drain(link, Long.MAX_VALUE - 1, gapNanos, arrivals);
        return arrivals;
    }

    private void drain(LinkModel link, long untilNanos, long gapNanos, List<Arrival> arrivals) {
        for (long next = link.nextDeliveryNanos(); next <= untilNanos; next = link.nextDeliveryNanos()) {
            while (link.poll(next, out)) {
                int number = out.getInt(0);
                arrivals.add(new Arrival(number, next, next - number * gapNanos));
            }
        }
    }

    private List<Integer> lost(String settings, LinkDirection direction, int packets) {
        return lostIn(new LinkModel(LinkProfile.parse("test", settings), direction, 7, 0), 0, packets);
    }

    private List<Integer> lostIn(LinkModel link, long fromNanos, int packets) {
        List<Integer> lost = new ArrayList<>();
        for (int i = 0; i < packets; i++) {
            send(link, fromNanos + i, i, 100);
            if (!link.poll(fromNanos + i, out)) {
                lost.add(i);
            }
        }
        return lost;
    }

    private double[] delays(String settings) {
        return run(link(settings, 21), PACKETS, 200 * MILLI).stream()
                .mapToDouble(arrival -> arrival.delayNanos / 1e6)
                .toArray();
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
