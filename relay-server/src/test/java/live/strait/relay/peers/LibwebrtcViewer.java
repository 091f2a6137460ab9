package live.strait.relay.peers;

import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.RTCStats;
import dev.onvoid.webrtc.RTCStatsType;
import dev.onvoid.webrtc.media.audio.AudioTrack;
import dev.onvoid.webrtc.media.audio.CustomAudioSource;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.VideoFrame;
import dev.onvoid.webrtc.media.video.VideoTrack;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// libwebrtc that watches by WHEP and counts what it decodes.
final class LibwebrtcViewer implements AutoCloseable {
    private final Tally pictures = new Tally("pictures");
    private final Tally sounds = new Tally("10 ms of sound that is not silence");
    private final RTCPeerConnection connection;
    private final SignalingClient session;
    private volatile String size = "none";

    LibwebrtcViewer(URI node, String room) throws Exception {
        this(node, room, answer -> answer);
    }

    /// @param reading what the viewer makes of the answer before it takes it
    LibwebrtcViewer(URI node, String room, AnswerReading reading) throws Exception {
        connection = Libwebrtc.viewers().createPeerConnection(Libwebrtc.bundled(), new Watching());
        // The Java face of libwebrtc makes a line by a track only; these never send.
        AudioTrack audio = Libwebrtc.viewers().createAudioTrack("audio", new CustomAudioSource());
        VideoTrack video = Libwebrtc.viewers().createVideoTrack("video", new CustomVideoSource());
        for (RTCRtpTransceiver line : new RTCRtpTransceiver[] {
            connection.addTransceiver(audio, Libwebrtc.direction(RTCRtpTransceiverDirection.RECV_ONLY)),
            connection.addTransceiver(video, Libwebrtc.direction(RTCRtpTransceiverDirection.RECV_ONLY))
        }) {
            switch (line.getReceiver().getTrack()) {
                case AudioTrack heard -> heard.addSink(this::onSound);
                case VideoTrack seen -> seen.addSink(this::onPicture);
                default -> throw new AssertionError("neither heard nor seen");
            }
        }
        session = SignalingClient.watch(node, room, Libwebrtc.offer(connection, false));
        Libwebrtc.answer(connection, reading.read(session.answer()));
    }

    Tally pictures() {
        return pictures;
    }

    Tally sounds() {
        return sounds;
    }

    /// Width and height of the newest picture.
    String size() {
        return size;
    }

    /// Restarts ICE by PATCH.
    void restartIce() throws Exception {
        IceRestart.of(connection, session);
    }

    /// What libwebrtc says of the relay's end of the way that packets take.
    String path(String figure) throws Exception {
        Map<String, RTCStats> stats = stats();
        String transport = stats.values().stream()
                .filter(each -> each.getType() == RTCStatsType.TRANSPORT)
                .map(RTCStats::getId)
                .findFirst()
                .orElseThrow();
        String pair = attribute(stats, transport, "selectedCandidatePairId");
        return attribute(stats, attribute(stats, pair, "remoteCandidateId"), figure);
    }

    private static String attribute(Map<String, RTCStats> stats, String id, String name) {
        RTCStats found = stats.get(id);
        Object value = found == null ? null : found.getAttributes().get(name);
        if (value == null) {
            throw new AssertionError("no %s of %s in %s".formatted(name, id, stats));
        }
        return value.toString();
    }

    private Map<String, RTCStats> stats() throws Exception {
        CompletableFuture<Map<String, RTCStats>> report = new CompletableFuture<>();
        connection.getStats(stats -> report.complete(stats.getStats()));
        return report.get(5, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        connection.close();
    }

    private void onPicture(VideoFrame frame) {
        size = frame.buffer.getWidth() + "x" + frame.buffer.getHeight();
        pictures.add();
    }

    private void onSound(byte[] pcm, int bitsPerSample, int sampleRate, int channels, int frames) {
        for (byte each : pcm) {
            if (each > 4 || each < -4) {
                sounds.add();
                return;
            }
        }
    }

    /// What a viewer does with the connection's events: nothing, the lines were asked for their tracks.
    private static final class Watching implements PeerConnectionObserver {
        @Override
        public void onIceCandidate(RTCIceCandidate candidate) {
            // The relay is lite and finds us by our checks.
        }
    }
}
