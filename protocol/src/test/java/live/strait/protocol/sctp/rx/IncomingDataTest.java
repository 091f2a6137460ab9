package live.strait.protocol.sctp.rx;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.sctp.chunk.ChunkReader;
import live.strait.protocol.sctp.chunk.ChunkWriter;
import live.strait.protocol.sctp.chunk.DataChunk;
import live.strait.protocol.sctp.chunk.ForwardTsnChunk;
import live.strait.protocol.sctp.chunk.SackChunk;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The receiver chunk by chunk. TSNs begin with 1.
class IncomingDataTest {
    private static final int CAPACITY = 20_000;
    private static final long DELAY = 20_000_000;
    private static final int WHOLE = DataChunk.BEGINNING | DataChunk.ENDING;

    private long nowNanos;
    private final IncomingData data = new IncomingData(1, CAPACITY, 10_000, DELAY);

    private @Nullable DropReason receive(int tsn, int flags, int stream, int sequence, int bytes) {
        return data.receive(new DataChunk(flags, tsn, stream, sequence, tsn, ByteBuffer.allocate(bytes)));
    }

    private SackChunk sack() {
        ByteBuffer out = ByteBuffer.allocate(1100);
        data.writeSack(out);
        data.sackSent(nowNanos);
        out.flip().position(ChunkReader.HEADER_BYTES);
        return Objects.requireNonNull(SackChunk.read(out));
    }

    /// The protocol ids, which are the TSNs of first fragments, of what can be delivered.
    private List<Integer> delivered() {
        List<Integer> ids = new ArrayList<>();
        for (IncomingMessage message = data.poll(); message != null; message = data.poll()) {
            ids.add(message.protocolId());
            data.release(message.sizeBytes());
        }
        return ids;
    }

    private void goPast(int tsn, int... pairs) {
        ByteBuffer out = ByteBuffer.allocate(100);
        int start = ForwardTsnChunk.begin(out, tsn);
        for (int each : pairs) {
            out.putShort((short) each);
        }
        ChunkWriter.end(out, start);
        out.flip().position(ChunkReader.HEADER_BYTES);
        data.goPast(Objects.requireNonNull(ForwardTsnChunk.read(out)));
    }

    @Test
    void orderedMessagesWaitForTheirTurnAndUnorderedOnesDoNot() {
        receive(2, WHOLE, 1, 1, 10);
        receive(3, WHOLE, 2, 0, 10);
        receive(4, WHOLE | DataChunk.UNORDERED, 1, 0, 10);
        assertThat(delivered()).containsExactly(3, 4);
        receive(1, WHOLE, 1, 0, 10);
        assertThat(delivered()).containsExactly(1, 2);
    }

    @Test
    void fragmentsComeTogetherInAnyOrder() {
        for (long seed = 0; seed < 200; seed++) {
            IncomingData any = new IncomingData(1, CAPACITY, 10_000, DELAY);
            int[] order = {1, 2, 3, 4, 5, 6, 7, 8, 9};
            SplittableRandom random = new SplittableRandom(seed);
            for (int i = order.length - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                int tsn = order[i];
                order[i] = order[other];
                order[other] = tsn;
            }
            for (int tsn : order) {
                int flags = tsn % 3 == 1 ? DataChunk.BEGINNING : tsn % 3 == 0 ? DataChunk.ENDING : 0;
                ByteBuffer payload = ByteBuffer.wrap(new byte[] {(byte) tsn, 0});
                any.receive(new DataChunk(flags, tsn, 1, (tsn - 1) / 3, tsn, payload));
            }
            for (int first = 1; first < 9; first += 3) {
                IncomingMessage message = Objects.requireNonNull(any.poll());
                assertThat(message.bytes())
                        .isEqualTo(ByteBuffer.wrap(
                                new byte[] {(byte) first, 0, (byte) (first + 1), 0, (byte) (first + 2), 0}));
            }
        }
    }

    @Test
    void sackTellsGapsAndDuplicates() {
        for (int tsn : new int[] {1, 2, 4, 5, 7, 5, 1}) {
            receive(tsn, WHOLE, 1, tsn - 1, 10);
        }
        SackChunk sack = sack();
        assertThat(sack.cumulativeTsn()).isEqualTo(2);
        assertThat(sack.gapBlocks()).isEqualTo(2);
        assertThat(List.of(sack.gapStart(0), sack.gapEnd(0), sack.gapStart(1), sack.gapEnd(1)))
                .containsExactly(2, 3, 5, 5);
        assertThat(List.of(sack.duplicate(0), sack.duplicate(1))).containsExactly(5, 1);
        assertThat(sack().duplicates()).as("told once").isZero();
    }

