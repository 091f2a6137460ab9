package live.strait.bench.egress;

import java.util.Locale;

/// What one setting came to; times are nanoseconds of CPU per packet, `ratio` is C to Java, pair by pair.
public record EgressRow(
        String crypto, int viewers, int burst, Quartiles javaNanos, Quartiles nanosInC, Quartiles ratio) {
    static String header() {
        return line("crypto", "viewers", "burst", "Java ns", "C ns", "C/Java");
    }

    String text() {
        return line(
                crypto, "" + viewers, "" + burst, javaNanos.text("%.0f"), nanosInC.text("%.0f"), ratio.text("%.2f"));
    }

    String json() {
        return String.format(
                Locale.ROOT,
                "{\"viewers\":%d,\"burst\":%d,\"crypto\":\"%s\",\"javaNs\":%.1f,\"cNs\":%.1f,\"ratio\":%.3f,"
                        + "\"ratioQuartiles\":[%.3f,%.3f]}",
                viewers,
                burst,
                crypto,
                javaNanos.median(),
                nanosInC.median(),
                ratio.median(),
                ratio.lower(),
                ratio.upper());
    }

    private static String line(String crypto, String viewers, String burst, String java, String c, String ratio) {
        return String.format(Locale.ROOT, "%-9s %7s %5s  %-24s %-24s %s", crypto, viewers, burst, java, c, ratio);
    }
}
