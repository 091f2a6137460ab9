package live.strait.relay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import live.strait.protocol.rtcp.GenericNack;
import live.strait.protocol.rtcp.SenderReport;
import live.strait.protocol.rtcp.SequenceNumbers;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.loop.RecordingEgress;
import live.strait.relay.media.Lines;
import live.strait.relay.media.Publication;
import live.strait.relay.media.ViewerMedia;
import live.strait.relay.observe.LoopCounters.Counter;
import live.strait.relay.observe.LoopThreads;
import live.strait.signaling.control.LayerWish;
import org.junit.jupiter.api.Test;

/// What a packet costs the collector on its way to the viewers, from the packet cache to the sealed datagram,
/// crypto left out: nothing, also for packets that are sent again and for viewers who change layers. The one
/// object there is is the task that takes a burst to another loop, however many viewers that has.
class ForwardingAllocationTest {
    private static final int VIEWERS = 30;
    private static final int PACKETS_PER_FRAME = 4;
    private static final int FRAMES = 1_500;
    private static final int FRAMES_BETWEEN_SWITCHES = 50;
    private static final int FRAMES_BETWEEN_REPORTS = 30;
    private static final long FRAME_NANOS = 33_000_000;
    private static final long BETWEEN_PACKETS_NANOS = 50_000;
    /// With pointers of 8 bytes.
    private static final long TASK_BYTES = 64;

    private final PlainShow show = new PlainShow(PACKETS_PER_FRAME);
    private final SimNode node = show.node;
    private final MediaLoop home = show.home;
    private final MediaLoop away = node.loops().get(1);
    private final Publication publication = show.publication;
    private final HostStream high = show.stream;
    private final HostStream low = new HostStream("q", 0, Lines.VP8, PACKETS_PER_FRAME, new Random(2));
    private long nowNanos;
    private int twccSequence;
    private int framesSent;
    private long bursts;
    private long resendAllocatedBytes;

    @Test
    void nothingIsAllocatedPerForwardedOrResentPacketOrSwitch() {
        show.open(VIEWERS);
        nowNanos = node.nowNanos();
        node.discardOutput();
        send(FRAMES);
        resendAllocatedBytes = 0;
        bursts = 0;
        long forwardedBefore = node.total(Counter.RTP_FORWARDED);
        long resentBefore = node.total(Counter.RTP_RESENT);
        long switchesBefore = node.total(Counter.LAYER_SWITCHES);
        long homeBefore = home.counters().get(Counter.FANOUT_ALLOCATED_BYTES);
        long awayBefore = away.counters().get(Counter.FANOUT_ALLOCATED_BYTES);
        send(FRAMES);
        assertThat(node.total(Counter.RTP_FORWARDED) - forwardedBefore)
                .isGreaterThanOrEqualTo((long) FRAMES * PACKETS_PER_FRAME * VIEWERS);
        assertThat(node.total(Counter.RTP_RESENT) - resentBefore).isEqualTo(2 * FRAMES);
        assertThat(node.total(Counter.LAYER_SWITCHES) - switchesBefore)
                .isEqualTo(FRAMES / FRAMES_BETWEEN_SWITCHES * VIEWERS);
        long atHome = home.counters().get(Counter.FANOUT_ALLOCATED_BYTES) - homeBefore;
        long atAway = away.counters().get(Counter.FANOUT_ALLOCATED_BYTES) - awayBefore;
        System.out.printf(
                "allocated: %.1f bytes a burst to post it, %d at the other loop%n", (double) atHome / bursts, atAway);
        assertThat(atAway).as("bytes for the viewers of the other loop").isZero();
        assertThat(resendAllocatedBytes).as("bytes for resends").isZero();
        assertThat(atHome).as("bytes at the host's loop").isLessThanOrEqualTo(bursts * TASK_BYTES);
    }

    private void send(int frames) {
        for (int i = 0; i < frames; i++) {
            nowNanos += FRAME_NANOS;
            if (framesSent % FRAMES_BETWEEN_REPORTS == 0) {
                report(high);
                report(low);
            }
            if (framesSent % FRAMES_BETWEEN_SWITCHES == 0) {
                boolean down = framesSent / FRAMES_BETWEEN_SWITCHES % 2 == 0;
                switchAllTo(down ? low.rid : high.rid);
                high.keyFrameWanted = true;
                low.keyFrameWanted = true;
            }
            framesSent++;
            sendFrame(high);
            sendFrame(low);
            resendLast(home);
            resendLast(away);
        }
    }

    private void sendFrame(HostStream stream) {
        stream.capture(nowNanos);
        for (HostStream.Packet packet = stream.waiting.poll(); packet != null; packet = stream.waiting.poll()) {
            nowNanos += BETWEEN_PACKETS_NANOS;
            home.beginBatch(nowNanos);
            publication.onRtp(stream.write(packet, twccSequence++), nowNanos, nowNanos);
            home.endBatch();
            away.drainMailbox(nowNanos);
        }
        bursts++;
    }

    private void report(HostStream of) {
        SenderReport report = new SenderReport(
                of.ssrc, node.clock().ntpTime(nowNanos), of.timestampAt(nowNanos) & 0xffffffffL, 0, 0, List.of());
        publication.onRtcp(report, nowNanos);
    }

    private void switchAllTo(String rid) {
        show.byAddress.values().forEach(viewer -> viewer.select(new LayerWish(rid, false), nowNanos));
    }

    /// The viewer whom a loop has served last asks for the last packet again.
    private void resendLast(MediaLoop loop) {
        RecordingEgress egress = (RecordingEgress) loop.egress();
        ViewerMedia viewer = Objects.requireNonNull(show.byAddress.get(egress.lastTo()));
        ByteBuffer last = egress.lastBytes();
        GenericNack nack = new GenericNack(1, last.getInt(8), SequenceNumbers.of(last.getShort(2)));
        long before = LoopThreads.allocatedHere();
        viewer.onRtcp(nack, nowNanos);
        resendAllocatedBytes += LoopThreads.allocatedHere() - before;
    }
}
