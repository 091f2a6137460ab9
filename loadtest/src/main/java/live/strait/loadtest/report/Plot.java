package live.strait.loadtest.report;

import java.util.List;

/// Lines over one axis, with what is to be known to read them.
///
/// @param note a sentence below, or empty
/// @param bands of `x`, in which the ground is shaded
/// @param bandName what a band means, or empty where there is none
/// @param marks limits across the plot
public record Plot(
        String title,
        String note,
        Axis x,
        Axis y,
        List<Line> lines,
        String bandName,
        List<Band> bands,
        List<Mark> marks) {
    /// A part of the x axis.
    public record Band(double from, double to) {}

    /// A dashed line across, at a place of one axis.
    public record Mark(boolean upright, double at, String name) {}

    public Plot {
        lines = List.copyOf(lines);
        bands = List.copyOf(bands);
        marks = List.copyOf(marks);
    }

    /// Lines alone.
    public static Plot of(String title, String note, Axis x, Axis y, List<Line> lines) {
        return new Plot(title, note, x, y, lines, "", List.of(), List.of());
    }

    /// With parts of the x axis shaded.
    public Plot withBands(String name, List<Band> shaded) {
        return new Plot(title, note, x, y, lines, name, shaded, marks);
    }

    /// With limits.
    public Plot withMarks(List<Mark> limits) {
        return new Plot(title, note, x, y, lines, bandName, bands, limits);
    }
}
