package live.strait.loadtest.report;

import java.util.List;

/// A line of a plot.
///
/// @param points from left to right; a `y` that is no number makes a gap
public record Line(String name, List<Point> points) {
    /// A point in the units of the axes.
    public record Point(double x, double y) {}

    public Line {
        points = List.copyOf(points);
    }
}
