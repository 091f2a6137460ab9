package live.strait.relay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.media.Publication;
import live.strait.relay.observe.LoopCounters.Counter;
import org.junit.jupiter.api.Test;

/// What a packet costs the collector on its way from the publisher's decrypted bytes to every viewer's sealed ones,
/// crypto left out: nothing per viewer, and little per burst and loop.
class ForwardingAllocationTest {
    private static final int VIEWERS = 30;
    private static final int FRAMES = 1_500;
    private static final int PACKETS_PER_FRAME = 4;

    private final PlainShow show = new PlainShow(PACKETS_PER_FRAME);
    private final SimNode node = show.node;
    private final MediaLoop home = show.home;
    private final Publication publication = show.publication;
    private final HostStream stream = show.stream;
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private long nowNanos;
    private int twccSequence;

    @Test
    void forwardedPacketAllocatesNextToNothing() {
        show.open(VIEWERS);
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
                home.beginBatch(nowNanos);
            }
            publication.onRtp(packets.get(i), nowNanos, nowNanos);
            if (i % 2 == 1 || i == packets.size() - 1) {
                home.endBatch();
                node.loops().get(1).drainMailbox(nowNanos);
            }
        }
    }
}
