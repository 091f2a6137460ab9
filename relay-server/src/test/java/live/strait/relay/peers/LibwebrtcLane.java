package live.strait.relay.peers;

import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import dev.onvoid.webrtc.RTCDataChannelInit;
import dev.onvoid.webrtc.RTCDataChannelObserver;
import dev.onvoid.webrtc.RTCDataChannelState;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCPeerConnection;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.LaneException;
import live.strait.signaling.message.LaneJson;
import live.strait.signaling.message.NodeMessage;

/// libwebrtc with nothing but the lane's two data channels, over a WHEP session without media.
final class LibwebrtcLane implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 15;

    private final LinkedBlockingQueue<NodeMessage> received = new LinkedBlockingQueue<>();
    private final RTCPeerConnection connection;
    private Channel lane;
    private final Channel fast;

    LibwebrtcLane(URI node, String room) throws Exception {
        connection = Libwebrtc.viewers().createPeerConnection(Libwebrtc.bundled(), new Unconcerned());
        lane = new Channel("lane", new RTCDataChannelInit());
        RTCDataChannelInit unreliable = new RTCDataChannelInit();
        unreliable.ordered = false;
        unreliable.maxRetransmits = 0;
        fast = new Channel("lane-fast", unreliable);
        SignalingClient session = SignalingClient.watch(node, room, Libwebrtc.offer(connection, false));
        Libwebrtc.answer(connection, session.answer());
        lane.awaitOpen();
        fast.awaitOpen();
    }

    void send(ClientMessage message) throws Exception {
        lane.send(message);
    }

    void sendFast(ClientMessage message) throws Exception {
        fast.send(message);
    }

    /// The next message of this type; others are passed over.
    <T extends NodeMessage> T await(Class<T> type) throws InterruptedException {
        while (true) {
            NodeMessage next = received.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no " + type.getSimpleName() + " came");
            }
            if (type.isInstance(next)) {
                return type.cast(next);
            }
        }
    }

    /// Closes `lane` and opens another one on the same connection.
    void reopen() throws Exception {
        lane.close();
        lane = new Channel("lane", new RTCDataChannelInit());
        lane.awaitOpen();
    }

    @Override
    public void close() {
        connection.close();
    }

    private final class Channel implements RTCDataChannelObserver {
        private final RTCDataChannel channel;
        private final CompletableFuture<Boolean> open = new CompletableFuture<>();
        private final CompletableFuture<Boolean> closed = new CompletableFuture<>();

        Channel(String label, RTCDataChannelInit init) {
            channel = connection.createDataChannel(label, init);
            channel.registerObserver(this);
            onStateChange(); // on a connection that stands it may be open already
        }

        void awaitOpen() throws Exception {
            open.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        void send(ClientMessage message) throws Exception {
            byte[] json = LaneJson.write(message).getBytes(StandardCharsets.UTF_8);
            channel.send(new RTCDataChannelBuffer(ByteBuffer.wrap(json), false));
        }

        /// libwebrtc says `closed` when both sides have reset their streams.
        void close() throws Exception {
            channel.close();
            closed.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        @Override
        public void onBufferedAmountChange(long previousAmount) {
            // Nothing here sends so much.
        }

        @Override
        public void onStateChange() {
            RTCDataChannelState state = channel.getState();
            if (state == RTCDataChannelState.OPEN) {
                open.complete(true);
            } else if (state == RTCDataChannelState.CLOSED) {
                closed.complete(true);
            }
        }

        @Override
        public void onMessage(RTCDataChannelBuffer buffer) {
            try {
                received.add(LaneJson.readNode(
                        StandardCharsets.UTF_8.decode(buffer.data).toString()));
            } catch (LaneException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static final class Unconcerned implements PeerConnectionObserver {
        @Override
        public void onIceCandidate(RTCIceCandidate candidate) {
            // The relay is lite and finds us by our checks.
        }
    }
}
