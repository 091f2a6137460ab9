package live.strait.loadtest.report;

import java.util.ArrayList;
import java.util.List;
import live.strait.loadtest.report.Line.Point;
import org.HdrHistogram.Histogram;

/// How delays are distributed: what share of them was how short.
public final class Percentiles {
    private static final double NANOS_PER_MILLI = 1e6;
    /// Behind 99.999 % there is nothing to see.
    private static final double MOST_NINES = 5;

    private static final double NINES_STEP = 0.05;

    private Percentiles() {}

    /// In ms, of a histogram in ns; without points where that is empty. A percentile is told as far as values are
    /// beyond it.
    public static Line line(String name, Histogram nanos) {
        List<Point> points = new ArrayList<>();
        long count = nanos.getTotalCount();
        double most = count == 0 ? -1 : Math.min(MOST_NINES, Math.log10((double) count));
        for (int i = 0; i * NINES_STEP <= most; i++) {
            double percentile = 100 - 100 * Math.pow(10, -i * NINES_STEP);
            points.add(new Point(percentile, nanos.getValueAtPercentile(percentile) / NANOS_PER_MILLI));
        }
        return new Line(name, points);
    }

    /// Lines over percentiles; those without points are left out.
    ///
    /// @param what is counted, as in `packets`
    public static Plot plot(String title, String note, String what, String delay, List<Line> all) {
        List<Line> lines = all.stream().filter(line -> !line.points().isEmpty()).toList();
        double most = lines.stream()
                .mapToDouble(line -> line.points().getLast().x())
                .max()
                .orElse(90);
        return Plot.of(title, note, Axis.percentiles(what + ", %", most), Axis.fromZero(delay, lines), lines);
    }
}
