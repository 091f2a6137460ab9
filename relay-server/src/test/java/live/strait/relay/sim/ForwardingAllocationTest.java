package live.strait.relay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.media.Lines;
import live.strait.relay.media.Publication;
import live.strait.relay.media.ViewerMedia;
import live.strait.relay.observe.LoopCounters.Counter;
import org.junit.jupiter.api.Test;

/// What a packet costs the collector on its way from the publisher's decrypted bytes to every viewer's sealed ones,
/// crypto left out: nothing per viewer, and little per burst and loop.
class ForwardingAllocationTest {
    private static final int VIEWERS = 30;
    private static final int FRAMES = 1_500;
    private static final int PACKETS_PER_FRAME = 4;

    private final SimNode node = new SimNode(2, new NoCrypto());
    private final MediaLoop hostLoop = node.loops().getFirst();
    private final Publication publication = new Publication(
            List.of(Lines.browserAudio(), Lines.simulcast(Lines.VP8)), hostLoop, node.loops(), node.clock());
    private final HostStream stream = new HostStream("f", 1, Lines.VP8, PACKETS_PER_FRAME, new Random(1));
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long nowNanos;
    private int twccSequence;

    @Test
    void forwardedPacketAllocatesNextToNothing() {
        SimHost host = new SimHost(1, 1, Lines.VP8);
        node.connect(host, hostLoop, publication);
        host.stopMedia();
        for (int i = 0; i < VIEWERS; i++) {
            MediaLoop loop = node.loops().get(i % 2);
            SimViewer viewer = new SimViewer(10 + i, true);
            ViewerMedia media = viewer.media(loop);
            node.connect(viewer, loop, media);
            loop.post(now -> media.bind(0, publication, now));
            node.settle();
        }
        nowNanos = node.nowNanos();
        node.discardOutput();
        forward(packets(FRAMES));
        List<ByteBuffer> measured = packets(FRAMES);
        long forwardedBefore = node.total(Counter.RTP_FORWARDED);
        long allocatedBefore = threads.getCurrentThreadAllocatedBytes();
        forward(measured);
        long allocated = threads.getCurrentThreadAllocatedBytes() - allocatedBefore;
        long forwarded = node.total(Counter.RTP_FORWARDED) - forwardedBefore;
        assertThat(forwarded).isEqualTo((long) measured.size() * VIEWERS);
        double perForwarded = (double) allocated / forwarded;
        double perReceived = (double) allocated / measured.size();
        System.out.printf("allocated: %.2f bytes a forwarded packet, %.1f a received one%n", perForwarded, perReceived);
        assertThat(perForwarded).as("bytes a forwarded packet").isLessThan(4);
    }

    private List<ByteBuffer> packets(int frames) {
        List<ByteBuffer> packets = new ArrayList<>();
        for (int i = 0; i < frames; i++) {
            stream.capture(nowNanos + i);
            for (HostStream.Packet packet = stream.waiting.poll(); packet != null; packet = stream.waiting.poll()) {
                packets.add(stream.write(packet, twccSequence++));
            }
        }
        return packets;
    }

    /// A batch of two packets at a time, as they come from a host.
    private void forward(List<ByteBuffer> packets) {
        for (int i = 0; i < packets.size(); i++) {
            if (i % 2 == 0) {
                nowNanos += 8_000_000;
                hostLoop.beginBatch(nowNanos);
            }
            publication.onRtp(packets.get(i), nowNanos);
            if (i % 2 == 1 || i == packets.size() - 1) {
                hostLoop.endBatch();
                node.loops().get(1).drainMailbox(nowNanos);
            }
        }
    }
}
