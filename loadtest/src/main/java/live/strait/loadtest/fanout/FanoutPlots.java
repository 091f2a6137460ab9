package live.strait.loadtest.fanout;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import live.strait.loadtest.report.Axis;
import live.strait.loadtest.report.Line;
import live.strait.loadtest.report.Line.Point;
import live.strait.loadtest.report.Percentiles;
import live.strait.loadtest.report.Plot;
import live.strait.loadtest.report.Plot.Band;
import live.strait.loadtest.report.Plot.Mark;
import org.jspecify.annotations.Nullable;

/// What there is to see of a run: how it grew with the viewers, and how it went second by second.
final class FanoutPlots {
    private static final double NANOS_PER_MILLI = 1e6;
    private final FanoutReport report;
    private final FanoutOptions options;

    FanoutPlots(FanoutReport report, FanoutOptions options) {
        this.report = report;
        this.options = options;
    }

    /// Over the viewers of a ramp; none when there was no ramp.
    List<Plot> growth() {
        List<Ramp.Step> steps = report.ramp().steps();
        if (steps == null) {
            return List.of();
        }
        List<Plot> plots = new ArrayList<>();
        List<Line> delays = new ArrayList<>();
        addLine(delays, "all p99", steps, Ramp.Step::p99Ms);
        addLine(delays, "key frames p99", steps, Ramp.Step::keyFrameP99Ms);
        addLine(delays, "all p50", steps, Ramp.Step::p50Ms);
        plots.add(grown("Relay delay by viewers", "delay, ms", delays));
        if (report.node() != null) {
            List<Line> costs = new ArrayList<>();
            addLine(costs, "node", steps, Ramp.Step::nodeCpuNsPerPacket);
            plots.add(grown("Node's CPU for a packet, by viewers", "CPU, ns a packet", costs));
        }
        List<Line> cpu = new ArrayList<>();
        if (report.node() != null) {
            addLine(cpu, "node", steps, Ramp.Step::nodeCpuPercent);
        }
        addLine(cpu, "host and viewers", steps, Ramp.Step::loadCpuPercent);
        plots.add(grown("CPU by viewers", "CPU, % of a core", cpu));
        List<Line> lost = new ArrayList<>();
        addLine(lost, "lost", steps, Ramp.Step::lossPercent);
        plots.add(grown("Loss by viewers", "lost, % of all packets", lost));
        return plots;
    }

    /// Over time and over percentiles.
    List<Plot> course() {
        return List.of(delayBySecond(), delayByPercentile(), egress(), loss(), cpu());
    }

    private Plot grown(String title, String unit, List<Line> lines) {
        List<Mark> marks = new ArrayList<>();
        Integer held = report.ramp().viewersHeld();
        if (held != null && held > 0) {
            marks.add(new Mark(true, held, String.format(Locale.ROOT, "held by %,d", held)));
        }
        boolean isDelay = unit.startsWith("delay");
        Axis y = isDelay ? Axis.forDelays(unit, lines) : Axis.fromZero(unit, lines);
        double late = options.untilLateNanos() / NANOS_PER_MILLI;
        if (isDelay && late <= y.most()) {
            marks.add(new Mark(false, late, String.format(Locale.ROOT, "%.0f ms", late)));
        }
        return Plot.of(title, "", Axis.upTo("viewers", report.viewers()), y, lines)
                .withMarks(marks);
    }

    private static void addLine(
            List<Line> lines, String name, List<Ramp.Step> steps, Function<Ramp.Step, @Nullable Double> value) {
        List<Point> points = steps.stream()
                .map(step -> new Point(step.viewers(), orGap(value.apply(step))))
                .toList();
        if (points.stream().anyMatch(point -> Double.isFinite(point.y()))) {
            lines.add(new Line(name, points));
        }
    }

    private Plot delayBySecond() {
        List<Line> lines = List.of(bySecond("p99", Second::p99Ms), bySecond("p50", Second::p50Ms));
        return overTime("Relay delay by the second", Axis.forDelays("delay, ms", lines), lines, "");
    }

    private Plot delayByPercentile() {
        String of = report.ramp().steps() == null ? "" : "Of the last step. ";
        return Percentiles.plot(
                "Relay delay by percentile",
                of + "At 99, one packet of a hundred was later.",
                "packets",
                "delay, ms",
                List.of(
                        Percentiles.line("all", report.delays().all()),
                        Percentiles.line("key frames", report.delays().keyFrames()),
                        Percentiles.line("other frames", report.delays().deltaFrames()),
                        Percentiles.line("sound", report.delays().sound())));
    }

    private Plot egress() {
        List<Line> lines = List.of(bySecond("egress", Second::egressPps));
        return overTime(
                "Egress by the second",
                Axis.fromZero("packets/s", lines),
                lines,
                "RTP packets that came to all viewers together.");
    }

    private Plot loss() {
        List<Line> lines = List.of(bySecond(
                "lost",
                second -> second.lostPackets() == null
                        ? null
                        : second.lostPackets().doubleValue()));
        return overTime(
                "Loss by the second",
                Axis.fromZero("lost packets", lines),
                lines,
                "By the second in which the host sent them.");
    }

    private Plot cpu() {
        List<Line> lines = new ArrayList<>();
        if (report.node() != null) {
            lines.add(bySecond("node", Second::nodeCpuPercent));
        }
        lines.add(bySecond("host and viewers", Second::loadCpuPercent));
        lines.add(bySecond("steal", second -> second.stealPercent() < 0 ? null : second.stealPercent()));
        return overTime(
                "CPU by the second",
                Axis.fromZero("CPU, % of a core", lines),
                lines,
                "Steal is what the hypervisor gave to others, in percent of all cores.");
    }

    private Plot overTime(String title, Axis y, List<Line> lines, String note) {
        double end =
                report.bySecond().isEmpty() ? 1 : report.bySecond().getLast().atSeconds();
        return Plot.of(title, note, Axis.upTo("seconds since the beginning", end), y, lines)
                .withBands("measured", measured());
    }

    /// Where it was measured, from tick to tick.
    private List<Band> measured() {
        List<Band> bands = new ArrayList<>();
        List<Second> all = report.bySecond();
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).measured()) {
                double from = i == 0 ? 0 : all.get(i - 1).atSeconds();
                boolean goesOn = i > 0 && all.get(i - 1).measured();
                Band before = goesOn ? bands.removeLast() : new Band(from, from);
                bands.add(new Band(before.from(), all.get(i).atSeconds()));
            }
        }
        return bands;
    }

    private Line bySecond(String name, Function<Second, @Nullable Double> value) {
        return new Line(
                name,
                report.bySecond().stream()
                        .map(second -> new Point(second.atSeconds(), orGap(value.apply(second))))
                        .toList());
    }

    private static double orGap(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }
}
