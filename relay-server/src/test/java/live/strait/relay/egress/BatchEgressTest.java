package live.strait.relay.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.observe.LoopCounters;
import live.strait.relay.observe.LoopCounters.Counter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which packets become one message, and that order and count are right whatever the kernel answers.
class BatchEgressTest {
    private static final int EAGAIN = -Errno.EAGAIN;
    private static final int EINTR = -Errno.EINTR;
    private static final int EPERM = -1;
    private static final PeerAddress ALICE = address(1001);
    private static final PeerAddress BOB = address(1002);
    private static final EgressOptions OPTIONS = new EgressOptions(4, 4, 32, 1_000);

    private final ScriptedKernel kernel = new ScriptedKernel();
    private final LoopCounters counters = new LoopCounters();
    private long nowNanos;
    private final BatchEgress egress = new BatchEgress(kernel, true, true, counters, OPTIONS, () -> nowNanos);
    private final List<ByteBuffer> committed = new ArrayList<>();
    private byte next;

    @Test
    void packetsOfOneSizeToOnePeerAreOneMessage() {
        commit(ALICE, 100, 100, 100);
        commit(BOB, 100, 100);
        egress.flush();
        assertThat(sizes()).containsExactly(List.of(100, 100, 100), List.of(100, 100));
        assertThat(kernel.messages())
                .extracting(ScriptedKernel.Message::port, ScriptedKernel.Message::segmentBytes)
                .containsExactly(tuple(1001, 100), tuple(1002, 100));
        assertThat(kernel.datagrams()).isEqualTo(committed);
        assertThat(kernel.calls()).isEqualTo(1);
    }

    @Test
    void onlyWhatIsMoreThanOneCallIsALongBurst() {
        commit(ALICE, 100);
        commit(BOB, 100);
        commit(ALICE, 100);
        commit(BOB, 100);
        assertThat(kernel.isInLongBurst()).isFalse();
        commit(ALICE, 100);
        assertThat(kernel.isInLongBurst()).isTrue();
        egress.flush();
        assertThat(kernel.isInLongBurst()).isFalse();
    }

    @Test
    void endOfALongBurstIsSaidUntilItIsTaken() {
        for (int i = 0; i < 5; i++) {
            commit(ALICE, 100);
            commit(BOB, 100);
        }
        kernel.refuseEnds(2);
        egress.flush();
        egress.flush();
        assertThat(kernel.isInLongBurst()).isTrue();
        egress.flush();
        assertThat(kernel.isInLongBurst()).isFalse();
    }

    /// The loop must hear of input also while the socket takes nothing more.
    @Test
    void longBurstThatDoesNotFitEndsAllTheSame() {
        kernel.answer(4, EAGAIN);
        for (int i = 0; i < 4; i++) {
            commit(ALICE, 100);
            commit(BOB, 100);
        }
        egress.flush();
        assertThat(kernel.isInLongBurst()).isFalse();
    }

    @Test
    void runEndsBehindAShorterPacket() {
        commit(ALICE, 100, 90, 90, 90);
        egress.flush();
        assertThat(sizes()).containsExactly(List.of(100, 90), List.of(90, 90));
    }

    @Test
    void runEndsWhereASizeGrows() {
        commit(ALICE, 100, 100, 101, 101);
        egress.flush();
        assertThat(sizes()).containsExactly(List.of(100, 100), List.of(101, 101));
    }

    @Test
    void runEndsWhereAnotherPeerComesBetween() {
        commit(ALICE, 100);
        commit(BOB, 100);
        commit(ALICE, 100);
        egress.flush();
        assertThat(kernel.messages()).extracting(ScriptedKernel.Message::port).containsExactly(1001, 1002, 1001);
    }

    @Test
    void runHasNoMoreSegmentsThanAllowed() {
        commit(ALICE, 50, 50, 50, 50, 50);
        egress.flush();
        assertThat(sizes()).containsExactly(List.of(50, 50, 50, 50), List.of(50));
    }

    @Test
    void runIsNotCutByTheEndOfABatch() {
        for (int i = 0; i < 4; i++) {
            commit(i % 2 == 0 ? ALICE : BOB, 70, 70, 70);
        }
        commit(ALICE, 70, 70, 70);
        egress.flush();
        assertThat(sizes()).hasSize(5).allMatch(List.of(70, 70, 70)::equals);
        assertThat(kernel.calls()).isEqualTo(2);
        assertThat(kernel.datagrams()).isEqualTo(committed);
    }

