package live.strait.loadtest.fanout;

import java.util.Locale;
import live.strait.loadtest.host.HostTrace;

/// What each host publishes: `bitrate=1500k,fps=30,layers=3` in any order; what is left out is as it was recorded of a
/// real Chromium.
///
/// @param topBps of the highest layer, in bits a second without headers; 0 for the recorded one
/// @param framesPerSecond of every layer
/// @param layers how many, the highest first
record PublishSpec(long topBps, double framesPerSecond, int layers) {
    static final PublishSpec RECORDED = new PublishSpec(0, 30, 3);

    /// Reads a text of the command line.
    static PublishSpec parse(String text) {
        PublishSpec spec = RECORDED;
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            String value = part.substring(equals + 1);
            spec = switch (part.substring(0, Math.max(0, equals)).strip()) {
                case "bitrate" -> new PublishSpec(bitrate(value), spec.framesPerSecond, spec.layers);
                case "fps" -> new PublishSpec(spec.topBps, number(value, 1, 120), spec.layers);
                case "layers" -> new PublishSpec(spec.topBps, spec.framesPerSecond, (int) number(value, 1, 3));
                default ->
                    throw new IllegalArgumentException(
                            "not a part of what is published, as in" + " bitrate=1500k,fps=30,layers=3: " + part);
            };
        }
        return spec;
    }

    HostTrace shape(HostTrace trace) {
        if (topBps == 0 && framesPerSecond == RECORDED.framesPerSecond) {
            return trace;
        }
        long bps = topBps == 0 ? trace.steadyBitrateBps(HostTrace.RIDS.size() - 1) : topBps;
        return trace.scaled(bps, framesPerSecond);
    }

    private static long bitrate(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        long unit = lower.endsWith("k") ? 1_000 : lower.endsWith("m") ? 1_000_000 : 1;
        String digits = unit == 1 ? lower : lower.substring(0, lower.length() - 1);
        return Math.round(number(digits, 0, 1e9) * unit);
    }

    private static double number(String text, double least, double most) {
        try {
            double value = Double.parseDouble(text.strip());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, like a number out of bounds.
        }
        throw new IllegalArgumentException(
                String.format(Locale.ROOT, "not a number from %.0f to %.0f: %s", least, most, text));
    }
}
