package live.strait.loadtest.host;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.random.RandomGenerator;

/// One layer of VP8, 1280x720 at 30 frames a second, and Opus at 50 packets a second; all noise but the headers.
///
/// What a server looks at is right: frame tag, start code and dimensions (RFC 6386 section 9.1), the TOC byte of
/// Opus (RFC 6716 section 3.1). No decoder would like the rest.
public final class SyntheticSource implements MediaSource {
    private static final int FRAMES_PER_SECOND = 30;
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 720;
    private static final long VIDEO_NANOS = 1_000_000_000L / FRAMES_PER_SECOND;
    private static final long AUDIO_NANOS = 20_000_000;
    /// 32 kbit/s with variable rate.
    private static final int AUDIO_BYTES = 80;
    private static final int AUDIO_SPREAD_BYTES = 25;
    private static final int KEY_FRAME_HEADER_BYTES = 10;
    /// Full band, 20 ms, one frame, in CELT mode.
    private static final byte OPUS_TOC = (byte) 0xF8;

    private final long bitrateBps;
    private final FrameSizes sizes;
    private final RandomGenerator random;
    private final ByteBuffer noise;
    private long startNanos;
    private long videoFrames;
    private long audioFrames;
    private boolean keyFrameWanted = true;

    /// Makes a source whose frames are as random as `random`.
    ///
    /// @param bitrateBps of the video
    public SyntheticSource(long bitrateBps, RandomGenerator random) {
        this.bitrateBps = bitrateBps;
        this.random = random;
        sizes = new FrameSizes(bitrateBps, FRAMES_PER_SECOND, random);
        byte[] bytes = new byte[(int) (bitrateBps / 8)];
        random.nextBytes(bytes);
        noise = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public List<String> layers() {
        return List.of("");
    }

    @Override
    public long bitrateBps() {
        return bitrateBps;
    }

    @Override
    public void start(long nowNanos) {
        startNanos = nowNanos;
    }

    @Override
    public long nextFrameNanos() {
        return startNanos + Math.min(videoFrames * VIDEO_NANOS, audioFrames * AUDIO_NANOS);
    }

    @Override
    public void emit(long nowNanos, Sink sink) {
        while (startNanos + audioFrames * AUDIO_NANOS <= nowNanos) {
            int bytes = AUDIO_BYTES + random.nextInt(-AUDIO_SPREAD_BYTES, AUDIO_SPREAD_BYTES + 1);
            noise.put(0, OPUS_TOC);
            sink.audio(audioFrames++ * AUDIO_NANOS, noise.slice(0, bytes));
        }
        while (startNanos + videoFrames * VIDEO_NANOS <= nowNanos) {
            boolean keyFrame = keyFrameWanted;
            keyFrameWanted = false;
            int bytes = Math.clamp(sizes.next(keyFrame), 2 * KEY_FRAME_HEADER_BYTES, noise.capacity());
            writeHeader(keyFrame, bytes);
            sink.video(0, videoFrames++ * VIDEO_NANOS, keyFrame, noise.slice(0, bytes));
        }
    }

    @Override
    public void requestKeyFrame() {
        keyFrameWanted = true;
    }

    /// The frame tag: 19 bits length of the first partition, show_frame, 3 bits version, and 0 for a key frame.
    private void writeHeader(boolean keyFrame, int bytes) {
        int tag = (bytes / 2) << 5 | 1 << 4 | (keyFrame ? 0 : 1);
        noise.put(0, (byte) tag).putShort(1, (short) (tag >> 8));
        if (keyFrame) {
            noise.put(3, (byte) 0x9d).put(4, (byte) 0x01).put(5, (byte) 0x2a);
            noise.putShort(6, (short) WIDTH).putShort(8, (short) HEIGHT);
        }
    }
}
