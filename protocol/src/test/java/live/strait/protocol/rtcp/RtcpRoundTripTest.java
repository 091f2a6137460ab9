package live.strait.protocol.rtcp;

import static live.strait.protocol.rtcp.RtcpBytes.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtcpRoundTripTest {
    private final Random random = new Random(7);

    @Test
    void everyPacketComesBackAsItWasWritten() {
        for (int round = 0; round < 2000; round++) {
            List<RtcpPacket> written = new ArrayList<>();
            ByteBuffer compound = ByteBuffer.allocate(20_000);
            for (int i = random.nextInt(6); i >= 0; i--) {
                RtcpPacket packet = packet();
                written.add(packet);
                assertThat(RtcpWriter.append(compound, packet)).isTrue();
            }
            assertThat(read(compound.flip())).isEqualTo(written);
        }
    }

    @Test
    void packetThatDoesNotFitIsNotBegun() {
        ByteBuffer small = ByteBuffer.allocate(11);
        assertThat(RtcpWriter.append(small, new PictureLossIndication(1, 2))).isFalse();
        assertThat(small.position()).isZero();
    }

    @Test
    void whatTheWireCannotCarryIsRefused() {
        List<Integer> ssrcs = Collections.nCopies(32, 1);
        assertThatThrownBy(() -> new Bye(ssrcs, "")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Bye(List.of(), "x".repeat(256))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SourceDescription.cname(1, "é".repeat(128)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ReceiverReport(1, Collections.nCopies(32, block())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ReportBlock(1, 256, 0, 0, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TransportFeedback.of(1, 2, 0, 0, 0, 0, 32768))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 0x3ffff, 0x40000, 1_234_567, 30_000_000})
    void rembKeepsEighteenBits(long bitrateBps) {
        ByteBuffer out = ByteBuffer.allocate(100);
        RtcpWriter.append(out, new Remb(1, bitrateBps, List.of()));
        Remb read = (Remb) read(out.flip()).getFirst();
        assertThat(read.bitrateBps()).isBetween(bitrateBps - bitrateBps / 100_000 - 1, bitrateBps);
    }

    private RtcpPacket packet() {
        List<Supplier<RtcpPacket>> kinds = List.of(
                () -> new SenderReport(random.nextInt(), random.nextLong(), u32(), u32(), u32(), blocks()),
                () -> new ReceiverReport(random.nextInt(), blocks()),
                () -> new SourceDescription(list(
                        5,
                        () -> new SourceDescription.Chunk(
                                random.nextInt(),
                                list(3, () -> new SourceDescription.Item(1 + random.nextInt(255), text()))))),
                () -> new Bye(list(31, random::nextInt), text()),
                () -> new GenericNack(random.nextInt(), random.nextInt(), ascending()),
                () -> new PictureLossIndication(random.nextInt(), random.nextInt()),
                () -> new FullIntraRequest(
                        random.nextInt(),
                        Stream.generate(() -> new FullIntraRequest.Entry(random.nextInt(), random.nextInt(256)))
                                .limit(1 + random.nextInt(3))
                                .toList()),
                () -> new Remb(
                        random.nextInt(), random.nextLong(1 << 18) << random.nextInt(40), list(4, random::nextInt)),
                this::feedback,
                () -> new ExtendedReport(random.nextInt(), list(2, this::block2)));
        return kinds.get(random.nextInt(kinds.size())).get();
    }

    private ExtendedReport.Block block2() {
        return random.nextBoolean()
                ? new ExtendedReport.ReferenceTime(random.nextLong())
                : new ExtendedReport.Delays(
                        list(3, () -> new ExtendedReport.Delay(random.nextInt(), random.nextInt(), random.nextInt())));
    }

    private TransportFeedback feedback() {
        double loss = random.nextDouble();
        int spread = 1 << random.nextInt(15);
        int tick = 0;
        int[] ticks = new int[1 + random.nextInt(300)];
        for (int i = 0; i < ticks.length; i++) {
            if (random.nextDouble() < loss) {
                ticks[i] = TransportFeedback.NOT_RECEIVED;
            } else {
                tick += random.nextInt(spread) - (random.nextInt(4) == 0 ? spread / 2 : 0);
                ticks[i] = tick;
            }
        }
        return TransportFeedback.of(
                random.nextInt(),
                random.nextInt(),
                random.nextInt(65536),
                random.nextInt(1 << 24) - (1 << 23),
                random.nextInt(256),
                ticks);
    }

    private SequenceNumbers ascending() {
        int first = random.nextInt(65536);
        int[] ahead =
                random.ints(1 + random.nextInt(40), 0, 300).distinct().sorted().toArray();
        return SequenceNumbers.of(
                IntStream.of(ahead).map(n -> (first + n) & 0xffff).toArray());
    }

    private ReportBlock block() {
        return new ReportBlock(
                random.nextInt(),
                random.nextInt(256),
                random.nextInt(1 << 24) - (1 << 23),
                u32(),
                u32(),
                random.nextInt(),
                random.nextInt());
    }

    private List<ReportBlock> blocks() {
        return list(31, this::block);
    }

    private <T> List<T> list(int most, Supplier<T> element) {
        return Stream.generate(element).limit(random.nextInt(most + 1)).toList();
    }

    private String text() {
        return "aé漢".repeat(random.nextInt(30)) + "x".repeat(random.nextInt(4));
    }

    private long u32() {
        return random.nextInt() & 0xffffffffL;
    }
}