    @Test
    void flushEndsARun() {
        commit(ALICE, 70);
        egress.flush();
        commit(ALICE, 70);
        egress.flush();
        assertThat(sizes()).containsExactly(List.of(70), List.of(70));
        egress.flush();
        assertThat(kernel.calls()).isEqualTo(2);
    }

    @Test
    void whatAFullSocketDidNotTakeGoesFirstAtTheNextFlush() {
        commit(ALICE, 100, 100);
        commit(BOB, 200);
        kernel.answer(1, EAGAIN);
        egress.flush();
        assertThat(sizes()).containsExactly(List.of(100, 100));
        commit(ALICE, 50);
        egress.flush();
        assertThat(sizes()).containsExactly(List.of(100, 100), List.of(200), List.of(50));
        assertThat(kernel.datagrams()).isEqualTo(committed);
        assertThat(counters.get(Counter.DATAGRAMS_OUT)).isEqualTo(4);
        assertThat(counters.get(Counter.BYTES_OUT)).isEqualTo(450);
    }

    @Test
    void fullRingRefusesWhatIsNew() {
        kernel.answer(IntStream.range(0, 100).map(i -> EAGAIN).toArray());
        for (int i = 0; i < 40; i++) {
            commit(i % 2 == 0 ? ALICE : BOB, 10);
        }
        assertThat(counters.get(DropReason.SEND_BUFFER_FULL)).isEqualTo(8);
        kernel.takeEverything();
        egress.flush();
        assertThat(kernel.datagrams()).isEqualTo(committed.subList(0, 32));
        commit(ALICE, 10);
        egress.flush();
        assertThat(kernel.datagrams().getLast()).isEqualTo(committed.getLast());
    }

    @Test
    void whatHasWaitedTooLongIsDropped() {
        commit(ALICE, 100, 100, 100);
        kernel.answer(EAGAIN, EAGAIN, EAGAIN);
        egress.flush();
        nowNanos = OPTIONS.maxWaitNanos();
        egress.flush();
        assertThat(counters.get(DropReason.SEND_BUFFER_FULL)).isZero();
        nowNanos++;
        egress.flush();
        assertThat(counters.get(DropReason.SEND_BUFFER_FULL)).isEqualTo(3);
        commit(BOB, 7);
        egress.flush();
        assertThat(sizes()).containsExactly(List.of(7));
    }

    @Test
    void progressStartsTheWaitAnew() {
        commit(ALICE, 100);
        commit(BOB, 100);
        kernel.answer(EAGAIN, 1, EAGAIN);
        egress.flush();
        nowNanos = OPTIONS.maxWaitNanos() + 1;
        egress.flush();
        nowNanos += OPTIONS.maxWaitNanos();
        egress.flush();
        assertThat(kernel.datagrams()).isEqualTo(committed);
    }

    @Test
    void refusedSegmentationIsGivenUpForGood() {
        kernel.refuseSegments();
        commit(ALICE, 100, 100, 60);
        commit(BOB, 30);
        egress.flush();
        assertThat(sizes()).containsExactly(List.of(100), List.of(100), List.of(60), List.of(30));
        int before = kernel.calls();
        commit(ALICE, 100, 100);
        egress.flush();
        assertThat(kernel.calls() - before).isEqualTo(1);
        assertThat(kernel.messages()).allMatch(message -> message.segmentBytes() == 0);
        assertThat(kernel.datagrams()).isEqualTo(committed);
        assertThat(counters.get(Counter.DATAGRAMS_OUT)).isEqualTo(6);
        assertThat(counters.get(DropReason.SEND_REFUSED)).isZero();
    }

    @Test
    void packetsAboveTheMtuDoNotEndSegmentation() {
        kernel.setMtuBytes(1400);
        commit(ALICE, 1450, 1450, 1450);
        commit(BOB, 1300, 1300);
        egress.flush();
        assertThat(sizes()).containsExactly(List.of(1300, 1300));
        assertThat(counters.get(DropReason.SEND_REFUSED)).isEqualTo(3);
    }

