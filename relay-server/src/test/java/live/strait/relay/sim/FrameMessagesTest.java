package live.strait.relay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.loop.MediaLoop;
import live.strait.relay.loop.RecordingEgress.Datagram;
import live.strait.relay.media.Publication;
import org.junit.jupiter.api.Test;

/// How many messages the kernel gets for a frame: one for each viewer, on both loops, although the frame's
/// packets come one by one and no two are of one size, as those of a browser.
class FrameMessagesTest {
    private static final int VIEWERS = 20;
    private static final int FRAMES = 50;
    private static final int PACKETS_PER_FRAME = 6;
    private static final long BETWEEN_PACKETS_NANOS = 50_000;
    private static final long FRAME_NANOS = 33_000_000;

    private final PlainShow show = new PlainShow(PACKETS_PER_FRAME);
    private final SimNode node = show.node;
    private final MediaLoop home = show.home;
    private final MediaLoop away = node.loops().get(1);
    private final Publication publication = show.publication;
    private final HostStream stream = show.stream;
    private long nowNanos;
    private int twccSequence;

    @Test
    void frameIsOneMessageToEachViewer() {
        show.open(VIEWERS);
        nowNanos = node.nowNanos();
        stream.leastBytes = 1000;
        sendFrame(); // a key frame, with which all begin
        node.takeOutput();
        int packets = 0;
        int messages = 0;
        long bytes = 0;
        for (int i = 0; i < FRAMES; i++) {
            sendFrame();
            List<Datagram> output = node.takeOutput();
            packets += output.size();
            messages += messages(output);
            bytes += output.stream().mapToLong(each -> each.bytes().capacity()).sum();
        }
        assertThat(packets).isEqualTo(FRAMES * PACKETS_PER_FRAME * VIEWERS);
        // The sizes wrap in one frame of seven, and there a run ends.
        assertThat(messages).isBetween(FRAMES * VIEWERS, FRAMES * VIEWERS * 8 / 7);
        System.out.printf("messages: %.2f packets each, of %d bytes%n", (double) packets / messages, bytes / packets);
    }

    /// As a host sends it: packet after packet, each a batch of the loop that reads it.
    private void sendFrame() {
        nowNanos += FRAME_NANOS;
        stream.capture(nowNanos);
        for (HostStream.Packet packet = stream.waiting.poll(); packet != null; packet = stream.waiting.poll()) {
            nowNanos += BETWEEN_PACKETS_NANOS;
            home.beginBatch(nowNanos);
            ByteBuffer bytes = stream.write(packet, twccSequence++);
            publication.onRtp(bytes, nowNanos, nowNanos);
            home.endBatch();
            away.drainMailbox(nowNanos);
        }
    }

    /// By the rule of UDP_SEGMENT: packets in a row to one peer, all of one size but the last, which may be
    /// shorter.
    @SuppressWarnings("ReferenceEquality") // as the egress itself tells runs
    private static int messages(List<Datagram> output) {
        int messages = 0;
        PeerAddress to = null;
        int runBytes = 0;
        boolean mayGrow = false;
        for (Datagram datagram : output) {
            int bytes = datagram.bytes().capacity();
            if (datagram.to() == to && mayGrow && bytes <= runBytes) {
                mayGrow = bytes == runBytes;
            } else {
                messages++;
                to = datagram.to();
                runBytes = bytes;
                mayGrow = true;
            }
        }
        return messages;
    }
}
