package live.strait.relay.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import live.strait.relay.loop.MediaLoop;
import org.junit.jupiter.api.Test;

/// What makes the packets of a frame one message to the kernel: that they come together, and are of one size.
class BurstTest {
    private static final long NOW = 1_000_000_000L;

    private final MediaLoop loop = Streams.loop();
    private final SourceStream stream = Streams.stream(Streams.track(Lines.simulcast(Lines.VP8), loop), 7, loop);
    private int sequence;
    private int waiting;

    @Test
    void packetsOfAFrameGetTheSizeOfItsLargest() {
        frame(1, 1000, 1001, 1000, 1002);
        assertThat(padding()).containsExactly(2, 1, 2, 0);
    }

    @Test
    void lastPacketOfAFrameMayBeShorter() {
        frame(1, 1000, 1000, 400);
        assertThat(padding()).containsExactly(0, 0, 0);
    }

    @Test
    void packetBeforeAMuchShorterLastOneIsPaddedToo() {
        frame(1, 1001, 1000, 400);
        assertThat(padding()).containsExactly(0, 1, 0);
    }

    @Test
    void framesDoNotPadEachOther() {
        frame(1, 1000, 1001);
        frame(2, 1020, 1021);
        assertThat(padding()).containsExactly(1, 0, 1, 0);
    }

    @Test
    void paddingIsNeverMoreThanAFiftieth() {
        frame(1, 100, 102, 103, 103);
        assertThat(padding()).containsExactly(2, 0, 0, 0);
        frame(2, 1400, 1432, 1432);
        assertThat(padding()).as("what the book can hold").containsExactly(0, 0, 0);
    }

    @Test
    void beginningOfAFrameWaitsForItsEnd() {
        packet(1, 1000, false);
        assertThat(stream.waitsUntilNanos()).isBetween(NOW + 1, NOW + 2_000_000);
        packet(1, 1000, true);
        assertThat(stream.waitsUntilNanos()).isLessThan(NOW);
    }

    @Test
    void newestTimestampIsOneOfThoseThatAreThere() {
        Burst burst = new Burst();
        frame(5_000_000, 100);
        burst.load(stream, 0, 1);
        assertThat(burst.newestTimestamp()).isEqualTo(5_000_000);
        for (int i = 0; i < stream.cache().capacity(); i++) {
            packet(9_000 + i, 100, true);
        }
        long last = stream.cache().arrivals();
        assertThat(burst.load(stream, 0, 1)).as("gone").isEqualTo(1);
        assertThat(burst.newestTimestamp()).isEqualTo(-1);
        burst.load(stream, 0, last);
        assertThat(burst.newestTimestamp()).isEqualTo(9_000 + stream.cache().capacity() - 1);
    }

    private List<Integer> padding() {
        Burst burst = new Burst();
        long from = stream.cache().arrivals() - waiting;
        assertThat(burst.load(stream, from, from + waiting)).isZero();
        waiting = 0;
        return IntStream.range(0, burst.size())
                .mapToObj(i -> burst.packet(i).paddingBytes)
                .toList();
    }

    private void frame(long timestamp, int... sizes) {
        for (int i = 0; i < sizes.length; i++) {
            packet(timestamp, sizes[i], i == sizes.length - 1);
        }
    }

    private void packet(long timestamp, int payloadBytes, boolean last) {
        byte[] payload = new byte[payloadBytes];
        payload[0] = 0x10;
        waiting++;
        assertThat(stream.onPacket(Streams.packet(timestamp, last, sequence++, 7, payload), Lines.VP8, false, NOW))
                .isNull();
    }
}