    @Test
    void fullSocketInTheMiddleOfARefusedRunLosesNothing() {
        kernel.refuseSegments();
        commit(ALICE, 100, 100, 100);
        kernel.answer(1, 1, EAGAIN, EAGAIN);
        egress.flush();
        egress.flush();
        commit(ALICE, 100, 100);
        commit(BOB, 5);
        egress.flush();
        assertThat(kernel.datagrams()).isEqualTo(committed);
    }

    @Test
    void errorOfOneMessageCostsThatAlone() {
        commit(ALICE, 100, 100);
        commit(BOB, 100);
        kernel.answer(EPERM, EINTR);
        egress.flush();
        assertThat(kernel.messages()).extracting(ScriptedKernel.Message::port).containsExactly(1002);
        assertThat(counters.get(DropReason.SEND_REFUSED)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void orderHoldsWhateverTheKernelAnswers(long seed) {
        Random random = new Random(seed);
        List<PeerAddress> peers = List.of(ALICE, BOB, address(1003));
        for (int round = 0; round < 5_000; round++) {
            if (random.nextInt(3) == 0) {
                kernel.answer(random.nextInt(4) == 0 ? EINTR : EAGAIN);
            } else {
                kernel.answer(1 + random.nextInt(3));
            }
            int size = 1 + random.nextInt(200);
            for (int burst = random.nextInt(6); burst > 0; burst--) {
                commit(peers.get(random.nextInt(3)), random.nextInt(3) == 0 ? 1 + random.nextInt(200) : size);
            }
            if (random.nextBoolean()) {
                egress.flush();
            }
        }
        kernel.takeEverything();
        egress.flush();
        long dropped = counters.get(DropReason.SEND_BUFFER_FULL);
        assertThat(kernel.datagrams()).hasSize((int) (committed.size() - dropped));
        assertThat(isSubsequence(kernel.datagrams(), committed)).isTrue();
        assertThat(counters.get(Counter.DATAGRAMS_OUT))
                .isEqualTo(kernel.datagrams().size());
        assertThat(counters.get(Counter.EGRESS_MESSAGES))
                .isEqualTo(kernel.messages().size());
        assertThat(counters.get(Counter.EGRESS_CALLS)).isEqualTo(kernel.calls());
    }

    /// The call itself is [EgressContractTest]'s; here is all that happens per packet on our side of it.
    @Test
    void nothingIsAllocatedPerPacket() {
        BatchEgress counted =
                new BatchEgress((messages, count) -> count, true, true, counters, EgressOptions.DEFAULTS, () -> 0);
        List<PeerAddress> peers =
                IntStream.range(2000, 2100).mapToObj(BatchEgressTest::address).toList();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        sendBursts(counted, peers, 300);
        long before = threads.getCurrentThreadAllocatedBytes();
        sendBursts(counted, peers, 300);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(allocated).as("bytes for 240 000 packets").isLessThan(24_000);
    }

    private static void sendBursts(BatchEgress to, List<PeerAddress> peers, int rounds) {
        for (int round = 0; round < rounds; round++) {
            for (int peer = 0; peer < peers.size(); peer++) {
                for (int i = 0; i < 8; i++) {
                    to.claim().putLong(peer).putLong(i).flip();
                    to.commit(peers.get(peer));
                }
            }
            to.flush();
        }
    }

    private void commit(PeerAddress to, int... sizes) {
        for (int size : sizes) {
            byte[] bytes = new byte[size];
            bytes[0] = next++;
            bytes[size - 1] = next++;
            committed.add(ByteBuffer.wrap(bytes));
            egress.claim().put(bytes).flip();
            egress.commit(to);
        }
    }

    private List<List<Integer>> sizes() {
        return kernel.messages().stream()
                .map(message ->
                        message.packets().stream().map(ByteBuffer::remaining).toList())
                .toList();
    }

    private static boolean isSubsequence(List<ByteBuffer> part, List<ByteBuffer> whole) {
        int found = 0;
        for (ByteBuffer each : whole) {
            if (found < part.size() && part.get(found).equals(each)) {
                found++;
            }
        }
        return found == part.size();
    }

    private static PeerAddress address(int port) {
        return PeerAddress.udp(new InetSocketAddress("192.0.2.7", port));
    }
}
