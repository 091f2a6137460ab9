package live.strait.relay.peers;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.media.audio.AudioTrack;
import dev.onvoid.webrtc.media.audio.CustomAudioSource;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.NativeI420Buffer;
import dev.onvoid.webrtc.media.video.VideoFrame;
import dev.onvoid.webrtc.media.video.VideoTrack;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// A camera and a microphone: a bar that wanders over a gradient at 30 pictures a second, and a tone of 440 Hz.
final class MovingPicture implements AutoCloseable {
    static final int FRAMES_PER_SECOND = 30;
    private static final int SAMPLE_RATE = 48_000;
    private static final int SAMPLES_PER_PUSH = SAMPLE_RATE / 100;
    private static final int TONE_HZ = 440;
    /// More than an encoder holds on to, so that none is painted over while it is read.
    private static final int BUFFERS = 8;

    private final CustomVideoSource video = new CustomVideoSource();
    private final CustomAudioSource audio = new CustomAudioSource();
    private final VideoTrack videoTrack;
    private final AudioTrack audioTrack;
    private final List<NativeI420Buffer> buffers = new ArrayList<>();
    private final ScheduledExecutorService clock = Executors.newScheduledThreadPool(2);
    private int frame;
    private int sample;

    /// Starts at once.
    ///
    /// @param factory of those who show it; asked for first, because it loads the native library
    MovingPicture(PeerConnectionFactory factory, int width, int height) {
        videoTrack = factory.createVideoTrack("video", video);
        audioTrack = factory.createAudioTrack("audio", audio);
        for (int i = 0; i < BUFFERS; i++) {
            buffers.add(NativeI420Buffer.allocate(width, height));
        }
        var _ = clock.scheduleAtFixedRate(this::pushPicture, 0, 1_000_000 / FRAMES_PER_SECOND, TimeUnit.MICROSECONDS);
        var _ = clock.scheduleAtFixedRate(this::pushSound, 0, 10, TimeUnit.MILLISECONDS);
    }

    VideoTrack video() {
        return videoTrack;
    }

    AudioTrack audio() {
        return audioTrack;
    }

    @Override
    public void close() {
        clock.close(); // waits for the push under way; further ones are not started
        video.dispose();
        audio.dispose();
        buffers.forEach(NativeI420Buffer::release);
    }

    private void pushPicture() {
        NativeI420Buffer buffer = buffers.get(frame % BUFFERS);
        paint(buffer, frame++);
        video.pushFrame(new VideoFrame(buffer, System.nanoTime()));
    }

    private static void paint(NativeI420Buffer buffer, int frame) {
        ByteBuffer luma = buffer.getDataY();
        int width = buffer.getWidth();
        int bar = frame * 8 % width;
        for (int y = 0; y < buffer.getHeight(); y++) {
            int row = y * buffer.getStrideY();
            for (int x = 0; x < width; x++) {
                luma.put(row + x, (byte) (Math.abs(x - bar) < 16 ? 235 : 16 + (x + y) % 128));
            }
        }
        grey(buffer.getDataU());
        grey(buffer.getDataV());
    }

    private static void grey(ByteBuffer chroma) {
        for (int i = 0; i < chroma.limit(); i++) {
            chroma.put(i, (byte) 128);
        }
    }

    private void pushSound() {
        byte[] pcm = new byte[SAMPLES_PER_PUSH * 2];
        ByteBuffer samples = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < SAMPLES_PER_PUSH; i++, sample++) {
            samples.putShort((short) (8_000 * Math.sin(2 * Math.PI * TONE_HZ * sample / SAMPLE_RATE)));
        }
        audio.pushAudio(pcm, 16, SAMPLE_RATE, 1, SAMPLES_PER_PUSH);
    }
}
