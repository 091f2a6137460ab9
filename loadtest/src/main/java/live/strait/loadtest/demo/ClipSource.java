package live.strait.loadtest.demo;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import live.strait.loadtest.host.EncodedFrame;
import live.strait.loadtest.host.MediaSource;

/// The bundled clip, over and over: three layers of picture and the sound, all from one clock.
///
/// Each layer has a key frame at each full second. That is how a request for one is met: jumping to the next would
/// make the clock in the picture lie.
public final class ClipSource implements MediaSource {
    /// Of the layers, lowest first; as the studio page names its own.
    private static final List<String> RIDS = List.of("q", "h", "f");

    private static final long PACKET_NANOS = 20_000_000;

    private final List<IvfClip> layers;
    private final OggOpusClip sound;
    private final int framesPerRound;
    private final int packetsPerRound;
    private final double frameNanos;
    private long startNanos;
    private long frame;
    private long packet;

    ClipSource(List<IvfClip> layers, OggOpusClip sound) throws IOException {
        IvfClip first = layers.getFirst();
        this.layers = List.copyOf(layers);
        this.sound = sound;
        framesPerRound = first.frames();
        frameNanos = 1e9 / first.framesPerSecond();
        packetsPerRound = (int) Math.round(framesPerRound * frameNanos / PACKET_NANOS);
        boolean alike = layers.stream()
                .allMatch(each -> each.frames() == framesPerRound && each.framesPerSecond() == first.framesPerSecond());
        if (layers.size() != RIDS.size() || !alike || sound.packets() < packetsPerRound) {
            throw new IOException("the layers and the sound of the clip are not equally long");
        }
    }

    /// Reads the clip from this module's resources.
    public static ClipSource load() throws IOException {
        return new ClipSource(
                List.of(
                        IvfClip.parse(resource("q.ivf")),
                        IvfClip.parse(resource("h.ivf")),
                        IvfClip.parse(resource("f.ivf"))),
                OggOpusClip.parse(resource("sound.opus")));
    }

    @Override
    public List<String> layers() {
        return RIDS;
    }

    @Override
    public long bitrateBps() {
        return layers.stream().mapToLong(IvfClip::bitrateBps).sum();
    }

    @Override
    public void start(long nowNanos) {
        startNanos = nowNanos;
    }

    @Override
    public long nextFrameNanos() {
        return startNanos + Math.min(atNanos(frame), packet * PACKET_NANOS);
    }

    @Override
    public void emit(long nowNanos, Sink sink) {
        for (; startNanos + packet * PACKET_NANOS <= nowNanos; packet++) {
            sink.audio(packet * PACKET_NANOS, sound.packet((int) (packet % packetsPerRound)));
        }
        for (; startNanos + atNanos(frame) <= nowNanos; frame++) {
            int index = (int) (frame % framesPerRound);
            for (int layer = 0; layer < layers.size(); layer++) {
                var bytes = layers.get(layer).frame(index);
                sink.video(layer, atNanos(frame), new EncodedFrame(bytes, IvfClip.isKeyFrame(bytes), false));
            }
        }
    }

    @Override
    public void requestKeyFrame() {
        // The next one is less than a second away.
    }

    private long atNanos(long number) {
        return (long) (number * frameNanos);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = ClipSource.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the clip's " + name + " is missing from the build");
            }
            return in.readAllBytes();
        }
    }
}
