package live.strait.relay.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import live.strait.relay.media.KeyframeGate.Need;
import org.junit.jupiter.api.Test;

/// At most one request for a key frame per 400 ms and publisher, and per 2 s where there is a picture; repeated a
/// bounded number of times.
class KeyframeGateTest {
    private static final long MILLI = 1_000_000;

    private final SourceStream low = Streams.stream(1);
    private final SourceStream high = Streams.stream(2);
    private final KeyframeGate gate = new KeyframeGate();

    @Test
    void firstRequestPassesAtOnce() {
        gate.request(low, Need.PICTURE, 5 * MILLI);
        assertThat(gate.nextDeadline().isDue(5 * MILLI)).isTrue();
        assertThat(gate.poll(5 * MILLI)).isSameAs(low);
        assertThat(gate.poll(5 * MILLI)).isNull();
    }

    @Test
    void hundredRequestsBecomeOne() {
        for (int i = 0; i < 100; i++) {
            gate.request(low, Need.PICTURE, i * MILLI);
        }
        assertThat(sent(0, 399)).hasSize(1);
    }

    @Test
    void whoHasAPictureWaitsForTheNextOfAll() {
        gate.request(low, Need.BETTER_PICTURE, 0);
        assertThat(gate.poll(0)).as("nothing was asked lately").isSameAs(low);
        gate.onKeyFrame(low);
        for (int i = 100; i < 1_999; i++) {
            gate.request(low, Need.BETTER_PICTURE, i * MILLI);
        }
        assertThat(sent(100, 3_999)).containsExactly(2_000L);
    }

    /// One viewer on a bad line must not keep a room that waits for a better layer from it.
    @Test
    void whoHasAPictureIsNotPutOffForEverByWhoHasNone() {
        gate.request(high, Need.BETTER_PICTURE, 0);
        assertThat(gate.poll(0)).isSameAs(high);
        gate.onKeyFrame(high);
        gate.request(high, Need.BETTER_PICTURE, MILLI);
        List<Long> ofHigh = new ArrayList<>();
        for (long milli = 1; milli < 10_000; milli++) {
            gate.request(low, Need.PICTURE, milli * MILLI);
            SourceStream asked = gate.poll(milli * MILLI);
            if (asked == high) {
                ofHigh.add(milli);
                gate.onKeyFrame(high);
                gate.request(high, Need.BETTER_PICTURE, milli * MILLI);
            } else if (asked == low) {
                gate.onKeyFrame(low);
            }
        }
        assertThat(ofHigh).hasSizeBetween(3, 5);
    }

    @Test
    void whoHasNoneHastensTheRequestOfOthers() {
        gate.request(low, Need.PICTURE, 0);
        assertThat(gate.poll(0)).isSameAs(low);
        gate.onKeyFrame(low);
        gate.request(low, Need.BETTER_PICTURE, 100 * MILLI);
        gate.request(low, Need.PICTURE, 200 * MILLI);
        gate.request(low, Need.BETTER_PICTURE, 300 * MILLI);
        assertThat(sent(300, 401)).containsExactly(400L);
    }

    @Test
    void keyFrameEndsTheWaiting() {
        gate.request(low, Need.PICTURE, 0);
        assertThat(gate.poll(0)).isSameAs(low);
        gate.onKeyFrame(low);
        assertThat(gate.nextDeadline().atNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(sent(0, 10_000)).isEmpty();
    }

    @Test
    void requestThatBringsNothingIsRepeatedABoundedNumberOfTimes() {
        gate.request(low, Need.PICTURE, 0);
        List<Long> times = sent(0, 60_000);
        assertThat(times).hasSize(8);
        assertThat(gate.nextDeadline().atNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void layersTakeTurns() {
        SourceStream middle = Streams.stream(3);
        gate.request(low, Need.PICTURE, 0);
        gate.request(middle, Need.PICTURE, 0);
        gate.request(high, Need.PICTURE, 0);
        List<SourceStream> asked = new ArrayList<>();
        for (long now = 0; now <= 800; now++) {
            SourceStream stream = gate.poll(now * MILLI);
            if (stream != null) {
                asked.add(stream);
            }
        }
        assertThat(asked).containsExactlyInAnyOrder(low, middle, high);
    }

    @Test
    void streamThatIsGoneIsNotAskedAnyMore() {
        gate.request(low, Need.PICTURE, 0);
        gate.forget(low);
        assertThat(sent(0, 1000)).isEmpty();
    }

    @Test
    void exhaustedStreamDoesNotHoldUpAnother() {
        gate.request(low, Need.PICTURE, 0);
        sent(0, 8 * 600 - 1);
        gate.request(high, Need.PICTURE, 8 * 600 * MILLI);
        assertThat(gate.poll(8 * 600 * MILLI)).isSameAs(high);
    }

    @Test
    void whateverIsAskedTheIntervalHoldsAndDeadlinesAreNeverPast() {
        Random random = new Random(5);
        List<SourceStream> streams = List.of(low, high);
        long last = -1_000 * MILLI;
        for (long now = 0; now < 120_000; now++) {
            SourceStream any = streams.get(random.nextInt(2));
            if (random.nextInt(20) == 0) {
                gate.request(any, Need.PICTURE, now * MILLI);
            } else if (random.nextInt(300) == 0) {
                gate.onKeyFrame(any);
            }
            for (SourceStream sent = gate.poll(now * MILLI); sent != null; sent = gate.poll(now * MILLI)) {
                assertThat(now * MILLI - last).isGreaterThanOrEqualTo(400 * MILLI);
                last = now * MILLI;
            }
            assertThat(gate.nextDeadline().atNanos()).as("no busy loop").isGreaterThan(now * MILLI);
        }
    }

    private List<Long> sent(long fromMillis, long toMillis) {
        List<Long> times = new ArrayList<>();
        for (long now = fromMillis; now <= toMillis; now++) {
            while (gate.poll(now * MILLI) != null) {
                times.add(now);
            }
        }
        return times;
    }
}
