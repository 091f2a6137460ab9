package live.strait.relay.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import live.strait.protocol.link.LinkProfile;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.ItemState;
import live.strait.signaling.message.LaneException;
import live.strait.signaling.message.LaneJson;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.Role;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A room whose people sit behind weak links and press as often as they may, and a host who answers them all.
class WeakRoomTest {
    private static final int VIEWERS = 100;
    private static final int SECONDS = 20;
    private static final int INTERRUPTS_PER_SECOND = 50;
    private static final int QUESTIONS_PER_SECOND = 30;
    private static final long FRAME_NANOS = 8_000_000;
    private static final long HOST_THINKS_NANOS = 300_000_000;

    @ParameterizedTest
    @CsvSource({
        "perfect, 0, perfect, 0, 50",
        "sea-4g, 80, sea-4g, 80, 400",
        "sea-3g-weak, 250, perfect, 0, 600",
        "perfect, 0, sea-3g-weak, 250, 600",
        "lossy-20, 100, lossy-20, 100, 600",
        "sea-4g, 80, cap-300k, 400, 600",
    })
    void everyInterruptIsSeenInTime(String viewers, long viewersRtt, String hosts, long hostsRtt, int millis) {
        LaneRoom room = new LaneRoom(3, LaneOptions.DEFAULTS);
        SimHost host = new SimHost(room, LinkProfile.named(hosts), hostsRtt);
        List<SimAsker> crowd = new ArrayList<>();
        for (int i = 0; i < VIEWERS; i++) {
            crowd.add(new SimAsker(room, i, LinkProfile.named(viewers), viewersRtt));
        }
        room.run(2_000);
        host.link.say(new ClientMessage.Rules(null, 0, null, null, null), true);
        room.run(1_000);
        int sent = SECONDS * INTERRUPTS_PER_SECOND;
        for (int i = 0; i < sent; i++) {
            crowd.get(i % VIEWERS).cutIn();
            for (int j = i * QUESTIONS_PER_SECOND; j / INTERRUPTS_PER_SECOND == i; j += INTERRUPTS_PER_SECOND) {
                crowd.get((i + 7) % VIEWERS).ask("question " + i);
            }
            room.run(1_000 / INTERRUPTS_PER_SECOND);
        }
        room.run(3_000);
        String figures = "p50 %.0f p99 %.0f max %.0f ms, %d copies"
                .formatted(
                        host.clickToSeen.getValueAtPercentile(50) / 1e3,
                        host.clickToSeen.getValueAtPercentile(99) / 1e3,
                        host.clickToSeen.getMaxValue() / 1e3,
                        room.counters().copies());
        assertThat(host.clickToSeen.getTotalCount()).isEqualTo(sent);
        assertThat(host.clickToSeen.getValueAtPercentile(99.9)).as(figures).isLessThan(millis * 1_000L);
        assertThat(crowd).allSatisfy(asker -> assertThat(asker.pending).isEmpty());
    }

    /// A page of a viewer: sends copies until it is answered, keeps items until they are over.
    private static final class SimAsker {
        private static final long COPY_NANOS = 17_000_000;
        private static final long COPIES_FOR_NANOS = 340_000_000;

        private final LaneRoom room;
        private final WeakLink link;
        private final Map<String, ItemState> states = new HashMap<>();
        private final Set<String> pending = new HashSet<>();
        private int items;

        SimAsker(LaneRoom room, int number, LinkProfile profile, long rttMillis) {
            this.room = room;
            this.link = new WeakLink(room, profile, rttMillis, number, this::hear);
            Link attached = room.attach("v" + number, Role.VIEWER, false, link);
            link.attachedAs(json -> room.lane().receive(attached, json, room.nowNanos()));
            link.say(new ClientMessage.Hello(1, "page" + number, null, null, null, null, null), true);
        }

        void cutIn() {
            ClientMessage.Interrupt message = new ClientMessage.Interrupt("i" + items++, room.nowMillis(), null);
            pending.add(message.id());
            link.say(message, true);
            sendCopies(message, room.nowNanos() + COPIES_FOR_NANOS);
        }

        void ask(String text) {
            link.say(new ClientMessage.Question("q" + items++, text, room.nowMillis()), true);
        }

        private void sendCopies(ClientMessage.Interrupt message, long untilNanos) {
            if (states.get(message.id()) == null && room.nowNanos() < untilNanos) {
                link.say(message, false);
                room.later(COPY_NANOS, () -> sendCopies(message, untilNanos));
            }
        }

        private void hear(String json) {
            NodeMessage message = read(json);
            if (message instanceof NodeMessage.Ack ack) {
                states.put(ack.id(), ack.state());
                if (ack.state().isTerminal(ack.kind())) {
                    pending.remove(ack.id());
                }
            }
        }
    }

    /// A host's page: acknowledges each copy, paints the first, answers after a while.
    private static final class SimHost {
        private final LaneRoom room;
        private final WeakLink link;
        private final Set<Long> known = new HashSet<>();
        private final Histogram clickToSeen = new Histogram(60_000_000, 3);

        SimHost(LaneRoom room, LinkProfile profile, long rttMillis) {
            this.room = room;
            this.link = new WeakLink(room, profile, rttMillis, 4_711, this::hear);
            Link attached = room.attach("anna", Role.HOST, false, link);
            link.attachedAs(json -> room.lane().receive(attached, json, room.nowNanos()));
            link.say(new ClientMessage.Hello(1, "studio", null, null, null, null, null), true);
        }

        private void hear(String json) {
            if (!(read(json) instanceof NodeMessage.Interrupt interrupt)) {
                return;
            }
            link.say(new ClientMessage.Ack(interrupt.item()), false);
            if (!known.add(interrupt.item())) {
                return;
            }
            link.say(new ClientMessage.Ack(interrupt.item()), true);
            room.later(FRAME_NANOS, () -> {
                clickToSeen.recordValue((long) ((room.nowMillis() - interrupt.atMillis()) * 1_000));
                link.say(new ClientMessage.Seen(interrupt.item(), room.nowMillis(), false), true);
            });
            room.later(HOST_THINKS_NANOS, () -> link.say(new ClientMessage.Dismiss(interrupt.item(), null), true));
        }
    }

    private static NodeMessage read(String json) {
        try {
            return LaneJson.readNode(json);
        } catch (LaneException e) {
            throw new AssertionError(json, e);
        }
    }
}
