package live.strait.loadtest.report;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import live.strait.loadtest.report.Axis.Tick;
import live.strait.loadtest.report.Line.Point;
import live.strait.loadtest.report.Plot.Band;
import live.strait.loadtest.report.Plot.Mark;

/// Writes a plot as SVG: all of one size, in units that are pixels on a small screen.
///
/// Classes stand for colours, which `plot.css` gives for light and dark. Resting over a place shows the values
/// there.
final class PlotWriter {
    static final int WIDTH = 480;
    static final int HEIGHT = 298;

    private static final double LEFT = 62;
    private static final double RIGHT = WIDTH - 22.0;
    private static final double TOP = 84;
    private static final double BOTTOM = HEIGHT - 44.0;
    private static final double TITLE_BASE = 20;
    private static final double LEGEND_BASE = 42;
    private static final double LABEL_BASE = 66;
    private static final double SAMPLE = 18;
    /// Of a letter, on average and at the size of a telephone's screen.
    private static final double LETTER = 8.8;
    /// Where there are so few, each point has a dot.
    private static final int FEW_POINTS = 25;

    private final Markup out;
    private final Plot plot;

    private PlotWriter(Markup out, Plot plot) {
        this.out = out;
        this.plot = plot;
    }

    /// Writes it as an element of its own.
    ///
    /// @param x where it begins in what it is a part of
    /// @param y likewise
    static void write(Markup out, Plot plot, int x, int y) {
        out.open("svg", "class", "plot", "role", "img", "aria-label", plot.title())
                .with("xmlns", "http://www.w3.org/2000/svg")
                .with("viewBox", "0 0 " + WIDTH + " " + HEIGHT)
                .with("x", x, "y", y, "width", WIDTH, "height", HEIGHT);
        new PlotWriter(out, plot).write();
        out.close();
    }

    private void write() {
        out.element("text", plot.title(), "class", "title", "x", 0.0, "y", TITLE_BASE);
        writeBands();
        writeGrid();
        writeLegend();
        plot.marks().forEach(this::writeMark);
        for (int i = 0; i < plot.lines().size(); i++) {
            writeLine(plot.lines().get(i), i);
        }
        writeValues();
    }

    private void writeBands() {
        for (Band band : plot.bands()) {
            double from = x(band.from());
            out.empty(
                    "rect", "class", "band", "x", from, "y", TOP, "width", x(band.to()) - from, "height", BOTTOM - TOP);
        }
    }

    private void writeGrid() {
        for (Tick tick : plot.y().ticks()) {
            double at = y(tick.value());
            out.empty("line", "class", "grid", "x1", LEFT, "y1", at, "x2", RIGHT, "y2", at);
            out.element("text", tick.text(), "class", "number", "x", LEFT - 8, "y", at + 5);
        }
        for (Tick tick : plot.x().ticks()) {
            double at = x(tick.value());
            out.empty("line", "class", "axis", "x1", at, "y1", BOTTOM, "x2", at, "y2", BOTTOM + 4);
            out.element("text", tick.text(), "class", "below", "x", at, "y", BOTTOM + 19);
        }
        out.empty("line", "class", "axis", "x1", LEFT, "y1", BOTTOM, "x2", RIGHT, "y2", BOTTOM);
        out.element("text", plot.y().label(), "x", 0.0, "y", LABEL_BASE);
        out.element("text", plot.x().label(), "class", "number", "x", RIGHT, "y", HEIGHT - 6.0);
    }

    private void writeLegend() {
        double middle = LEGEND_BASE - 5;
        double at = 0;
        for (int i = 0; i < plot.lines().size(); i++) {
            String name = plot.lines().get(i).name();
            out.empty("line", "class", "line s" + i, "x1", at, "y1", middle, "x2", at + SAMPLE, "y2", middle);
            at = writeName(name, at);
        }
        if (!plot.bands().isEmpty()) {
            out.empty("rect", "class", "band", "x", at, "y", LEGEND_BASE - 12, "width", SAMPLE, "height", 14.0);
            writeName(plot.bandName(), at);
        }
    }

    private double writeName(String name, double at) {
        out.element("text", name, "x", at + SAMPLE + 5, "y", LEGEND_BASE);
        return at + SAMPLE + 5 + name.length() * LETTER + 14;
    }

    private void writeMark(Mark mark) {
        if (mark.upright()) {
            double at = x(mark.at());
            out.empty("line", "class", "mark", "x1", at, "y1", TOP, "x2", at, "y2", BOTTOM);
            boolean isLeft = at < (LEFT + RIGHT) / 2;
            out.element(
                    "text", mark.name(), "class", isLeft ? "" : "number", "x", isLeft ? at + 5 : at - 5, "y", TOP + 12);
        } else {
            double at = y(mark.at());
            out.empty("line", "class", "mark", "x1", LEFT, "y1", at, "x2", RIGHT, "y2", at);
            out.element("text", mark.name(), "x", LEFT + 5, "y", at - 5);
        }
    }

    private void writeLine(Line line, int number) {
        List<Point> points = line.points();
        StringBuilder path = new StringBuilder();
        boolean isGap = true;
        for (Point point : points) {
            if (Double.isFinite(point.y())) {
                // The line of no length shows a point that stands alone.
                String step = isGap ? "M%1$.1f %2$.1fh0" : "L%1$.1f %2$.1f";
                path.append(String.format(Locale.ROOT, step, x(point.x()), y(point.y())));
            }
            isGap = !Double.isFinite(point.y());
        }
        out.empty("path", "class", "line s" + number, "d", path);
        if (points.size() <= FEW_POINTS) {
            points.stream()
                    .filter(point -> Double.isFinite(point.y()))
                    .forEach(point -> out.empty(
                            "circle", "class", "dot s" + number, "cx", x(point.x()), "cy", y(point.y()), "r", 3.0));
        }
    }

    /// An invisible column around each x, with what the lines are there.
    private void writeValues() {
        double[] all = plot.lines().stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(Point::x)
                .sorted()
                .distinct()
                .toArray();
        for (int i = 0; i < all.length; i++) {
            double from = i == 0 ? LEFT : (x(all[i - 1]) + x(all[i])) / 2;
            double to = i == all.length - 1 ? RIGHT : (x(all[i]) + x(all[i + 1])) / 2;
            out.open("rect", "class", "values", "x", from, "y", TOP, "width", to - from, "height", BOTTOM - TOP);
            out.element("title", values(all[i]));
            out.close();
        }
    }

    private String values(double x) {
        StringJoiner text = new StringJoiner("\n");
        text.add(plot.x().label() + ": " + value(x));
        for (Line line : plot.lines()) {
            line.points().stream()
                    .filter(point -> point.x() == x && Double.isFinite(point.y()))
                    .forEach(point -> text.add(line.name() + ": " + value(point.y())));
        }
        return text.toString();
    }

    /// Three digits that mean something.
    private static String value(double value) {
        double size = Math.abs(value);
        int digits = size == Math.rint(size) || size >= 100 ? 0 : size >= 10 ? 1 : 2;
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }

    private double x(double value) {
        return LEFT + plot.x().place(value) * (RIGHT - LEFT);
    }

    private double y(double value) {
        return BOTTOM - plot.y().place(value) * (BOTTOM - TOP);
    }
}