    @Test
    void sackWaitsUnlessItIsWantedOrMuchHasCome() {
        packet(0, 1, WHOLE, 10);
        assertThat(data.sackAtNanos()).as("the first of all").isZero();
        sack();
        packet(100, 2, WHOLE, 10);
        assertThat(data.sackAtNanos()).isEqualTo(100 + DELAY);
        packet(200, 3, WHOLE, 1000);
        assertThat(data.sackAtNanos()).as("small packets").isEqualTo(100 + DELAY);
        packet(300, 4, WHOLE, 1000);
        assertThat(data.sackAtNanos()).as("two full ones").isLessThanOrEqualTo(300);
        sack();
        assertThat(data.sackAtNanos()).isEqualTo(Long.MAX_VALUE);
        packet(2 * DELAY, 5, WHOLE | DataChunk.IMMEDIATE, 10);
        assertThat(data.sackAtNanos()).as("asked for").isLessThanOrEqualTo(2 * DELAY);
        sack();
        packet(4 * DELAY, 7, WHOLE, 10);
        assertThat(data.sackAtNanos()).as("a gap").isLessThanOrEqualTo(4 * DELAY);
    }

    /// Small messages each way: data of ours takes SACKs along, and they are not worth a packet each.
    @Test
    void sacksThatAreWantedKeepTheDelayFromEachOther() {
        packet(0, 1, WHOLE, 10);
        sack();
        packet(5, 2, WHOLE | DataChunk.IMMEDIATE, 10);
        assertThat(data.sackAtNanos()).isEqualTo(DELAY);
        packet(10, 4, WHOLE, 10);
        assertThat(data.sackAtNanos()).as("a gap as well").isEqualTo(DELAY);
        nowNanos = DELAY;
        sack();
        packet(DELAY + 5, 5, WHOLE | DataChunk.IMMEDIATE, 10);
        assertThat(data.sackAtNanos()).isEqualTo(2 * DELAY);
    }

    private void packet(long atNanos, int tsn, int flags, int bytes) {
        nowNanos = atNanos;
        receive(tsn, flags, 1, tsn - 1, bytes);
        data.onPacket(atNanos);
    }

    @Test
    void windowShrinksWithWhatIsHeldAndIsToldWhenItOpens() {
        int tsn = 1;
        while (receive(tsn, WHOLE, 1, tsn - 1, 1000) == null) {
            tsn++;
        }
        assertThat(tsn - 1).as("1000 bytes and 64 each").isEqualTo(CAPACITY / 1064);
        assertThat(sack().windowBytes()).isLessThan(1064);
        assertThat(data.sackAtNanos()).isEqualTo(Long.MAX_VALUE);
        for (int i = 0; i < 8; i++) {
            data.release(Objects.requireNonNull(data.poll()).sizeBytes());
        }
        assertThat(data.sackAtNanos()).as("a small opening is not told").isEqualTo(Long.MAX_VALUE);
        delivered();
        assertThat(data.sackAtNanos()).as("open again").isNotEqualTo(Long.MAX_VALUE);
        assertThat(sack().windowBytes()).isEqualTo(CAPACITY);
    }

    @Test
    void holeIsFilledThoughNothingElseFits() {
        int tsn = 2;
        while (receive(tsn, WHOLE, 1, tsn - 1, 1000) == null) {
            tsn++;
        }
        assertThat(receive(1, WHOLE, 1, 0, 1000)).isNull();
        assertThat(delivered()).hasSize(tsn - 1);
        assertThat(sack().windowBytes()).isEqualTo(CAPACITY);
    }

    @Test
    void whatIsGonePastIsNotWaitedFor() {
        receive(1, DataChunk.BEGINNING, 1, 0, 1000);
        receive(3, WHOLE, 1, 1, 10);
        receive(5, WHOLE, 1, 3, 10);
        receive(6, WHOLE, 2, 0, 10);
        assertThat(delivered()).containsExactly(6);
        goPast(4, 1, 2);
        assertThat(delivered()).containsExactly(3, 5);
        SackChunk sack = sack();
        assertThat(sack.cumulativeTsn()).isEqualTo(6);
        assertThat(sack.windowBytes()).as("the half message is gone").isEqualTo(CAPACITY);
        goPast(2, 1, 0);
        receive(7, WHOLE, 1, 4, 10);
        assertThat(delivered()).containsExactly(7);
    }

    @Test
    void resetStreamBeginsWithZeroAgain() {
        receive(1, WHOLE, 1, 0, 10);
        receive(2, WHOLE, 2, 0, 10);
        data.resetStreams(List.of(1));
        receive(3, WHOLE, 1, 0, 10);
        receive(4, WHOLE, 2, 1, 10);
        assertThat(delivered()).containsExactly(1, 2, 3, 4);
        data.resetStreams(List.of());
        receive(5, WHOLE, 1, 0, 10);
        receive(6, WHOLE, 2, 0, 10);
        assertThat(delivered()).containsExactly(5, 6);
    }

    @Test
    void longerMessageThanAgreedIsNoticedBeforeItIsWhole() {
        receive(1, DataChunk.BEGINNING, 1, 0, 6000);
        assertThat(data.isOverlong()).isFalse();
        receive(2, 0, 1, 0, 6000);
        assertThat(data.isOverlong()).isTrue();
    }
}
