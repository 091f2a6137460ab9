package live.strait.relay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import live.strait.relay.TestCrypto;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.media.Lines;
import live.strait.relay.media.Publication;
import live.strait.relay.media.ViewerMedia;
import org.junit.jupiter.api.Test;

/// What a viewer who is connected costs in memory, on and off the heap: 10 000 of them are to fit in 2 GiB.
///
/// Measured by what the node keeps when the simulated peers' own half is gone: 49 to 63 KiB, of which 18 KiB are
/// tables of Bouncy Castle's ciphers of the DTLS connection. The book of what was sent comes with the first
/// packet: 15 KiB more.
class SessionMemoryTest {
    private static final int FEW = 50;
    private static final int MANY = 350;
    private static final double MOST_BYTES_EACH = 72 * 1024;

    private final SimNode node = new SimNode(2, TestCrypto.engine());
    private final Publication publication = new Publication(
            List.of(Lines.browserAudio(), Lines.simulcast(Lines.VP8)),
            node.loops().getFirst(),
            node.loops(),
            node.clock());
    private final List<ViewerMedia> viewers = new ArrayList<>();

    @Test
    void idleViewerTakesNoMoreMemoryThanKnown() {
        connectUpTo(FEW);
        long before = usedBytes();
        connectUpTo(MANY);
        long after = usedBytes();
        double each = (double) (after - before) / (MANY - FEW);
        System.out.printf("memory: %.0f bytes for a viewer%n", each);
        // Less than a page would say that nothing was measured.
        assertThat(each).isBetween(4096.0, MOST_BYTES_EACH);
    }

    private void connectUpTo(int count) {
        while (viewers.size() < count) {
            MediaLoop loop = node.loops().get(viewers.size() % 2);
            SimViewer viewer = new SimViewer(10 + viewers.size(), true);
            ViewerMedia media = viewer.media(loop);
            viewers.add(media);
            node.connect(viewer, loop, media);
            loop.post(now -> media.bind(0, publication, now));
            node.settle();
        }
        node.awaitHandshakes(0);
        node.forgetPeers();
    }

    private static long usedBytes() {
        System.gc();
        System.gc();
        long direct = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() + direct;
    }
}
