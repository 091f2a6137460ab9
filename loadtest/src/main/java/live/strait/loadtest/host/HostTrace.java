package live.strait.loadtest.host;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// What a real Chromium once sent of three layers of video and of sound: which frame, when, how large.
///
/// It begins with the answers to several requests for a key frame: a key picture and two seconds of what follows.
/// After the last of them come many seconds without one. Pictures are in the order of their media times; a time is
/// that of the frame's first packet, in nanoseconds from that of the first one. The format stands in the file's
/// header.
public final class HostTrace {
    /// Names of the layers, lowest first, as the studio page gives them.
    public static final List<String> RIDS = List.of("q", "h", "f");

    private static final String RESOURCE = "chromium-720p30.csv";
    private static final double FRAMES_PER_SECOND = 30;
    private static final String SOUND = "a";
    private static final int COLUMNS = 6;
    private static final int NANOS_PER_MICRO = 1000;
    /// What follows a key picture and differs from the rest: smaller frames, until its bytes are made up for.
    private static final long AFTER_KEY_PICTURE_NANOS = 2_000_000_000L;

    private final List<VideoFrame> video;
    private final List<AudioFrame> audio;
    private final List<Integer> keyPictures = new ArrayList<>();
    private int steady;

    private HostTrace(List<VideoFrame> video, List<AudioFrame> audio) throws IOException {
        this.video = List.copyOf(video);
        this.audio = List.copyOf(audio);
        findParts();
    }

    /// Reads the trace from this module's resources.
    public static HostTrace load() throws IOException {
        try (InputStream in = HostTrace.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IOException("the trace " + RESOURCE + " is missing from the build");
            }
            return parse(new InputStreamReader(in, StandardCharsets.US_ASCII));
        }
    }

    /// Reads a trace.
    public static HostTrace parse(Reader text) throws IOException {
        List<VideoFrame> video = new ArrayList<>();
        List<AudioFrame> audio = new ArrayList<>();
        BufferedReader lines = new BufferedReader(text);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (!line.isBlank() && !line.startsWith("#")) {
                add(line, video, audio);
            }
        }
        return new HostTrace(video, audio);
    }

    /// The same pictures at another rate and in another size: the top layer takes `topBps`, the others in proportion.
    public HostTrace scaled(long topBps, double framesPerSecond) {
        double time = FRAMES_PER_SECOND / framesPerSecond;
        double size = (double) topBps / steadyBitrateBps(RIDS.size() - 1) * time;
        List<VideoFrame> scaled = video.stream()
                .map(frame -> new VideoFrame(
                        Math.round(frame.atNanos * time),
                        Math.round(frame.mediaNanos * time),
                        frame.layer,
                        frame.keyFrame,
                        frame.discardable,
                        (int) Math.max(1, Math.round(frame.bytes * size)),
                        frame.packets))
                .toList();
        try {
            return new HostTrace(scaled, audio);
        } catch (IOException e) {
            throw new IllegalArgumentException("at this rate nothing is left of the trace: " + e.getMessage(), e);
        }
    }

    /// All frames of all layers, pictures in their order.
    public List<VideoFrame> video() {
        return video;
    }

    public List<AudioFrame> audio() {
        return audio;
    }

    /// Indices into [#video]: where the answers to requests for a key frame begin. Each ends where the next begins,
    /// the last at [#steady].
    List<Integer> keyPictures() {
        return Collections.unmodifiableList(keyPictures);
    }

    /// Index into [#video]: from here to the end nobody had asked for a key frame.
    int steady() {
        return steady;
    }

    /// What a layer takes when nobody asks for key frames, in bits a second without any header.
    public long steadyBitrateBps(int layer) {
        long bytes = 0;
        for (VideoFrame frame : video.subList(steady, video.size())) {
            bytes += frame.layer == layer ? frame.bytes : 0;
        }
        return bytes * 8_000_000_000L / (video.getLast().atNanos - video.get(steady).atNanos);
    }

    private static void add(String line, List<VideoFrame> video, List<AudioFrame> audio) throws IOException {
        String[] columns = line.split(",", -1);
        try {
            long atNanos = Long.parseLong(columns[0]) * NANOS_PER_MICRO;
            long mediaNanos = Long.parseLong(columns[1]) * NANOS_PER_MICRO;
            int bytes = Integer.parseInt(columns[4]);
            int packets = Integer.parseInt(columns[5]);
            int layer = RIDS.indexOf(columns[2]);
            if (columns.length != COLUMNS || bytes <= 0 || packets <= 0 || (layer < 0 && !columns[2].equals(SOUND))) {
                throw new IOException("not a line of a trace: " + line);
            }
            if (layer < 0) {
                audio.add(new AudioFrame(atNanos, mediaNanos, bytes));
            } else {
                boolean keyFrame = columns[3].equals("k");
                video.add(new VideoFrame(atNanos, mediaNanos, layer, keyFrame, columns[3].equals("n"), bytes, packets));
            }
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IOException("not a line of a trace: " + line, e);
        }
    }

    private void findParts() throws IOException {
        long lastKeyNanos = Long.MIN_VALUE;
        for (int i = 0; i < video.size(); i++) {
            VideoFrame frame = video.get(i);
            if (i > 0 && (frame.mediaNanos < video.get(i - 1).mediaNanos || frame.atNanos < video.get(i - 1).atNanos)) {
                throw new IOException("the frames of a trace are not in order at " + frame);
            }
            if (frame.keyFrame && frame.mediaNanos != lastKeyNanos) {
                lastKeyNanos = frame.mediaNanos;
                keyPictures.add(i);
            }
        }
        if (keyPictures.isEmpty() || keyPictures.getFirst() != 0 || audio.isEmpty()) {
            throw new IOException("a trace begins with a key picture and has sound");
        }
        steady = keyPictures.getLast();
        while (steady < video.size()
                && (video.get(steady).mediaNanos < lastKeyNanos + AFTER_KEY_PICTURE_NANOS || !beginsPicture(steady))) {
            steady++;
        }
        if (steady == video.size()) {
            throw new IOException("a trace ends long after its last key picture");
        }
    }

    /// Whether a frame is the first of its picture's layers.
    boolean beginsPicture(int index) {
        return index == 0 || video.get(index).mediaNanos != video.get(index - 1).mediaNanos;
    }

    /// A frame of one layer.
    ///
    /// @param discardable no other frame refers to it
    /// @param bytes of VP8, without payload descriptors
    /// @param packets how many it was cut into
    public record VideoFrame(
            long atNanos, long mediaNanos, int layer, boolean keyFrame, boolean discardable, int bytes, int packets) {}

    /// A packet of Opus.
    public record AudioFrame(long atNanos, long mediaNanos, int bytes) {}
}
