package live.strait.loadtest.recording;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import live.strait.loadtest.host.HostTrace;
import live.strait.loadtest.host.HostTrace.AudioFrame;
import live.strait.loadtest.host.HostTrace.VideoFrame;

/// Writes a recording as the text that [HostTrace] reads.
///
/// The layers' timestamps have nothing in common but the picture that they answered a request with: their first key
/// frames. What came before that is left out.
final class TraceText {
    private static final double NANOS_PER_VIDEO_TICK = 1e9 / 90_000;
    private static final double NANOS_PER_AUDIO_TICK = 1e9 / 48_000;
    private static final long NANOS_PER_MICRO = 1000;
    private static final String HEADER = """
            # What Chromium sent as a host of three layers of VP8, 1280x720 at 30, and of Opus, by the studio page's SDK.
            # Recorded by TraceCaptureTest (loadtest, group "long"), by viewers of a node that sends payloads on at once:
            #   mvn -pl loadtest -am test -Dtest=TraceCaptureTest -Dtest.excludedGroups=none -Dsurefire.failIfNoSpecifiedTests=false
            # writes loadtest/target/chromium-720p30.csv; that file is this one. The picture is drawn by camera.js.
            # Columns: microseconds until the first packet | microseconds until it was captured | layer (q, h, f) or sound (a) |
            #   k key frame, n no other frame refers to it | bytes without payload descriptor | packets
            """;

    private TraceText() {}

    static String of(Recording recording) {
        List<VideoFrame> video = video(recording);
        long originNanos = video.getFirst().atNanos();
        long endNanos = video.getLast().atNanos();
        StringBuilder text = new StringBuilder(HEADER);
        for (VideoFrame frame : video) {
            String flag = frame.keyFrame() ? "k" : frame.discardable() ? "n" : "";
            append(
                    text,
                    frame.atNanos() - originNanos,
                    frame.mediaNanos() - originNanos,
                    HostTrace.RIDS.get(frame.layer()));
            text.append("%s,%d,%d%n".formatted(flag, frame.bytes(), frame.packets()));
        }
        for (AudioFrame frame : audio(recording)) {
            if (frame.atNanos() >= originNanos && frame.atNanos() <= endNanos) {
                append(text, frame.atNanos() - originNanos, frame.mediaNanos() - originNanos, "a");
                text.append(",%d,1%n".formatted(frame.bytes()));
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, long atNanos, long mediaNanos, String name) {
        text.append(atNanos / NANOS_PER_MICRO)
                .append(',')
                .append(mediaNanos / NANOS_PER_MICRO)
                .append(',');
        text.append(name).append(',');
    }

    /// All frames from the first key picture to the last picture of which all layers have come, in their order.
    private static List<VideoFrame> video(Recording recording) {
        List<VideoFrame> all = new ArrayList<>();
        long lastWholeNanos = Long.MAX_VALUE;
        for (int layer = 0; layer < recording.layers().size(); layer++) {
            List<VideoFrame> frames = frames(recording, layer);
            all.addAll(frames);
            lastWholeNanos = Math.min(lastWholeNanos, frames.getLast().mediaNanos());
        }
        long endNanos = lastWholeNanos;
        all.removeIf(frame -> frame.mediaNanos() > endNanos);
        all.sort(Comparator.comparingLong(VideoFrame::mediaNanos).thenComparingLong(VideoFrame::atNanos));
        long leastDelayNanos = all.stream()
                .mapToLong(frame -> frame.atNanos() - frame.mediaNanos())
                .min()
                .orElseThrow();
        List<VideoFrame> inOrder = new ArrayList<>();
        long atNanos = Long.MIN_VALUE;
        for (VideoFrame frame : all) {
            // A low layer overtakes the high one of the picture before.
            atNanos = Math.max(atNanos, frame.atNanos());
            inOrder.add(new VideoFrame(
                    atNanos,
                    frame.mediaNanos() + leastDelayNanos,
                    frame.layer(),
                    frame.keyFrame(),
                    frame.discardable(),
                    frame.bytes(),
                    frame.packets()));
        }
        return inOrder;
    }

    /// A layer's frames; media times count from the first key frame.
    private static List<VideoFrame> frames(Recording recording, int layer) {
        List<VideoFrame> frames = new ArrayList<>();
        long originTimestamp = 0;
        for (Recording.Frame frame : recording.frames(layer)) {
            RecordedPacket first = frame.first();
            if (frames.isEmpty() && !first.keyFrame()) {
                continue;
            }
            if (frames.isEmpty()) {
                originTimestamp = first.timestamp();
            }
            frames.add(new VideoFrame(
                    first.arrivalNanos(),
                    Math.round((first.timestamp() - originTimestamp) * NANOS_PER_VIDEO_TICK),
                    layer,
                    first.keyFrame(),
                    first.discardable(),
                    frame.bytes(),
                    frame.packets().size()));
        }
        return frames;
    }

    private static List<AudioFrame> audio(Recording recording) {
        List<RecordedPacket> packets = recording.audio();
        long firstTimestamp = packets.getFirst().timestamp();
        long originNanos = packets.stream()
                .mapToLong(packet -> packet.arrivalNanos() - mediaNanos(packet, firstTimestamp))
                .min()
                .orElseThrow();
        return packets.stream()
                .map(packet -> new AudioFrame(
                        packet.arrivalNanos(), originNanos + mediaNanos(packet, firstTimestamp), packet.payloadBytes()))
                .toList();
    }

    private static long mediaNanos(RecordedPacket packet, long firstTimestamp) {
        return Math.round((packet.timestamp() - firstTimestamp) * NANOS_PER_AUDIO_TICK);
    }
}
