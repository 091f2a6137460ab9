package live.strait.relay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import live.strait.protocol.rtcp.TransportFeedback;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.media.Lines;
import live.strait.relay.media.Publication;
import org.junit.jupiter.api.Test;

/// What a host is told of the network when our loop was busy: the network's gaps, not that all came at once.
class BusyLoopFeedbackTest {
    private static final long GAP_NANOS = 10_000_000;
    private static final int PACKETS = 6;

    private final SimNode node = new SimNode(1, new NoCrypto());
    private final MediaLoop loop = node.loops().getFirst();
    private final Publication publication =
            new Publication(List.of(Lines.simulcast(Lines.VP8)), loop, node.loops(), node.clock());
    private final SimHost host = new SimHost(1, 1, Lines.VP8);
    private final HostStream stream = new HostStream("f", 1, Lines.VP8, 1, new Random(1));

    @Test
    void feedbackHasTheGapsWithWhichPacketsArrived() {
        node.connect(host, loop, publication);
        host.stopMedia();
        node.run(Duration.ofMillis(100)); // the first receiver report is due later: it would name a stream of ours
        int before = host.feedbackPackets();
        stream.capture(node.nowNanos()); // a key frame of six packets
        loop.beginBatch(node.nowNanos());
        for (int i = 0; i < PACKETS; i++) {
            HostStream.Packet packet = Objects.requireNonNull(stream.waiting.poll());
            long waitedNanos = (PACKETS - 1 - i) * GAP_NANOS;
            publication.onRtp(stream.write(packet, 20_000 + i), node.nowNanos() - waitedNanos, node.nowNanos());
        }
        loop.arm(host.session()); // as the session does behind each datagram
        loop.endBatch();
        node.run(Duration.ofMillis(100));
        assertThat(host.feedbackPackets()).isEqualTo(before + 1);
        TransportFeedback feedback = Objects.requireNonNull(host.lastFeedback());
        assertThat(feedback.statusCount()).isEqualTo(PACKETS);
        assertThat(IntStream.range(1, PACKETS)
                        .mapToObj(i -> (feedback.arrivalTicks(i) - feedback.arrivalTicks(i - 1))
                                * TransportFeedback.TICK_NANOS))
                .containsOnly(GAP_NANOS);
    }
}
