package live.strait.relay.peers;

import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import java.net.URI;

/// libwebrtc that publishes a [MovingPicture] by WHIP in one codec.
final class LibwebrtcHost implements AutoCloseable {
    private final MovingPicture picture;
    private final RTCPeerConnection connection;
    private final SignalingClient session;

    LibwebrtcHost(URI node, String room, String codec, int width, int height) throws Exception {
        this(node, room, codec, width, height, answer -> answer);
    }

    /// @param reading what the host makes of the answer before it takes it
    LibwebrtcHost(URI node, String room, String codec, int width, int height, AnswerReading reading) throws Exception {
        picture = new MovingPicture(Libwebrtc.hosts(), width, height);
        connection = Libwebrtc.hosts().createPeerConnection(Libwebrtc.bundled(), new Silent());
        connection.addTransceiver(picture.audio(), Libwebrtc.direction(RTCRtpTransceiverDirection.SEND_ONLY));
        RTCRtpTransceiver sending =
                connection.addTransceiver(picture.video(), Libwebrtc.direction(RTCRtpTransceiverDirection.SEND_ONLY));
        sending.setCodecPreferences(Libwebrtc.only(codec));
        session = SignalingClient.publish(node, room, Libwebrtc.offer(connection, false));
        Libwebrtc.answer(connection, reading.read(session.answer()));
    }

    /// Restarts ICE by PATCH.
    void restartIce() throws Exception {
        IceRestart.of(connection, session);
    }

    /// Leaves as a client that says goodbye.
    void leave() throws Exception {
        session.delete();
    }

    @Override
    public void close() {
        connection.close();
        picture.close();
    }

    /// A host has nothing to listen to.
    private static final class Silent implements PeerConnectionObserver {
        @Override
        public void onIceCandidate(RTCIceCandidate candidate) {
            // The relay is lite and finds us by our checks.
        }
    }
}
