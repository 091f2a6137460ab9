package live.strait.loadtest.stamp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import live.strait.loadtest.host.HostTrace;
import live.strait.loadtest.host.SimulatedHost;
import live.strait.loadtest.host.SyntheticSource;
import live.strait.loadtest.peer.ClientPeer;
import live.strait.loadtest.peer.PeerConnector;
import live.strait.loadtest.peer.PeerLoop;
import live.strait.loadtest.peer.PeerMedia;
import live.strait.loadtest.peer.SignalingClient;
import live.strait.protocol.rtcp.RtcpPacket;
import live.strait.protocol.rtp.FrameInfo;
import live.strait.protocol.rtp.RtpView;
import live.strait.protocol.rtp.VideoCodec;
import live.strait.protocol.rtp.VideoPayload;
import live.strait.relay.TestNode;
import live.strait.signaling.session.ClientOffer;
import org.junit.jupiter.api.Test;

/// A newcomer gets what the node has kept since the last key frame, so that one comes for certain.
class StampedStreamTest {
    private static final int FRAMES = 60;

    @Test
    void stampsThroughANodeTellKeyFramesFromOthersAsThePayloadsDo() throws Exception {
        Frames frames = new Frames();
        try (TestNode node = TestNode.start();
                SignalingClient signaling = new SignalingClient(null);
                SimulatedHost host = new SimulatedHost(signaling, new PeerConnector(signaling));
                PeerLoop loop = new PeerLoop("viewers")) {
            host.publish(
                    node.http().resolve("/whip/stamps"),
                    new SyntheticSource(HostTrace.load(), false, new Random(1)),
                    new PacketStamps());
            var _ = new PeerConnector(signaling)
                    .connect(
                            node.http().resolve("/whep/stamps"),
                            loop,
                            (ice, fingerprint) ->
                                    ClientOffer.view(ice, fingerprint, "viewer", List.of(ClientOffer.VP8)),
                            _ -> frames)
                    .get(5, TimeUnit.SECONDS);
            assertThat(frames.seen.await(10, TimeUnit.SECONDS))
                    .as("enough frames")
                    .isTrue();
        }
        assertThat(frames.byPayload.values()).contains(PayloadKind.KEY_FRAME, PayloadKind.DELTA_FRAME);
        assertThat(frames.byPayload).allSatisfy((timestamp, kind) -> assertThat(frames.byStamps.get(timestamp))
                .containsExactly(kind));
    }

    /// What payloads and stamps say of each frame, by its timestamp.
    private static final class Frames implements PeerMedia {
        private final Map<Long, PayloadKind> byPayload = new ConcurrentHashMap<>();
        private final Map<Long, Set<PayloadKind>> byStamps = new ConcurrentHashMap<>();
        private final CountDownLatch seen = new CountDownLatch(FRAMES);
        private final RtpView view = new RtpView();
        private final FrameInfo frame = new FrameInfo();

        @Override
        public void onRtp(ByteBuffer packet, long arrivalNanos) {
            if (!view.wrap(packet) || view.payloadType() != ClientOffer.VP8.payloadType()) {
                return;
            }
            frame.clear();
            if (VideoPayload.peek(VideoCodec.VP8, view, frame) && frame.startOfFrame) {
                byPayload.put(view.timestamp(), PayloadKind.ofFrame(frame.keyFrame));
                seen.countDown();
            }
            int stamp = PacketStamps.find(packet, view.payloadOffset(), view.payloadOffset() + view.payloadLength());
            if (stamp >= 0) {
                byStamps.computeIfAbsent(view.timestamp(), _ -> EnumSet.noneOf(PayloadKind.class))
                        .add(PacketStamps.kind(packet, stamp));
            }
        }

        @Override
        public void onReady(ClientPeer peer, long nowNanos) {
            // Nothing to begin with.
        }

        @Override
        public void onRtcp(RtcpPacket packet, long nowNanos) {
            // Reports say nothing of frames.
        }

        @Override
        public long nextDeadlineNanos() {
            return Long.MAX_VALUE;
        }

        @Override
        public void onTimeout(long nowNanos) {
            // There is no deadline.
        }

        @Override
        public void onClosed(String cause) {
            // The test waits for frames, not for this.
        }
    }
}
