package live.strait.loadtest.interrupt;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import live.strait.loadtest.interrupt.CutInBook.Seen;
import live.strait.loadtest.report.Axis;
import live.strait.loadtest.report.Line;
import live.strait.loadtest.report.Line.Point;
import live.strait.loadtest.report.Page;
import live.strait.loadtest.report.Page.Fact;
import live.strait.loadtest.report.PageWriter;
import live.strait.loadtest.report.Percentiles;
import live.strait.loadtest.report.Plot;
import live.strait.loadtest.report.Surroundings;
import live.strait.loadtest.report.Table;
import org.HdrHistogram.Histogram;

/// A report as a page.
final class InterruptPage {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final String DELAY = "click to painted, ms";

    private InterruptPage() {}

    /// Writes it into a directory.
    ///
    /// @return the page's file
    static Path write(InterruptReport report, Surroundings surroundings, Path directory) throws IOException {
        return PageWriter.write(page(report, surroundings), directory);
    }

    static Page page(InterruptReport report, Surroundings surroundings) {
        List<Fact> facts = new ArrayList<>(surroundings.facts());
        facts.add(new Fact("Viewers' link", report.link()));
        facts.add(new Fact("Host's link", report.hostLink()));
        facts.add(new Fact("Steal", number(report.stealPercent(), 1) + " % of all cores"));
        facts.add(new Fact("Load average", number(report.loadAverage(), 1)));
        return new Page(
                "Interrupts of " + count(report.viewers()) + (report.viewers() == 1 ? " viewer" : " viewers"),
                "Viewers watch, ask and cut in. A delay is from a viewer's click to the frame in which the host's page"
                        + " shows it.",
                warnings(report),
                facts,
                headline(report.clickToSeenMs()),
                List.of(
                        bySecond(report.seen()),
                        Percentiles.plot(
                                "Click to painted by percentile",
                                "At 99, one interrupt of a hundred took longer.",
                                "interrupts",
                                DELAY,
                                List.of(Percentiles.line("all", Seen.delays(report.seen()))))),
                List.of(figures(report)));
    }

    private static List<String> warnings(InterruptReport report) {
        List<String> warnings = new ArrayList<>();
        if (report.interrupts().lost() > 0) {
            warnings.add(count(report.interrupts().lost()) + " interrupts were never painted.");
        }
        if (report.questions().lost() > 0) {
            warnings.add(count(report.questions().lost()) + " questions were acknowledged and lost.");
        }
        if (report.failedViewers() > 0) {
            warnings.add(count(report.failedViewers()) + " viewers were refused or cut off.");
        }
        return warnings;
    }

    private static Table headline(InterruptReport.Delay delay) {
        return new Table(
                "Click to painted",
                List.of("of", "p50, ms", "p99, ms", "p99.9, ms", "max, ms"),
                List.of(List.of(
                        "Interrupts",
                        number(delay.p50(), 2),
                        number(delay.p99(), 2),
                        number(delay.p999(), 2),
                        number(delay.max(), 2))));
    }

    /// By the second of the click.
    private static Plot bySecond(List<Seen> seen) {
        long beganNanos = seen.isEmpty() ? 0 : seen.getFirst().clickNanos();
        TreeMap<Integer, List<Seen>> seconds = new TreeMap<>();
        seen.forEach(each -> seconds.computeIfAbsent(
                        (int) (Math.max(0, each.clickNanos() - beganNanos) / SECOND_NANOS), _ -> new ArrayList<>())
                .add(each));
        List<Point> slowest = new ArrayList<>();
        List<Point> median = new ArrayList<>();
        seconds.forEach((second, those) -> {
            Histogram delays = Seen.delays(those);
            slowest.add(new Point(second, delays.getMaxValue() / NANOS_PER_MILLI));
            median.add(new Point(second, delays.getValueAtPercentile(50) / NANOS_PER_MILLI));
        });
        List<Line> lines = List.of(new Line("slowest", slowest), new Line("p50", median));
        return Plot.of(
                "Click to painted by the second",
                "By the second of the click.",
                Axis.upTo("seconds measured", seconds.isEmpty() ? 1 : Math.max(1, seconds.lastKey())),
                Axis.forDelays(DELAY, lines),
                lines);
    }

    private static Table figures(InterruptReport report) {
        return new Table(
                "Figures",
                List.of("what", "value", "unit"),
                List.of(
                        List.of("Measured", number(report.seconds(), 1), "s"),
                        List.of("Interrupts", count(report.interrupts().sent()), ""),
                        List.of("seen", count(report.interrupts().seen()), ""),
                        List.of("declined by rate", count(report.interrupts().declinedByRate()), ""),
                        List.of("lost", count(report.interrupts().lost()), ""),
                        List.of("Questions", count(report.questions().sent()), ""),
                        List.of("shown", count(report.questions().shown()), ""),
                        List.of(
                                "told as a digest first",
                                count(report.questions().digested()),
                                ""),
                        List.of("refused by rate", count(report.questions().refused()), ""),
                        List.of("lost", count(report.questions().lost()), ""),
                        List.of("Node's CPU", number(report.nodeCpuPercent(), 0), "% of a core"),
                        List.of("Load's CPU", number(report.loadCpuPercent(), 0), "% of a core")));
    }

    private static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
