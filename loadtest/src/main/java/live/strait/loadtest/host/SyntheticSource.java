package live.strait.loadtest.host;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.random.RandomGenerator;
import live.strait.loadtest.host.HostTrace.AudioFrame;
import live.strait.loadtest.host.HostTrace.VideoFrame;

/// VP8 of 1280x720 at 30 frames a second in three layers or one, and Opus: sizes and times as a real Chromium sent
/// them ([HostTrace]), contents noise but the headers.
///
/// What a server looks at is right: frame tag, start code and dimensions (RFC 6386 section 9.1), the TOC byte of
/// Opus (RFC 6716 section 3.1). No decoder would like the rest.
public final class SyntheticSource implements MediaSource {
    private static final int[] WIDTHS = {320, 640, 1280};
    private static final int[] HEIGHTS = {180, 360, 720};
    private static final int TOP_LAYER = 2;
    private static final int MOST_FRAME_BYTES = 1 << 18;
    private static final int KEY_FRAME_HEADER_BYTES = 10;
    private static final long AUDIO_NANOS = 20_000_000;
    /// Full band, 20 ms, one frame, in CELT mode.
    private static final byte OPUS_TOC = (byte) 0xF8;

    private final HostTrace trace;
    private final List<String> rids;
    private final int lowestLayer;
    private final TracePlayback pictures;
    private final ByteBuffer noise;
    private long startNanos;
    private int nextAudio;
    private long audioOffsetNanos;

    /// Makes a source of the top layer alone or of all three.
    public SyntheticSource(HostTrace trace, boolean layered, RandomGenerator random) {
        this(trace, layered ? HostTrace.RIDS.size() : 1, random);
    }

    /// Makes a source of the `count` highest layers.
    public SyntheticSource(HostTrace trace, int count, RandomGenerator random) {
        this.trace = trace;
        lowestLayer = TOP_LAYER + 1 - count;
        rids = count == 1 ? List.of("") : HostTrace.RIDS.subList(lowestLayer, TOP_LAYER + 1);
        pictures = new TracePlayback(trace);
        byte[] bytes = new byte[MOST_FRAME_BYTES];
        random.nextBytes(bytes);
        noise = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        audioOffsetNanos = -trace.audio().getFirst().atNanos();
    }

    @Override
    public List<String> layers() {
        return rids;
    }

    @Override
    public long bitrateBps() {
        long bitrateBps = 0;
        for (int layer = lowestLayer; layer <= TOP_LAYER; layer++) {
            bitrateBps += trace.steadyBitrateBps(layer);
        }
        return bitrateBps;
    }

    @Override
    public void start(long nowNanos) {
        startNanos = nowNanos;
    }

    @Override
    public long nextFrameNanos() {
        return startNanos + Math.min(pictures.nextFrameNanos(), nextAudioNanos());
    }

    @Override
    public void emit(long nowNanos, Sink sink) {
        while (startNanos + nextAudioNanos() <= nowNanos) {
            emitAudio(sink);
        }
        while (startNanos + pictures.nextFrameNanos() <= nowNanos) {
            long offsetNanos = pictures.offsetNanos();
            emitVideo(pictures.take(), offsetNanos, sink);
        }
    }

    @Override
    public void requestKeyFrame() {
        pictures.requestKeyFrame();
    }

    private void emitVideo(VideoFrame frame, long offsetNanos, Sink sink) {
        if (frame.layer() >= lowestLayer) {
            int bytes = Math.clamp(frame.bytes(), KEY_FRAME_HEADER_BYTES, MOST_FRAME_BYTES);
            writeHeader(frame, bytes);
            sink.video(
                    frame.layer() - lowestLayer,
                    frame.mediaNanos() + offsetNanos,
                    new EncodedFrame(noise.slice(0, bytes), frame.keyFrame(), frame.discardable()));
        }
    }

    private long nextAudioNanos() {
        return trace.audio().get(nextAudio).atNanos() + audioOffsetNanos;
    }

    private void emitAudio(Sink sink) {
        AudioFrame frame = trace.audio().get(nextAudio++);
        noise.put(0, OPUS_TOC);
        sink.audio(frame.mediaNanos() + audioOffsetNanos, noise.slice(0, frame.bytes()));
        if (nextAudio == trace.audio().size()) {
            nextAudio = 0;
            AudioFrame first = trace.audio().getFirst();
            audioOffsetNanos += frame.mediaNanos() + AUDIO_NANOS - first.mediaNanos();
        }
    }

    /// The frame tag: 19 bits length of the first partition, show_frame, 3 bits version, and 0 for a key frame.
    private void writeHeader(VideoFrame frame, int bytes) {
        int tag = (bytes / 2) << 5 | 1 << 4 | (frame.keyFrame() ? 0 : 1);
        noise.put(0, (byte) tag).putShort(1, (short) (tag >> 8));
        if (frame.keyFrame()) {
            noise.put(3, (byte) 0x9d).put(4, (byte) 0x01).put(5, (byte) 0x2a);
            noise.putShort(6, (short) WIDTHS[frame.layer()]).putShort(8, (short) HEIGHTS[frame.layer()]);
        }
    }
}
