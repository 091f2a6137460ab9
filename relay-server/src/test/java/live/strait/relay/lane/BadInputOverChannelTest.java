package live.strait.relay.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import live.strait.protocol.datachannel.DataChannelOptions;
import live.strait.protocol.datachannel.DataChannels;
import live.strait.protocol.demux.DropReason;
import live.strait.relay.journal.EntryLog;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.media.ViewerMedia;
import live.strait.relay.peer.LaneChannels;
import live.strait.relay.sim.SimChannels;
import live.strait.relay.sim.SimLane;
import live.strait.relay.sim.SimNode;
import live.strait.signaling.control.LaneLink;
import live.strait.signaling.control.LanePeer;
import live.strait.signaling.message.LaneError;
import live.strait.signaling.message.LaneJson;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.Role;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Over the data channels of sessions, from the records of their DTLS on, in virtual time. A bad token gets no
/// session: `AccessHttpTest`.
final class BadInputOverChannelTest extends BadInputContract {
    private static final Duration STEP = Duration.ofMillis(1);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SimNode node = new SimNode(1);
    private final MediaLoop loop = node.loops().getFirst();
    private final LaneRoom room = new LaneRoom(1, LaneOptions.DEFAULTS, EntryLog.NOTHING, node.nowNanos());
    private int people;

    @Override
    Talker comes(String subject, Role role) {
        return new Page(subject, role);
    }

    @Test
    void noiseInPlaceOfSctpIsDroppedAndTheLinkStays() throws Exception {
        Page viewer = (Page) arrived("vera", Role.VIEWER);
        SplittableRandom random = new SplittableRandom(7);
        long before = droppedSctp();
        for (int i = 0; i < 300; i++) {
            byte[] noise = new byte[1 + random.nextInt(1_000)];
            random.nextBytes(noise);
            viewer.peer.sendRecord(noise);
            node.run(STEP);
        }
        assertThat(droppedSctp() - before).isEqualTo(300);
        assertStillTaken(viewer);
    }

    @Test
    void textThatIsNoUtf8IsTold() throws Exception {
        Page viewer = (Page) arrived("vera", Role.VIEWER);
        viewer.page.say(new byte[] {'{', '"', (byte) 0xff, (byte) 0xc0, 0, '"', '}'});
        assertThat(error(viewer).code()).isEqualTo(LaneError.MALFORMED);
        assertStillTaken(viewer);
    }

    /// Beyond any rate at which pages speak it does not get to the loop that all rooms share.
    @Test
    void floodOfAHostsPageEndsAtItsOwnSession() throws Exception {
        Page host = (Page) arrived("anna", Role.HOST);
        Talker viewer = arrived("vera", Role.VIEWER);
        for (int i = 0; i < 200; i++) {
            for (int j = 0; j < 50; j++) {
                host.page.say(new byte[] {'x'});
            }
            node.run(STEP);
        }
        assertThat(node.total(DropReason.LANE_FLOOD)).isGreaterThan(1_000);
        assertStillTaken(viewer);
    }

    /// `lane-fast` may overtake: what comes by it before hello is no hello that was forgotten.
    @Test
    void fastCopyBeforeHelloIsPassedOver() throws Exception {
        Page viewer = new Page("vera", Role.VIEWER);
        viewer.page.sayFast(question("early", "Too early?").getBytes(StandardCharsets.UTF_8));
        node.run(Duration.ofMillis(50));
        viewer.say(hello(null));
        hear(viewer, NodeMessage.Ready.class);
        assertStillTaken(viewer);
    }

    /// A lost packet of the old ones' end would otherwise have the new ones refused.
    @Test
    void channelsThatAreOpenedAgainBeforeTheFormerAreGoneTakeTheirPlace() throws Exception {
        Page viewer = (Page) arrived("vera", Role.VIEWER);
        Objects.requireNonNull(viewer.wire).close(LaneError.SLOW_READER, LaneError.SLOW_READER.sentence());
        loop.drainMailbox(node.nowNanos());
        viewer.page.openAgain();
        runUntil(viewer.page::isOpen);
        viewer.say(hello(null));
        hear(viewer, NodeMessage.Ready.class);
        assertStillTaken(viewer);
        viewer.page.sayFast(question("fast", "By the new one?").getBytes(StandardCharsets.UTF_8));
        assertThat(hear(viewer, NodeMessage.Ack.class).id()).isEqualTo("fast");
        assertThat(viewer.isOver()).isFalse();
    }

    private void runUntil(BooleanSupplier condition) {
        for (Duration spent = Duration.ZERO; !condition.getAsBoolean(); spent = spent.plus(STEP)) {
            assertThat(spent).as("what is waited for").isLessThan(PATIENCE);
            node.run(STEP);
        }
    }

    private long droppedSctp() {
        long dropped = 0;
        for (DropReason reason : DropReason.values()) {
            dropped += reason.name().startsWith("SCTP_") ? node.total(reason) : 0;
        }
        return dropped;
    }

    /// Somebody with a session of the simulated node.
    private final class Page implements Talker {
        private final SimLane peer;
        private final SimChannels page;
        private String lastError = "";
        private @Nullable LaneLink wire;

        Page(String subject, Role role) {
            people++;
            peer = new SimLane(people);
            page = peer.channels();
            DataChannels channels =
                    new DataChannels(DataChannelOptions.DEFAULT, new Random(100 + people), node.nowNanos());
            node.connect(
                    peer,
                    loop,
                    new ViewerMedia(List.of(), List.of(), loop),
                    new LaneChannels(channels, wire -> enter(subject, role, wire)));
            runUntil(page::isOpen);
        }

        @Override
        public void say(String json) {
            page.say(json.getBytes(StandardCharsets.UTF_8));
            node.run(STEP);
        }

        @Override
        public NodeMessage next() throws Exception {
            runUntil(() -> !page.heard().isEmpty());
            NodeMessage message = LaneJson.readNode(page.heard().remove());
            if (message instanceof NodeMessage.Error error) {
                lastError = error.code().code();
            }
            return message;
        }

        @Override
        public boolean isOver() {
            return page.isOver();
        }

        @Override
        public String end() throws Exception {
            runUntil(page::isOver);
            while (!page.heard().isEmpty()) {
                next();
            }
            return lastError;
        }

        private LanePeer enter(String subject, Role role, LaneLink opened) {
            wire = opened;
            Link link = room.attach(subject, role, false, opened);
            return room.peerOf(link, node::nowNanos, () -> room.lane().closed(link, node.nowNanos()));
        }
    }
}
