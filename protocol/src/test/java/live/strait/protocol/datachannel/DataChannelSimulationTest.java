package live.strait.protocol.datachannel;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import live.strait.protocol.link.PeerPair;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two of ours over a bad network for minutes of virtual time, against the naive model of [Talker].
class DataChannelSimulationTest {
    private static final DataChannelOptions ROOMY =
            DataChannelOptions.DEFAULT.withRemote(5000, 256 * 1024).withMaxBuffered(1 << 20, Duration.ofMinutes(10));

    private static final List<Reliability> KINDS = List.of(
            Reliability.RELIABLE,
            Reliability.RELIABLE_UNORDERED,
            new Reliability(true, 0, -1),
            Reliability.unordered(0),
            Reliability.unordered(2),
            new Reliability(true, -1, 150),
            Reliability.lifetime(150),
            Reliability.RELIABLE_UNORDERED);

    /// Urgent messages, which overtake the others, go on a channel of their own.
    private static final int URGENT = KINDS.size() - 1;

    private static final int LIFETIME_UNORDERED = 6;

    /// @param latestMillis the longest way through the link
    @ParameterizedTest
    @CsvSource({
        "perfect, 1, 1",
        "delay 20ms, 2, 20",
        "delay 40ms jitter 30ms reorder on loss 5% dup 5%, 3, 70",
        "delay 50ms jitter 20ms loss 20%, 4, 70",
        "delay 60ms burst 8% 4 rate 800kbit queue 600ms, 5, 660",
        "delay 10ms corrupt 5% loss 5%, 6, 10",
        "sea-3g-weak, 7, 755",
        "train-handover, 8, 400",
        "wifi-crowded, 9, 300",
        "lossy-20, 10, 100",
        "cap-300k, 11, 500",
        "eu-to-sea, 12, 150",
    })
    void everyChannelKeepsItsPromise(String link, long seed, int latestMillis) {
        Talker left = new Talker(ROOMY.withDtlsClient(true), seed);
        Talker right = new Talker(ROOMY, seed + 100);
        PeerPair pair = Endpoint.connected(left, right, link, seed);
        List<DataChannel> ours = new ArrayList<>();
        for (Reliability kind : KINDS) {
            ours.add(left.channels.open(0, "c" + ours.size(), "", kind));
        }
        pair.runUntil(() -> right.events(DataChannelEvent.Opened.class).size() == KINDS.size(), Duration.ofSeconds(30));
        List<DataChannel> theirs = new ArrayList<>();
        for (DataChannel channel : ours) {
            theirs.add(right.opened(channel.label()));
        }
        SplittableRandom random = new SplittableRandom(seed);
        while (pair.nowNanos() < Duration.ofMinutes(2).toNanos()) {
            int which = random.nextInt(KINDS.size());
            if (random.nextBoolean()) {
                left.say(pair.nowNanos(), ours.get(which), 6_000, options(which));
            } else {
                right.say(pair.nowNanos(), theirs.get(which), 6_000, options(which));
            }
            pair.runFor(Duration.ofMillis(random.nextInt(120)));
        }
        pair.runFor(Duration.ofSeconds(60));
        pair.check(() -> {
            for (DataChannel channel : ours) {
                right.judge(left, channel);
                left.judge(right, channel);
            }
            long latest = Duration.ofMillis(150 + latestMillis).toNanos();
            String lifetime = ours.get(LIFETIME_UNORDERED).label();
            assertThat(left.latestNanos.get(lifetime)).as("late").isLessThanOrEqualTo(latest);
            assertThat(right.latestNanos.get(lifetime)).as("late").isLessThanOrEqualTo(latest);
            assertThat(left.channels.bufferedBytes()).isZero();
            assertThat(right.channels.bufferedBytes()).isZero();
            assertThat(left.events(DataChannelEvent.Failed.class)).isEmpty();
            assertThat(right.events(DataChannelEvent.Failed.class)).isEmpty();
        });
    }

    private static SendOptions options(int channel) {
        return channel == URGENT ? SendOptions.URGENT : SendOptions.NORMAL;
    }
}
