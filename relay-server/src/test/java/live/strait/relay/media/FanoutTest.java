package live.strait.relay.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import live.strait.relay.loop.LoopMailbox;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.loop.RecordingEgress;
import live.strait.relay.media.KeyframeGate.Need;
import live.strait.relay.observe.LoopCounters;
import live.strait.relay.observe.LoopCounters.Counter;
import live.strait.signaling.control.MediaLine;
import live.strait.signaling.control.MediaLine.Kind;
import live.strait.signaling.control.SessionOpened.OutgoingStream;
import org.junit.jupiter.api.Test;

/// What crosses between a publisher's loop and a viewer's, in whatever order their mailboxes are looked at.
class FanoutTest {
    private static final long NOW = 1_000_000_000;

    private final MediaLoop home = loop(0);
    private final MediaLoop away = loop(1);
    private final KeyframeGate gate = new KeyframeGate();
    private final PublishedTrack track =
            new PublishedTrack(Lines.simulcast(Lines.VP8), new Fanout(home, List.of(home, away)), gate, () -> {});

    @Test
    void layerThatComesOnWhileAViewerIsAnnouncedIsNotMissed() {
        Subscription viewer = subscription(away);
        viewer.bind(track, NOW);
        SourceStream layer = layer(7, "h", 1);
        home.drainMailbox(NOW);
        away.drainMailbox(NOW);
        home.drainMailbox(NOW);
        assertThat(gate.poll(NOW)).as("the viewer wants it").isSameAs(layer);
    }

    @Test
    void requestsOfOneMomentForOneLayerAreOneMessage() {
        SourceStream layer = layer(7, "h", 1);
        List<Subscription> viewers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Subscription viewer = subscription(away);
            viewer.bind(track, NOW);
            viewers.add(viewer);
        }
        home.drainMailbox(NOW);
        assertThat(gate.poll(NOW)).isSameAs(layer);
        gate.onKeyFrame(layer);
        viewers.forEach(viewer -> viewer.bind(null, NOW));
        home.drainMailbox(NOW);
        assertThat(gate.nextDeadline().atNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void requestsForTwoLayersDoNotSwallowEachOther() {
        SourceStream low = layer(6, "q", 0);
        SourceStream high = layer(7, "h", 1);
        track.fanout().at(away).requestKeyFrame(low, Need.PICTURE, NOW);
        track.fanout().at(away).requestKeyFrame(high, Need.PICTURE, NOW + 1);
        home.drainMailbox(NOW);
        assertThat(gate.poll(NOW)).isSameAs(low);
        assertThat(gate.poll(NOW + Need.PICTURE.intervalNanos)).isSameAs(high);
    }

    @Test
    void loopWithoutViewersGetsNoBursts() {
        Subscription viewer = subscription(away);
        viewer.bind(track, NOW);
        home.drainMailbox(NOW);
        viewer.bind(null, NOW);
        home.drainMailbox(NOW);
        away.drainMailbox(NOW);
        SourceStream layer = layer(7, "h", 1);
        layer.flushBurst(NOW);
        List<String> ran = new ArrayList<>();
        away.post(now -> ran.add("marker"));
        away.drainMailbox(NOW);
        assertThat(ran).containsExactly("marker");
        assertThat(away.counters().get(Counter.RTP_FORWARDED)).isZero();
    }

    /// A layer that is on: one packet has come.
    private SourceStream layer(int ssrc, String rid, int rank) {
        SourceStream stream = new SourceStream(track, ssrc, rid, rank, 90_000, home);
        track.add(stream);
        stream.onPacket(Streams.packet(96, 1, ssrc, new byte[] {0x10, 0x11, 1, 2}), Lines.VP8, false, NOW);
        return stream;
    }

    private static Subscription subscription(MediaLoop loop) {
        MediaLine line = Lines.viewing("1", Kind.VIDEO, Lines.renumbered(Lines.VP8, 120, 121));
        PacketSender sender = new PacketSender(line, new OutgoingStream("1", 1, 2, "c", "m"), loop);
        return new Subscription(line, 90_000, loop, sender, 100);
    }

    private static MediaLoop loop(int index) {
        return new MediaLoop(index, new LoopMailbox(() -> {}), new RecordingEgress(), new LoopCounters(), NOW);
    }
}
