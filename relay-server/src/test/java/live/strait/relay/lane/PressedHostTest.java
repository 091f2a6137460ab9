package live.strait.relay.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import live.strait.protocol.datachannel.DataChannelOptions;
import live.strait.protocol.datachannel.DataChannels;
import live.strait.relay.journal.EntryLog;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.media.Lines;
import live.strait.relay.media.Publication;
import live.strait.relay.media.ViewerMedia;
import live.strait.relay.peer.LaneChannels;
import live.strait.relay.sim.SimChannels;
import live.strait.relay.sim.SimHost;
import live.strait.relay.sim.SimNode;
import live.strait.relay.sim.SimViewer;
import live.strait.signaling.control.LaneLink;
import live.strait.signaling.control.LanePeer;
import live.strait.signaling.control.LayerWish;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.LaneException;
import live.strait.signaling.message.LaneJson;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.Role;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A host whose link of 300 kbit/s carries a guest's media beside the lane, in a room that asks far more than there
/// is room for.
///
/// The host is a session of the simulated node: media, SCTP and DTLS share the queue of one emulated link. The
/// crowd has no links of its own.
class PressedHostTest {
    private static final int PEOPLE = 800;
    private static final int QUESTIONS_PER_SECOND = 200;
    private static final int INTERRUPTS_PER_SECOND = 5;

    private final SimNode node = new SimNode(1);
    private final MediaLoop loop = node.loops().getFirst();
    private final LaneRoom room = new LaneRoom(1, LaneOptions.DEFAULTS, EntryLog.NOTHING, node.nowNanos());

    private final List<LanePage> crowd = new ArrayList<>();
    private int asked;
    private int cutsIn;

    /// The age is looked at when copies of interrupts have found their budget, which on a link without room takes
    /// seconds.
    ///
    /// @param layer of the guest's video, none for sound alone
    /// @param mediaBps what the guest takes with all headers
    @ParameterizedTest
    @CsvSource({", 90_000", "q, 140_000"})
    void interruptsKeepTheirFigureAndQuestionsAreThinned(@Nullable String layer, int mediaBps) {
        Studio host = new Studio(layer);
        for (int i = 0; i < PEOPLE; i++) {
            crowd.add(room.viewer("v" + i));
        }
        run(host, 2_000);
        host.viewer.useLink("both delay 30ms queue 300ms l2r rate 5mbit r2l rate 300kbit", 7);
        run(host, 2_000);
        assertThat(host.viewer.statistics().bytesIn() * 8 / 2.0).isBetween(0.9 * mediaBps, 1.1 * mediaBps);

        show(host, 8);
        host.worstAgeMillis = 0;
        show(host, 16);
        run(host, 1_000);

        assertThat(host.clickToSeen.getTotalCount()).as(host.figures()).isEqualTo(cutsIn);
        assertThat(host.clickToSeen.getValueAtPercentile(99) / 1e3)
                .as(host.figures())
                .isLessThan(600);
        assertThat(host.digests).as(host.figures()).isBetween(12, 25);
        assertThat(host.digested + host.shown).as(host.figures()).isGreaterThanOrEqualTo(asked);
        assertThat(host.worstAgeMillis).as(host.figures()).isLessThan(2_500);
    }

    private void show(Studio host, int seconds) {
        for (int millis = 0; millis < seconds * 1_000; millis++) {
            if (millis % (1_000 / QUESTIONS_PER_SECOND) == 0) {
                crowd.get(asked % PEOPLE).ask("is number %d also there in the small size?".formatted(asked));
                asked++;
            }
            if (millis % (1_000 / INTERRUPTS_PER_SECOND) == 0) {
                crowd.get(cutsIn++ * 7 % PEOPLE).cutIn();
            }
            run(host, 1);
        }
    }

    private void run(Studio host, int millis) {
        for (int i = 0; i < millis; i++) {
            node.run(Duration.ofMillis(1));
            room.run(1);
            host.listen();
        }
    }

    /// The host's page.
    private final class Studio {
        private static final long FRAME_NANOS = 8_000_000;
        private static final long THINKS_NANOS = 300_000_000;

        private final SimViewer viewer = new SimViewer(1, true);
        private final SimChannels page = viewer.openLane();
        private final Histogram clickToSeen = new Histogram(60_000_000, 3);
        private final Set<Long> interrupts = new HashSet<>();
        private int digests;
        private int digested;
        private int shown;
        private double newestMillis;
        /// How long the newest question on the board has been the newest, at most.
        private double worstAgeMillis;

        Studio(@Nullable String layer) {
            SimHost guest = new SimHost(2, 1, Lines.VP8);
            Publication publication = new Publication(
                    List.of(Lines.browserAudio(), Lines.simulcast(Lines.VP8)), loop, node.loops(), node.clock());
            node.connect(guest, loop, publication);
            ViewerMedia media = viewer.media(loop);
            DataChannels channels = new DataChannels(DataChannelOptions.DEFAULT, new Random(3), node.nowNanos());
            node.connect(viewer, loop, media, new LaneChannels(channels, this::enter));
            loop.post(now -> media.bind(0, publication, now));
            loop.post(now -> media.select(new LayerWish(layer, layer == null), now));
            while (!page.isOpen()) {
                node.run(Duration.ofMillis(1));
            }
            say(new ClientMessage.Hello(1, "studio", null, null, null, null, null));
            say(new ClientMessage.Rules(null, 0, null, null, null));
        }

        private LanePeer enter(LaneLink wire) {
            Link link = room.attach("anna", Role.HOST, false, wire);
            return room.peerOf(link, node::nowNanos, () -> {
                throw new AssertionError("the host's lane was closed");
            });
        }

        private void say(ClientMessage message) {
            page.say(LaneJson.write(message).getBytes(StandardCharsets.UTF_8));
        }

        void listen() {
            while (!page.heard().isEmpty()) {
                String json = page.heard().remove();
                try {
                    hear(LaneJson.readNode(json));
                } catch (LaneException e) {
                    throw new AssertionError(json, e);
                }
            }
            worstAgeMillis = Math.max(worstAgeMillis, room.nowMillis() - newestMillis);
        }

        private void hear(NodeMessage message) {
            switch (message) {
                case NodeMessage.Interrupt interrupt -> onInterrupt(interrupt);
                case NodeMessage.Digest digest -> {
                    digests++;
                    digested += digest.questions();
                }
                case NodeMessage.Question question -> {
                    shown++;
                    newestMillis = Math.max(newestMillis, question.atMillis());
                }
                default -> {} // of no interest here
            }
        }

        private void onInterrupt(NodeMessage.Interrupt interrupt) {
            if (interrupts.add(interrupt.item())) {
                room.later(FRAME_NANOS, () -> {
                    clickToSeen.recordValue((long) ((room.nowMillis() - interrupt.atMillis()) * 1_000));
                    say(new ClientMessage.Seen(interrupt.item(), room.nowMillis(), false));
                });
                room.later(THINKS_NANOS, () -> say(new ClientMessage.Dismiss(interrupt.item(), null)));
            }
        }

        private String figures() {
            return "interrupts p50 %.0f p99 %.0f ms, %d copies; %d questions shown, %d in %d digests, the newest %.0f ms old"
                    .formatted(
                            clickToSeen.getValueAtPercentile(50) / 1e3,
                            clickToSeen.getValueAtPercentile(99) / 1e3,
                            room.counters().copies(),
                            shown,
                            digested,
                            digests,
                            worstAgeMillis);
        }
    }
}
