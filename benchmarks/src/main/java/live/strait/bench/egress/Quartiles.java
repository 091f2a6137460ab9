package live.strait.bench.egress;

import java.util.List;
import java.util.Locale;

/// The middle of some figures, and between which the middle half of them lies.
public record Quartiles(double lower, double median, double upper) {
    static Quartiles of(List<Double> figures) {
        List<Double> sorted = figures.stream().sorted().toList();
        return new Quartiles(at(sorted, 0.25), at(sorted, 0.5), at(sorted, 0.75));
    }

    String text(String format) {
        return String.format(Locale.ROOT, format + " (" + format + " to " + format + ")", median, lower, upper);
    }

    private static double at(List<Double> sorted, double share) {
        double place = share * (sorted.size() - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.size() - 1);
        return sorted.get(below) + (place - below) * (sorted.get(above) - sorted.get(below));
    }
}
