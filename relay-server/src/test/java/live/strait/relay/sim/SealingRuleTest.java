package live.strait.relay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import live.strait.relay.media.Lines;
import live.strait.relay.observe.LoopCounters.Counter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// One plaintext per (SSRC, index) for the life of a key, over everything that may happen to a show at once.
///
/// The guard sees every packet that the node seals: layer switches, pauses, resends by RTX and of the very bytes,
/// hosts that come back with other SSRCs and another codec, padding, loss, copies and reordering on all links.
class SealingRuleTest {
    private static final String[] RIDS = {"q", "h", "f", "nonsense", null};

    @ParameterizedTest
    @ValueSource(longs = {101, 102, 103, 104})
    void noIndexIsSealedWithTwoPlaintexts(long seed) {
        Random random = new Random(seed);
        SimRoom room = new SimRoom();
        List<SimViewer> viewers = new ArrayList<>();
        SimHost host = room.host(seed, 1);
        for (int i = 0; i < 4; i++) {
            SimViewer viewer = room.viewer(seed * 10 + i, i % 2, i < 2);
            viewer.useLink("both delay 15ms jitter 10ms reorder on loss 8% dup 2%", seed + i);
            viewers.add(viewer);
        }
        host.useLink("both delay 15ms jitter 10ms reorder on loss 6% dup 2%", seed);
        int turn = 1;
        for (int event = 0; event < 120; event++) {
            SimViewer any = viewers.get(random.nextInt(viewers.size()));
            switch (random.nextInt(12)) {
                case 0 -> room.pause(any);
                case 1 -> any.requestKeyFrame();
                case 2 -> host.switchOff(1 + random.nextInt(3));
                case 3, 4 -> {
                    host.switchOn(1);
                    host.switchOn(2);
                    host.switchOn(3);
                }
                case 5 -> host.padOnMedia();
                case 6 -> {
                    if (random.nextInt(4) == 0) {
                        room.lose(host);
                        room.run(0.1);
                        turn++;
                        host = room.host(seed * 100 + turn, turn, random.nextBoolean() ? Lines.VP8 : Lines.H264);
                        host.useLink("both delay 15ms jitter 10ms reorder on loss 6% dup 2%", seed + turn);
                    }
                }
                default -> room.select(any, RIDS[random.nextInt(RIDS.length)]);
            }
            room.run(0.05 + random.nextDouble() * 0.3);
        }
        assertThat(room.node.guard().violations()).isEmpty();
        assertThat(room.node.guard().sealed()).isGreaterThan(20_000);
        assertThat(room.node.total(Counter.SESSION_ERRORS)).isZero();
        assertThat(room.node.total(Counter.RTP_RESENT)).isGreaterThan(300);
        assertThat(room.node.total(Counter.LAYER_SWITCHES)).isGreaterThan(30);
        assertThat(turn).isGreaterThan(1);
    }
}
