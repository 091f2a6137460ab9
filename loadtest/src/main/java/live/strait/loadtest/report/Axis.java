package live.strait.loadtest.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/// One direction of a plot: what it counts, from where to where, and where numbers stand.
///
/// @param label with the unit, as in `delay, ms`
/// @param least at the axis' beginning, as all values in the axis' own unit
public record Axis(String label, Scale scale, double least, double most, List<Tick> ticks) {
    /// About so many numbers stand at an axis: on a telephone there is no room for more.
    private static final int TICKS = 5;
    /// A logarithmic axis shows what differs by more than this.
    private static final double WIDE = 30;

    /// A number that stands at an axis.
    public record Tick(double value, String text) {}

    /// How values become places.
    public enum Scale {
        LINEAR,
        LOGARITHMIC,
        /// Percentiles, each step ten times as near to 100 as the one before: 0, 90, 99, 99.9.
        NINES;

        double apply(double value) {
            return switch (this) {
                case LINEAR -> value;
                case LOGARITHMIC -> Math.log10(value);
                case NINES -> -Math.log10(1 - value / 100);
            };
        }
    }

    public Axis {
        ticks = List.copyOf(ticks);
    }

    /// From 0 to a round number that is not below any of the values.
    public static Axis fromZero(String label, List<Line> lines) {
        double largest = values(lines).max().orElse(0);
        if (largest <= 0) {
            return linear(label, 1, 1);
        }
        double step = step(largest);
        return linear(label, step, Math.ceil(largest / step - 1e-9) * step);
    }

    /// From 0 to `most`, where the axis ends even if that is no round number.
    public static Axis upTo(String label, double most) {
        return linear(label, step(most), most);
    }

    /// From 0, or logarithmic where the largest value is very many times the smallest.
    public static Axis forDelays(String label, List<Line> lines) {
        double smallest = values(lines).filter(value -> value > 0).min().orElse(1);
        double largest = values(lines).max().orElse(1);
        if (largest < WIDE * smallest) {
            return fromZero(label, lines);
        }
        int first = (int) Math.floor(Math.log10(smallest) + 1e-9);
        int last = (int) Math.ceil(Math.log10(largest) - 1e-9);
        List<Tick> ticks = new ArrayList<>();
        for (int power = first; power <= last; power++) {
            ticks.add(new Tick(Math.pow(10, power), number(Math.pow(10, power), Math.pow(10, power))));
        }
        return new Axis(label, Scale.LOGARITHMIC, Math.pow(10, first), Math.pow(10, last), ticks);
    }

    /// Percentiles up to `most`, in percent.
    public static Axis percentiles(String label, double most) {
        List<Tick> ticks = new ArrayList<>();
        ticks.add(new Tick(0, "0"));
        String nines = "90";
        for (double below = 10; 100 - below <= most + 1e-9; below /= 10) {
            ticks.add(new Tick(100 - below, nines));
            nines = nines.equals("90") ? "99" : nines.equals("99") ? "99.9" : nines + "9";
        }
        return new Axis(label, Scale.NINES, 0, most, ticks);
    }

    /// Where a value stands, from 0 to 1; what is outside stands at the end.
    double place(double value) {
        double from = scale.apply(least);
        double inside = Math.clamp(value, least, most);
        return (scale.apply(inside) - from) / (scale.apply(most) - from);
    }

    private static DoubleStream values(List<Line> lines) {
        return lines.stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(Line.Point::y)
                .filter(Double::isFinite);
    }

    private static Axis linear(String label, double step, double most) {
        List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i * step <= most * (1 + 1e-9); i++) {
            ticks.add(new Tick(i * step, number(i * step, step)));
        }
        return new Axis(label, Scale.LINEAR, 0, most, ticks);
    }

    /// 1, 2 or 5 times a power of ten.
    private static double step(double most) {
        double rough = most / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        for (int times : new int[] {1, 2, 5}) {
            if (times * power >= rough * (1 - 1e-9)) {
                return times * power;
            }
        }
        return 10 * power;
    }

    /// With as many digits behind the point as a step needs.
    private static String number(double value, double step) {
        int digits = (int) Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
