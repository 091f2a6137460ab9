package live.strait.loadtest.recording;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// How much a host sends, and how its packets follow each other in time.
///
/// A burst is what comes without a pause, of all layers together.
///
/// @param packetsPerSecond by layer
/// @param bitrateBps by layer, of payloads
/// @param framesPerSecond of the top layer
/// @param burstBytes of the median burst
/// @param largeBurstBytes one burst in ten is larger
/// @param longestSilenceMillis between packets of sound, which come each 20 ms: how long the machine did
///   something else
/// @param keyFramePausesMillis the pauses within the key frames of the top layer
record SendingPattern(
        List<Double> packetsPerSecond,
        List<Double> bitrateBps,
        double framesPerSecond,
        double audioPacketsPerSecond,
        double longestSilenceMillis,
        double burstBytes,
        double largeBurstBytes,
        List<Double> keyFramePausesMillis) {
    private static final long PAUSE_NANOS = 5_000_000;
    private static final int TOP_LAYER = 2;

    static SendingPattern of(Recording recording) {
        List<Double> packetsPerSecond = new ArrayList<>();
        List<Double> bitrateBps = new ArrayList<>();
        for (List<RecordedPacket> layer : recording.layers()) {
            long bytes = layer.stream()
                    .skip(1)
                    .mapToLong(RecordedPacket::payloadBytes)
                    .sum();
            packetsPerSecond.add(rate(layer));
            bitrateBps.add(bytes * 8 / seconds(layer));
        }
        List<Recording.Frame> frames = recording.frames(TOP_LAYER);
        List<Integer> bursts = bursts(recording);
        return new SendingPattern(
                packetsPerSecond,
                bitrateBps,
                rate(frames.stream().map(Recording.Frame::first).toList()),
                rate(recording.audio()),
                longestSilenceMillis(recording.audio()),
                bursts.get(bursts.size() / 2),
                bursts.get(bursts.size() * 9 / 10),
                keyFramePausesMillis(frames));
    }

    private static double longestSilenceMillis(List<RecordedPacket> audio) {
        long longestNanos = 0;
        for (int i = 1; i < audio.size(); i++) {
            longestNanos = Math.max(longestNanos, gapNanos(audio, i));
        }
        return longestNanos / 1e6;
    }

    /// Sorted.
    private static List<Integer> bursts(Recording recording) {
        List<RecordedPacket> packets = recording.layers().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingLong(RecordedPacket::arrivalNanos))
                .toList();
        List<Integer> bursts = new ArrayList<>();
        int bytes = 0;
        for (int i = 0; i < packets.size(); i++) {
            if (i > 0 && gapNanos(packets, i) > PAUSE_NANOS) {
                bursts.add(bytes);
                bytes = 0;
            }
            bytes += packets.get(i).payloadBytes();
        }
        bursts.add(bytes);
        bursts.sort(null);
        return bursts;
    }

    private static List<Double> keyFramePausesMillis(List<Recording.Frame> frames) {
        List<Double> pauses = new ArrayList<>();
        for (Recording.Frame frame : frames) {
            for (int i = 1; frame.first().keyFrame() && i < frame.packets().size(); i++) {
                long gapNanos = gapNanos(frame.packets(), i);
                if (gapNanos > PAUSE_NANOS) {
                    pauses.add(gapNanos / 1e6);
                }
            }
        }
        return pauses;
    }

    private static long gapNanos(List<RecordedPacket> packets, int index) {
        return packets.get(index).arrivalNanos() - packets.get(index - 1).arrivalNanos();
    }

    private static double rate(List<RecordedPacket> packets) {
        return (packets.size() - 1) / seconds(packets);
    }

    private static double seconds(List<RecordedPacket> packets) {
        return (packets.getLast().arrivalNanos() - packets.getFirst().arrivalNanos()) / 1e9;
    }
}
