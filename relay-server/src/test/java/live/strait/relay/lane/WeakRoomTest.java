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
    private static final int VIEWERS = 200;
    private static final int SECONDS = 20;
    private static final int QUESTIONS_PER_SECOND = 50;
    private static final long FRAME_NANOS = 8_000_000;
    private static final long HOST_THINKS_NANOS = 300_000_000;

    @ParameterizedTest
    @CsvSource({
        "perfect, perfect, 100, 50",
        "sea-4g, sea-4g, 100, 400",
        "sea-3g-weak, perfect, 100, 600",
        "perfect, sea-3g-weak, 50, 600",
        "lossy-20, lossy-20, 100, 600",
        "perfect, cap-300k, 100, 600",
        "sea-3g-weak, cap-300k, 100, 600",
    })
    void everyInterruptIsSeenInTime(String viewers, String hosts, int interruptsPerSecond, int millis) {
        LaneRoom room = new LaneRoom(3, LaneOptions.DEFAULTS);
        SimHost host = new SimHost(room, LinkProfile.named(hosts));
        List<SimAsker> crowd = new ArrayList<>();
        for (int i = 0; i < VIEWERS; i++) {
            crowd.add(new SimAsker(room, i, LinkProfile.named(viewers)));
        }
        room.run(2_000);
        host.link.say(new ClientMessage.Rules(null, 0, null, null, null), true);
        room.run(1_000);
        int sent = SECONDS * interruptsPerSecond;
        for (int i = 0; i < sent; i++) {
            crowd.get(i % VIEWERS).cutIn();
            for (int j = i * QUESTIONS_PER_SECOND; j / interruptsPerSecond == i; j += interruptsPerSecond) {
                crowd.get((i + 7) % VIEWERS).ask("What does number " + i + " cost with shipping?");
            }
            room.run(1_000 / interruptsPerSecond);
        }
        room.run(1_000);
        host.link.heal(); // bursts of loss are counted in packets: where few are sent they do not end
        crowd.forEach(asker -> asker.link.heal());
        room.run(5_000);
        String figures = "p50 %.0f p99 %.0f max %.0f ms, %d copies"
                .formatted(
                        host.clickToSeen.getValueAtPercentile(50) / 1e3,
                        host.clickToSeen.getValueAtPercentile(99) / 1e3,
                        host.clickToSeen.getMaxValue() / 1e3,
                        room.counters().copies());
        long refused = crowd.stream()
                .flatMap(asker -> asker.states.values().stream())
                .filter(state -> state == ItemState.REFUSED)
                .count();
        assertThat(host.clickToSeen.getTotalCount() + refused)
                .as("%d refused, as the one before had come late", refused)
                .isEqualTo(sent);
        assertThat(refused).isLessThan(sent / 500);
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

        SimAsker(LaneRoom room, int number, LinkProfile profile) {
            this.room = room;
            this.link = new WeakLink(room, profile, number, this::hear);
            Link attached = room.attach("v" + number, Role.VIEWER, false, link);
            link.attachedAs(attached);
            link.say(new ClientMessage.Hello(1, "page" + number, null, null, null, "Vera", "en"), true);
        }

        void cutIn() {
            ClientMessage.Interrupt message =
                    new ClientMessage.Interrupt("i" + items++, room.nowMillis(), "May I say a word?");
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

    /// A host's page: paints the first copy, answers after a while.
    private static final class SimHost {
        private final LaneRoom room;
        private final WeakLink link;
        private final Set<Long> known = new HashSet<>();
        private double askedMillis = Double.NaN;
        private boolean isUnconfirmed;
        private final Histogram clickToSeen = new Histogram(60_000_000, 3);

        SimHost(LaneRoom room, LinkProfile profile) {
            this.room = room;
            this.link = new WeakLink(room, profile, 4_711, this::hear);
            Link attached = room.attach("anna", Role.HOST, false, link);
            link.attachedAs(attached);
            link.say(new ClientMessage.Hello(1, "studio", null, null, null, null, null), true);
        }

        private void hear(String json) {
            switch (read(json)) {
                case NodeMessage.Clock clock -> confirm(clock);
                case NodeMessage.Interrupt interrupt -> hear(interrupt);
                default -> {}
            }
        }

        private void hear(NodeMessage.Interrupt interrupt) {
            if (!known.add(interrupt.item())) {
                return;
            }
            room.later(FRAME_NANOS, () -> {
                clickToSeen.recordValue((long) ((room.nowMillis() - interrupt.atMillis()) * 1_000));
                tell(new ClientMessage.Seen(interrupt.item(), room.nowMillis(), false));
            });
            room.later(HOST_THINKS_NANOS, () -> tell(new ClientMessage.Dismiss(interrupt.item(), null)));
        }

        /// With a question for the time behind it, one at a time, whose answer says that it has arrived.
        private void tell(ClientMessage message) {
            link.say(message, true);
            isUnconfirmed = true;
            ask();
        }

        private void confirm(NodeMessage.Clock clock) {
            if (clock.t0Millis() == askedMillis) {
                askedMillis = Double.NaN;
                ask();
            }
        }

        private void ask() {
            if (isUnconfirmed && Double.isNaN(askedMillis)) {
                isUnconfirmed = false;
                askedMillis = room.nowMillis();
                link.say(new ClientMessage.Clock(askedMillis), true);
            }
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
