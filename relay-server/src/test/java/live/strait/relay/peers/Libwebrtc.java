package live.strait.relay.peers;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.RTCBundlePolicy;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCRtpCodecCapability;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.RTCRtpTransceiverInit;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.onvoid.webrtc.media.MediaType;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.onvoid.webrtc.media.audio.AudioLayer;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/// libwebrtc without screen or sound card, one factory for all hosts and one for all viewers of the process; its
/// asynchronous calls as calls that return.
final class Libwebrtc {
    /// Its device records nothing: what a [MovingPicture] plays is the only sound that is sent.
    private static final PeerConnectionFactory HOSTS =
            new PeerConnectionFactory(new AudioDeviceModule(AudioLayer.kDummyAudio));
    /// Its device asks for sound in real time, so that what arrives is decoded.
    private static final PeerConnectionFactory VIEWERS = new PeerConnectionFactory(new HeadlessAudioDeviceModule());
    /// What goes with each codec and has no say in which one it is.
    private static final List<String> REPAIR = List.of("rtx", "red", "ulpfec", "flexfec-03");

    private Libwebrtc() {}

    static PeerConnectionFactory hosts() {
        return HOSTS;
    }

    static PeerConnectionFactory viewers() {
        return VIEWERS;
    }

    /// The codec and what repairs it: preferences that leave the others out of the offer.
    static List<RTCRtpCodecCapability> only(String codec) {
        return HOSTS.getRtpSenderCapabilities(MediaType.VIDEO).getCodecs().stream()
                .filter(each -> each.getName().equalsIgnoreCase(codec) || REPAIR.contains(each.getName()))
                .toList();
    }

    static RTCConfiguration bundled() {
        RTCConfiguration configuration = new RTCConfiguration();
        configuration.bundlePolicy = RTCBundlePolicy.MAX_BUNDLE;
        return configuration;
    }

    static RTCRtpTransceiverInit direction(RTCRtpTransceiverDirection direction) {
        RTCRtpTransceiverInit init = new RTCRtpTransceiverInit();
        init.direction = direction;
        init.streamIds = List.of("stream");
        return init;
    }

    /// Makes an offer and takes it as the local description.
    static String offer(RTCPeerConnection connection, boolean iceRestart) {
        RTCOfferOptions options = new RTCOfferOptions();
        options.iceRestart = iceRestart;
        CompletableFuture<RTCSessionDescription> created = new CompletableFuture<>();
        connection.createOffer(options, new CreateSessionDescriptionObserver() {
            @Override
            public void onSuccess(RTCSessionDescription description) {
                created.complete(description);
            }

            @Override
            public void onFailure(String error) {
                created.completeExceptionally(new AssertionError(error));
            }
        });
        RTCSessionDescription offer = await(created);
        set(observer -> connection.setLocalDescription(offer, observer));
        return offer.sdp;
    }

    static void answer(RTCPeerConnection connection, String sdp) {
        RTCSessionDescription answer = new RTCSessionDescription(RTCSdpType.ANSWER, sdp);
        set(observer -> connection.setRemoteDescription(answer, observer));
    }

    private static void set(Consumer<SetSessionDescriptionObserver> call) {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        call.accept(new SetSessionDescriptionObserver() {
            @Override
            public void onSuccess() {
                done.complete(true);
            }

            @Override
            public void onFailure(String error) {
                done.completeExceptionally(new AssertionError(error));
            }
        });
        await(done);
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(10, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError("libwebrtc did not do it", e);
        }
    }
}
