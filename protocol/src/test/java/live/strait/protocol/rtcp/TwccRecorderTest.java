package live.strait.protocol.rtcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import live.strait.protocol.bytes.SequenceUnwrapper;
import live.strait.protocol.time.Deadline;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwccRecorderTest {
    private static final long MILLI = 1_000_000;

    private final TwccRecorder recorder = new TwccRecorder(TwccOptions.DEFAULT);

    @Test
    void nothingIsDueBeforeAPacketCame() {
        assertThat(recorder.nextDeadline()).isEqualTo(Deadline.NEVER);
        assertThat(recorder.build(1, 2, 0)).isNull();
    }

    @Test
    void feedbackIsDueEveryIntervalWhilePacketsCome() {
        recorder.onPacket(1, 10 * MILLI);
        recorder.onPacket(2, 20 * MILLI);
        assertThat(recorder.nextDeadline()).isEqualTo(new Deadline(60 * MILLI, Deadline.Reason.TRANSPORT_FEEDBACK));
        assertThat(build(60 * MILLI)).hasSize(1);
        assertThat(recorder.nextDeadline()).isEqualTo(Deadline.NEVER);
        recorder.onPacket(3, 70 * MILLI);
        assertThat(recorder.nextDeadline().atNanos()).isEqualTo(110 * MILLI);
        build(110 * MILLI);
        recorder.onPacket(4, 900 * MILLI);
        assertThat(recorder.nextDeadline().atNanos()).isEqualTo(900 * MILLI);
    }

    @Test
    void timesAreExactToATickAndTheCountGoesOn() {
        recorder.onPacket(65535, 1000 * MILLI);
        recorder.onPacket(0, 1000 * MILLI + 260_000);
        recorder.onPacket(1, 1000 * MILLI - 300_000);
        TransportFeedback first = build(1050 * MILLI).getFirst();
        assertThat(first).isEqualTo(TransportFeedback.of(1, 2, 65535, 15, 0, 160, 161, 158));
        recorder.onPacket(2, 1064 * MILLI);
        assertThat(build(1100 * MILLI)).containsExactly(TransportFeedback.of(1, 2, 2, 16, 1, 160));
    }

    @Test
    void whatIsMissingBetweenTwoFeedbacksIsToldAsLost() {
        recorder.onPacket(10, 0);
        build(50 * MILLI);
        recorder.onPacket(13, 60 * MILLI);
        TransportFeedback feedback = build(100 * MILLI).getFirst();
        assertThat(feedback.baseSequence()).isEqualTo(11);
        assertThat(feedback.statusCount()).isEqualTo(3);
        assertThat(feedback.isReceived(0)).isFalse();
        assertThat(feedback.isReceived(2)).isTrue();
    }

    @Test
    void lossIsToldEvenAfterAPauseThatForgetsAllArrivals() {
        recorder.onPacket(10, 0);
        build(50 * MILLI);
        recorder.onPacket(13, 5000 * MILLI);
        assertThat(build(5000 * MILLI).getFirst().baseSequence()).isEqualTo(11);
    }

    @Test
    void latePacketMovesTheBeginningBackAndTheRestIsToldAgain() {
        recorder.onPacket(10, 0);
        recorder.onPacket(12, MILLI);
        build(50 * MILLI);
        recorder.onPacket(11, 51 * MILLI);
        TransportFeedback feedback = build(100 * MILLI).getFirst();
        assertThat(feedback.baseSequence()).isEqualTo(11);
        assertThat(feedback.statusCount()).isEqualTo(2);
        assertThat(feedback.arrivalTicks(0)).isEqualTo(204);
        assertThat(feedback.arrivalTicks(1)).isEqualTo(4);
    }

    @Test
    void packetOlderThanTheBackWindowIsNotTold() {
        recorder.onPacket(10, 0);
        recorder.onPacket(12, MILLI);
        build(50 * MILLI);
        recorder.onPacket(13, 700 * MILLI);
        build(700 * MILLI);
        recorder.onPacket(11, 701 * MILLI);
        assertThat(build(750 * MILLI)).isEmpty();
    }

    @Test
    void firstArrivalOfADuplicateCounts() {
        recorder.onPacket(10, 0);
        recorder.onPacket(10, 40 * MILLI);
        assertThat(build(50 * MILLI)).containsExactly(TransportFeedback.of(1, 2, 10, 0, 0, 0));
        recorder.onPacket(10, 60 * MILLI);
        assertThat(recorder.nextDeadline()).isEqualTo(Deadline.NEVER);
    }

    @Test
    void pauseTooLongForADeltaStartsANewPacket() {
        recorder.onPacket(1, 0);
        recorder.onPacket(2, 9_000 * MILLI);
        List<TransportFeedback> feedback = build(9_050 * MILLI);
        assertThat(feedback).hasSize(2);
        assertThat(feedback.getLast().referenceTime()).isEqualTo(140);
    }

    @Test
    void jumpOfHalfTheNumbersIsToldWithinTheSpan() {
        recorder.onPacket(0, 0);
        recorder.onPacket(32767, MILLI);
        List<TransportFeedback> feedback = build(50 * MILLI);
        assertThat(feedback.getLast().isReceived(feedback.getLast().statusCount() - 1))
                .isTrue();
        assertThat(feedback).allSatisfy(packet -> assertThat(packet.sizeBytes()).isLessThan(40));
    }

    @Test
    void referenceTimeWraps() {
        long nanos = (1L << 24) * 64 * MILLI;
        recorder.onPacket(1, nanos - 64 * MILLI);
        recorder.onPacket(2, nanos);
        List<TransportFeedback> feedback = build(nanos);
        assertThat(feedback.getFirst().referenceTime()).isEqualTo(-1);
        recorder.onPacket(3, nanos + 50 * MILLI);
        TransportFeedback next = build(nanos + 50 * MILLI).getFirst();
        assertThat(next.unwrapReferenceTime((1 << 24) - 1)).isEqualTo(1 << 24);
        assertThat(feedback.getFirst().unwrapReferenceTime(1 << 24)).isEqualTo((1 << 24) - 1);
    }

    /// What a sender learns equals what a plain map of the arrivals knows, over loss, reordering and duplicates.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void senderLearnsEveryArrivalOnce(long seed) {
        Random random = new Random(seed);
        TreeMap<Long, Long> arrivals = new TreeMap<>();
        TreeMap<Long, Long> learnt = new TreeMap<>();
        SequenceUnwrapper line = new SequenceUnwrapper();
        long firstSequence = 65000;
        long[] reference = {0};
        long now = 0;
        int meanGapMicros = 100 + random.nextInt(4000);
        double loss = random.nextDouble() / 2;
        List<long[]> inFlight = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            now += random.nextInt(2 * meanGapMicros) * 1000L;
            if (random.nextDouble() >= loss || i == 0) {
                inFlight.add(new long[] {now + random.nextInt(10_000) * 1000L, firstSequence + i});
            }
            long until = now;
            inFlight.sort((a, b) -> Long.compare(a[0], b[0]));
            while (!inFlight.isEmpty() && inFlight.getFirst()[0] <= until) {
                long[] packet = inFlight.removeFirst();
                recorder.onPacket((int) packet[1] & 0xffff, packet[0]);
                arrivals.putIfAbsent(packet[1], packet[0]);
                if (recorder.nextDeadline().isDue(packet[0])) {
                    learn(build(packet[0]), line, reference, learnt);
                }
            }
        }
        learn(build(now + 100 * MILLI), line, reference, learnt);
        assertThat(learnt.keySet()).as("seed %d", seed).isEqualTo(arrivals.keySet());
        arrivals.forEach((sequence, nanos) -> assertThat(learnt.get(sequence))
                .as("seed %d, packet %d", seed, sequence)
                .isCloseTo(nanos, within(TransportFeedback.TICK_NANOS)));
    }

    private static void learn(
            List<TransportFeedback> packets, SequenceUnwrapper line, long[] reference, Map<Long, Long> learnt) {
        for (TransportFeedback feedback : packets) {
            assertThat(feedback.sizeBytes()).isLessThanOrEqualTo(TwccOptions.DEFAULT.maxPacketBytes());
            reference[0] = feedback.unwrapReferenceTime(reference[0]);
            long base = line.peek(feedback.baseSequence()) - 65536;
            line.unwrap(feedback.baseSequence() + feedback.statusCount() - 1);
            for (int i = 0; i < feedback.statusCount(); i++) {
                if (feedback.isReceived(i)) {
                    long nanos = (reference[0] * 256 + feedback.arrivalTicks(i)) * TransportFeedback.TICK_NANOS;
                    assertThat(learnt.getOrDefault(base + i, nanos)).isEqualTo(nanos);
                    learnt.put(base + i, nanos);
                }
            }
        }
    }

    @Test
    void manyPacketsAreSplitBySize() {
        Random random = new Random(3);
        for (int i = 0; i < 3000; i++) {
            recorder.onPacket(i, random.nextInt(3000) * MILLI);
        }
        List<TransportFeedback> feedback = build(3000 * MILLI);
        assertThat(feedback.size()).isBetween(6, 12);
        int next = 0;
        for (TransportFeedback packet : feedback) {
            assertThat(packet.sizeBytes()).isLessThanOrEqualTo(1100);
            assertThat(packet.baseSequence()).isEqualTo(next);
            next += packet.statusCount();
        }
        assertThat(next).isEqualTo(3000);
    }

    private List<TransportFeedback> build(long nowNanos) {
        List<TransportFeedback> packets = new ArrayList<>();
        for (TransportFeedback packet = recorder.build(1, 2, nowNanos);
                packet != null;
                packet = recorder.build(1, 2, nowNanos)) {
            packets.add(packet);
        }
        return packets;
    }
}
