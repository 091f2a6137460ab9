package live.strait.relay.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One gapless line out of changing sources, on which a number never stands for two packets.
class SequenceMapperTest {
    private final SourceStream a = Streams.stream(1);
    private final SourceStream b = Streams.stream(2);
    private final SourceStream c = Streams.stream(3);
    private final SequenceMapper mapper = new SequenceMapper(100);

    @Test
    void firstPacketFollowsTheNumberGiven() {
        mapper.switchTo(a);
        assertThat(mapper.map(a, 70_000)).isEqualTo(101);
        assertThat(mapper.map(a, 70_001)).isEqualTo(102);
        assertThat(mapper.highest()).isEqualTo(102);
    }

    @Test
    void latePacketGetsThePlaceThatWasLeft() {
        mapper.switchTo(a);
        mapper.map(a, 10);
        assertThat(mapper.map(a, 13)).isEqualTo(104);
        assertThat(mapper.map(a, 11)).isEqualTo(102);
        assertThat(mapper.map(a, 12)).isEqualTo(103);
    }

    @Test
    void packetFromBeforeTheStartHasNoPlace() {
        mapper.switchTo(a);
        mapper.map(a, 10);
        assertThat(mapper.map(a, 9)).isEqualTo(SequenceMapper.REFUSED);
    }

    @Test
    void switchContinuesBehindTheHighest() {
        mapper.switchTo(a);
        mapper.map(a, 10);
        mapper.map(a, 12);
        mapper.switchTo(b);
        assertThat(mapper.map(b, 5000)).isEqualTo(104);
    }

    @Test
    void latePacketOfTheSourceBeforeIsStillPlaced() {
        mapper.switchTo(a);
        mapper.map(a, 10);
        mapper.map(a, 12);
        mapper.switchTo(b);
        mapper.map(b, 5000);
        assertThat(mapper.isLate(a, 11)).isTrue();
        assertThat(mapper.map(a, 11)).isEqualTo(102);
        assertThat(mapper.isLate(a, 13)).isFalse();
        assertThat(mapper.map(a, 13)).as("after the cut").isEqualTo(SequenceMapper.REFUSED);
    }

    @Test
    void omissionClosesUpAndLatePacketsBeforeItKeepTheirPlace() {
        mapper.switchTo(a);
        assertThat(mapper.map(a, 10)).isEqualTo(101);
        assertThat(mapper.drop(a, 12)).isTrue();
        assertThat(mapper.map(a, 13)).isEqualTo(103);
        assertThat(mapper.map(a, 11)).isEqualTo(102);
        assertThat(mapper.map(a, 12)).as("left out").isEqualTo(SequenceMapper.REFUSED);
    }

    @Test
    void omittedPacketThatComesAgainAtOnceIsNotGivenItsNeighboursNumber() {
        mapper.switchTo(a);
        mapper.map(a, 10);
        mapper.drop(a, 11);
        assertThat(mapper.map(a, 11)).isEqualTo(SequenceMapper.REFUSED);
    }

    @Test
    void sourceOfWhichNothingWasSentLeavesNoLine() {
        // c runs first, so that its line is used again below.
        mapper.switchTo(c);
        mapper.map(c, 1000);
        mapper.switchTo(a);
        mapper.map(a, 10);
        mapper.switchTo(b);
        mapper.switchTo(c);
        long next = mapper.map(c, 2000);
        assertThat(next).isEqualTo(103);
        assertThat(mapper.map(b, 500)).as("nothing of b was ever sent").isEqualTo(SequenceMapper.REFUSED);
        assertThat(mapper.map(a, 10)).as("a is still the source before").isEqualTo(102);
    }

    @Test
    void holeThatNobodyCanFillIsCut() {
        mapper.switchTo(a);
        mapper.map(a, 10);
        long out = mapper.map(a, 30_010);
        assertThat(out).isEqualTo(101 + SequenceMapper.MAX_GAP);
        assertThat(mapper.map(a, 30_011)).isEqualTo(out + 1);
        assertThat(mapper.map(a, 30_009)).as("its place is gone").isEqualTo(SequenceMapper.REFUSED);
    }

    @Test
    void omissionsBeyondWhatIsRememberedRefuseRatherThanGuess() {
        mapper.switchTo(a);
        mapper.map(a, 10);
        for (int i = 0; i < 40; i++) {
            mapper.drop(a, 12 + 2 * i);
            mapper.map(a, 13 + 2 * i);
        }
        assertThat(mapper.map(a, 11)).isEqualTo(SequenceMapper.REFUSED);
    }

    /// The rule of the SRTP index, over everything that a session may go through.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noNumberEverStandsForTwoPackets(long seed) {
        Random random = new Random(seed);
        List<SourceStream> sources = List.of(a, b, c);
        Map<SourceStream, Long> next = new HashMap<>();
        sources.forEach(each -> next.put(each, 65_536 + random.nextLong(60_000)));
        Map<Long, String> given = new HashMap<>();
        Set<String> dropped = new HashSet<>();
        SourceStream current = a;
        int epoch = 0;
        mapper.switchTo(current);
        for (int step = 0; step < 30_000; step++) {
            if (random.nextInt(60) == 0) {
                current = sources.get(random.nextInt(3));
                mapper.switchTo(current);
                epoch++;
            }
            SourceStream from = random.nextInt(10) == 0 ? sources.get(random.nextInt(3)) : current;
            long seq;
            if (random.nextInt(5) == 0) {
                seq = next.getOrDefault(from, 0L) - random.nextInt(300);
            } else {
                seq = next.getOrDefault(from, 0L)
                        + (random.nextInt(20) == 0 ? random.nextInt(random.nextInt(50) == 0 ? 9_000 : 9) : 0);
                next.put(from, seq + 1);
            }
            if (random.nextInt(15) == 0) {
                if (mapper.drop(from, seq)) {
                    dropped.add(epoch + from.toString() + from.ssrc() + "/" + seq);
                }
                continue;
            }
            long before = mapper.highest();
            long out = mapper.map(from, seq);
            if (out == SequenceMapper.REFUSED) {
                continue;
            }
            String packet = from.ssrc() + "/" + seq;
            String known = given.putIfAbsent(out, packet);
            assertThat(known == null || known.equals(packet))
                    .as("seed %d step %d: %d is %s and now %s", seed, step, out, known, packet)
                    .isTrue();
            assertThat(out).isLessThanOrEqualTo(before + 1 + SequenceMapper.MAX_GAP);
        }
        assertThat(given).hasSizeGreaterThan(5_000);
        assertThat(new ArrayList<>(dropped)).isNotEmpty();
    }
}
