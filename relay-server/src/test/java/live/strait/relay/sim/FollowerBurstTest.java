package live.strait.relay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.observe.LoopCounters.Counter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Bursts that are other than what viewers who follow a layer were used to: each packet still goes out once, with a
/// number of its own and its own payload.
class FollowerBurstTest {
    private static final int VIEWERS = 4;
    private static final long FRAME_NANOS = 33_000_000;
    /// RTP with one extension of two bytes, and AEAD's tag behind.
    private static final int HEADER_BYTES = 20;

    private static final int TAG_BYTES = 16;

    private final PlainShow show = new PlainShow(2);
    private final HostStream stream = show.stream;
    private final Map<PeerAddress, Set<Integer>> numbers = new HashMap<>();
    private final Map<PeerAddress, List<ByteBuffer>> payloads = new HashMap<>();
    private long nowNanos;

    @BeforeEach
    void everybodyFollows() {
        show.open(VIEWERS);
        nowNanos = show.node.nowNanos();
        show.node.takeOutput();
        for (int i = 0; i < 60; i++) {
            send(frame());
        }
        assertThat(show.node.total(Counter.RTP_FOLLOWED)).isGreaterThan(20L * 2 * VIEWERS);
        payloads.clear();
    }

    @Test
    void frameOfMorePacketsThanEverBeforeGoesOutWhole() {
        stream.packetsPerFrame = 300;
        List<HostStream.Packet> large = frame();
        send(large);
        assertThat(payloads).hasSize(VIEWERS);
        payloads.forEach((viewer, received) -> assertThat(received)
                .containsExactlyElementsOf(
                        large.stream().map(HostStream.Packet::payload).toList()));
    }

    @Test
    void publisherThatSkipsNumbersOutOfOrderUsesNoneTwice() {
        stream.nextSequence += 2000;
        stream.packetsPerFrame = 3;
        List<HostStream.Packet> skipped = frame();
        Collections.swap(skipped, 1, 2);
        send(skipped);
        stream.packetsPerFrame = 2;
        for (int i = 0; i < 1000; i++) {
            if (i == 100) {
                stream.nextSequence++; // a hole, at which everybody is looked at
            }
            send(frame());
        }
        assertThat(payloads).hasSize(VIEWERS);
        payloads.forEach((viewer, received) -> assertThat(received).hasSize(2003));
    }

    @Test
    void encoderThatStartsAnewOnItsLineIsFollowedOn() {
        stream.pictureId -= 5000;
        stream.keyFrameWanted = true;
        stream.packetsPerFrame = 2;
        Set<Integer> ids = new HashSet<>();
        send(frame());
        for (int i = 0; i < 100; i++) {
            payloads.clear();
            send(frame());
            payloads.values().forEach(received -> ids.add(pictureId(received.getFirst())));
        }
        int least = Collections.min(ids);
        assertThat(Collections.max(ids) - least)
                .as("picture ids count up by one")
                .isEqualTo(99);
    }

    /// Half as many pictures as an id of 15 bits can tell apart, and nothing else by which books would be kept.
    @Test
    void picturesGoOnAfterALongTimeWithoutReports() {
        stream.packetsPerFrame = 1;
        for (int i = 0; i < 17_000; i++) {
            send(frame());
        }
        List<ByteBuffer> one = payloads.values().iterator().next();
        int before = pictureId(one.getLast());
        stream.nextSequence++; // a hole, at which everybody is looked at
        send(frame());
        assertThat(one).hasSize(17_001);
        assertThat(pictureId(one.getLast()) - before & 0x7fff).isEqualTo(1);
    }

    /// Bits of a VP8 descriptor with a picture id of 15 bits (RFC 7741 section 4.2).
    private static int pictureId(ByteBuffer payload) {
        return payload.getShort(2) & 0x7fff;
    }

    private List<HostStream.Packet> frame() {
        nowNanos += FRAME_NANOS;
        stream.capture(nowNanos);
        List<HostStream.Packet> packets = new ArrayList<>(stream.waiting);
        stream.waiting.clear();
        return packets;
    }

    /// In one batch of the host's loop.
    private void send(List<HostStream.Packet> packets) {
        show.publish(packets, nowNanos);
        nowNanos += 2_000_000; // a frame without its last packet is waited for
        show.home.beginBatch(nowNanos);
        show.home.endBatch();
        show.node.loops().get(1).drainMailbox(nowNanos);
        for (var datagram : show.node.takeOutput()) {
            ByteBuffer bytes = datagram.bytes();
            if ((bytes.get(1) & 0x7f) < 72 || (bytes.get(1) & 0x7f) > 76) { // no RTCP
                assertThat(numbers.computeIfAbsent(datagram.to(), _ -> new HashSet<>())
                                .add(bytes.getShort(2) & 0xffff))
                        .as("a number of its own")
                        .isTrue();
                int padding = (bytes.get(0) & 0x20) == 0 ? 0 : bytes.get(bytes.limit() - TAG_BYTES - 1);
                payloads.computeIfAbsent(datagram.to(), _ -> new ArrayList<>())
                        .add(bytes.slice(HEADER_BYTES, bytes.limit() - HEADER_BYTES - TAG_BYTES - padding));
            }
        }
    }
}
