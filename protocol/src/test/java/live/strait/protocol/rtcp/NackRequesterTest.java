package live.strait.protocol.rtcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import live.strait.protocol.bytes.IntList;
import live.strait.protocol.time.Deadline;
import org.junit.jupiter.api.Test;

class NackRequesterTest {
    private static final long MILLI = 1_000_000;

    private final NackRequester requester = new NackRequester(NackOptions.DEFAULT);
    private final IntList asked = new IntList(600);

    @Test
    void gapIsAskedForAtOnceAndAgainAfterTheRoundTrip() {
        requester.onRoundTrip(80 * MILLI);
        requester.onPacket(65534, 0);
        assertThat(requester.nextDeadline()).isEqualTo(Deadline.NEVER);
        requester.onPacket(65538, 5 * MILLI);
        assertThat(requester.nextDeadline()).isEqualTo(new Deadline(5 * MILLI, Deadline.Reason.NACK));
        assertThat(poll(5 * MILLI)).isEqualTo(SequenceNumbers.of(65535, 0, 1));
        assertThat(requester.nextDeadline().atNanos()).isEqualTo(105 * MILLI);
        assertThat(poll(104 * MILLI).size()).isZero();
        assertThat(poll(105 * MILLI)).isEqualTo(SequenceNumbers.of(65535, 0, 1));
    }

    @Test
    void shortRoundTripsDoNotMakeItAskInABusyLoop() {
        requester.onRoundTrip(MILLI / 10);
        lose(1);
        poll(0);
        assertThat(requester.nextDeadline().atNanos()).isEqualTo(20 * MILLI);
    }

    @Test
    void packetThatComesAfterARequestIsRecovered() {
        lose(1);
        poll(0);
        requester.onPacket(101, MILLI);
        assertThat(requester.nextDeadline()).isEqualTo(Deadline.NEVER);
        assertThat(requester.statistics()).isEqualTo(new NackStatistics(1, 0, 1, 0, 0, 1));
        requester.onPacket(101, 2 * MILLI);
        assertThat(requester.statistics().recovered()).isEqualTo(1);
    }

    @Test
    void reorderedPacketWithinTheWaitIsNotAskedFor() {
        NackRequester patient = new NackRequester(new NackOptions(10 * MILLI, 20 * MILLI, 10, 1000 * MILLI, 500));
        patient.onPacket(1, 0);
        patient.onPacket(3, 0);
        assertThat(patient.nextDeadline().atNanos()).isEqualTo(10 * MILLI);
        patient.pollNack(9 * MILLI, asked);
        patient.onPacket(2, 9 * MILLI);
        patient.pollNack(10 * MILLI, asked);
        assertThat(asked.isEmpty()).isTrue();
        assertThat(patient.statistics()).isEqualTo(new NackStatistics(1, 1, 0, 0, 0, 0));
    }

    @Test
    void givesUpAfterASecondAndSignalsOnce() {
        lose(1);
        poll(0);
        assertThat(requester.pollKeyFrameNeeded()).isFalse();
        for (long at = 0; requester.nextDeadline().atNanos() < Long.MAX_VALUE; ) {
            assertThat(requester.nextDeadline().atNanos()).isGreaterThan(at);
            at = requester.nextDeadline().atNanos();
            assertThat(at).isLessThanOrEqualTo(1000 * MILLI);
            poll(at);
        }
        assertThat(requester.statistics()).isEqualTo(new NackStatistics(1, 0, 0, 1, 0, 8));
        assertThat(requester.pollKeyFrameNeeded()).isTrue();
        assertThat(requester.pollKeyFrameNeeded()).isFalse();
    }

    @Test
    void requestsSpreadOutOnAShortRoundTrip() {
        requester.onRoundTrip(MILLI);
        lose(1);
        for (long at : new long[] {0, 20, 60, 120, 200, 300, 420, 560, 720, 900}) {
            assertThat(poll(at * MILLI - 1).size()).as("before %d ms", at).isZero();
            assertThat(poll(at * MILLI).size()).as("at %d ms", at).isEqualTo(1);
            assertThat(requester.statistics().givenUp()).isZero();
        }
        assertThat(poll(1000 * MILLI).size()).isZero();
        assertThat(requester.statistics().givenUp()).isEqualTo(1);
    }

    @Test
    void holeTooLargeIsLeftToAKeyFrame() {
        lose(501);
        assertThat(requester.nextDeadline()).isEqualTo(Deadline.NEVER);
        assertThat(requester.pollKeyFrameNeeded()).isTrue();
        assertThat(requester.statistics().givenUp()).isEqualTo(501);
    }

    @Test
    void oldestMakeWayWhenTheListIsFull() {
        lose(400);
        requester.onPacket(501 + 200, 0);
        assertThat(requester.outstanding()).isEqualTo(500);
        assertThat(requester.statistics().givenUp()).isEqualTo(99);
        assertThat(poll(0).get(0)).isEqualTo(200);
    }

    @Test
    void fullListLeavesTheRestForTheNextCall() {
        IntList two = new IntList(2);
        lose(5);
        requester.pollNack(0, two);
        assertThat(two.isFull()).isTrue();
        assertThat(requester.nextDeadline().isDue(0)).isTrue();
        two.clear();
        requester.pollNack(0, two);
        assertThat(two.get(0)).isEqualTo(103);
    }

    @Test
    void keyFrameMakesOlderHolesNeedless() {
        lose(5);
        requester.skipBefore(104);
        assertThat(poll(0)).isEqualTo(SequenceNumbers.of(104, 105));
        requester.skipBefore(200);
        assertThat(requester.nextDeadline()).isEqualTo(Deadline.NEVER);
        assertThat(requester.statistics().skipped()).isEqualTo(5);
    }

    /// Against a map that does the same in the plainest way.
    @Test
    void bookAgreesWithANaiveOne() {
        for (long seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            NackRequester book = new NackRequester(NackOptions.DEFAULT);
            TreeMap<Long, Long> naive = new TreeMap<>();
            long highest = 1000;
            book.onPacket(highest, 0);
            for (int step = 0; step < 2000; step++) {
                long sequence = highest + 1 + (random.nextInt(3) == 0 ? random.nextInt(12) - 10 : 0);
                for (long missing = highest + 1; missing < sequence; missing++) {
                    naive.put(missing, (long) step);
                }
                naive.remove(sequence);
                highest = Math.max(highest, sequence);
                book.onPacket(sequence, step * MILLI);
                long old = step - 1000L;
                asked.clear();
                book.pollNack(step * MILLI, asked);
                naive.values().removeIf(since -> since <= old);
                for (int i = 0; i < asked.size(); i++) {
                    assertThat(naive).as("seed %d, step %d", seed, step).containsKey((long) asked.get(i));
                }
                assertThat(book.outstanding())
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(naive.size());
            }
            NackStatistics statistics = book.statistics();
            assertThat(statistics.missing())
                    .isEqualTo(statistics.late() + statistics.recovered() + statistics.givenUp() + book.outstanding());
        }
    }

    /// 100 has come, `gap` packets are lost behind it.
    private void lose(int gap) {
        requester.onPacket(100, 0);
        requester.onPacket(101 + gap, 0);
    }

    private SequenceNumbers poll(long nowNanos) {
        asked.clear();
        requester.pollNack(nowNanos, asked);
        return SequenceNumbers.copyOf(asked);
    }
}
