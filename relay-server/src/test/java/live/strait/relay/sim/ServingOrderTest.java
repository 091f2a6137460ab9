package live.strait.relay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import live.strait.protocol.ice.PeerAddress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// In which order viewers get a frame: nobody is always last, and who watches does not wait for who has just come.
class ServingOrderTest {
    /// On each loop.
    private static final int RESIDENTS = 3;

    private static final Duration FRAME = Duration.ofMillis(33);

    private final PlainShow show = new PlainShow(2);
    private final Set<PeerAddress> residents = new HashSet<>();

    @BeforeEach
    void residentsWatch() {
        show.open(2 * RESIDENTS);
        residents.addAll(show.byAddress.keySet());
        show.node.run(Duration.ofSeconds(4));
        show.node.takeOutput();
    }

    @Test
    void eachIsFirstInTurn() {
        Set<PeerAddress> first = new HashSet<>();
        Set<PeerAddress> last = new HashSet<>();
        for (int i = 0; i < RESIDENTS; i++) {
            for (List<PeerAddress> served : frame()) {
                first.add(served.getFirst());
                last.add(served.getLast());
            }
        }
        assertThat(first).isEqualTo(residents);
        assertThat(last).isEqualTo(residents);
    }

    @Test
    void newcomersComeBehindAllOthersUntilTheyHaveSettled() {
        frame();
        for (int i = 0; i < 4; i++) {
            show.come();
        }
        Duration watched = Duration.ZERO;
        for (; watched.compareTo(Duration.ofMillis(2900)) < 0; watched = watched.plus(FRAME)) {
            for (List<PeerAddress> served : frame()) {
                assertThat(served).hasSize(RESIDENTS + 2);
                assertThat(residents).containsAll(served.subList(0, RESIDENTS));
            }
        }
        show.node.run(Duration.ofMillis(300));
        Set<PeerAddress> first = new HashSet<>();
        for (int i = 0; i < RESIDENTS + 2; i++) {
            frame().forEach(served -> first.add(served.getFirst()));
        }
        assertThat(first).isEqualTo(show.byAddress.keySet());
    }

    /// The viewers of each loop in the order in which they got the next frame.
    private List<List<PeerAddress>> frame() {
        show.node.run(FRAME);
        show.node.takeOutput();
        long nowNanos = show.node.nowNanos();
        show.stream.capture(nowNanos);
        show.publish(show.stream.waiting, nowNanos);
        show.stream.waiting.clear();
        List<List<PeerAddress>> served = new ArrayList<>();
        served.add(receivers());
        show.node.loops().get(1).drainMailbox(nowNanos);
        served.add(receivers());
        return served;
    }

    private List<PeerAddress> receivers() {
        Set<PeerAddress> receivers = new LinkedHashSet<>();
        show.node.takeOutput().forEach(datagram -> receivers.add(datagram.to()));
        return List.copyOf(receivers);
    }
}
