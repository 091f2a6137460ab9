package live.strait.loadtest.fanout;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import live.strait.loadtest.fanout.FanoutReport.Delay;
import live.strait.loadtest.fanout.FanoutReport.Join;
import live.strait.loadtest.node.NodeFigures;
import live.strait.loadtest.report.Page;
import live.strait.loadtest.report.Page.Fact;
import live.strait.loadtest.report.PageWriter;
import live.strait.loadtest.report.Plot;
import live.strait.loadtest.report.Surroundings;
import live.strait.loadtest.report.Table;
import org.jspecify.annotations.Nullable;

/// A report as a page: [FanoutPlots] below the facts, the figures below the plots.
final class FanoutPage {
    private static final String GROWTH_FILE = "growth.svg";
    private static final double LOAD_IS_FULL_PERCENT = 90;

    private final FanoutReport report;
    private final FanoutOptions options;
    private final Surroundings surroundings;

    FanoutPage(FanoutReport report, FanoutOptions options, Surroundings surroundings) {
        this.report = report;
        this.options = options;
        this.surroundings = surroundings;
    }

    /// Writes it into a directory; of a ramp also the growth as `growth.svg`, for documents.
    ///
    /// @return the page's file
    Path write(Path directory) throws IOException {
        Path file = PageWriter.write(page(), directory);
        if (report.ramp().steps() != null) {
            PageWriter.writeFigure(new FanoutPlots(report, options).growth(), directory.resolve(GROWTH_FILE));
        }
        return file;
    }

    Page page() {
        List<Fact> facts = new ArrayList<>(surroundings.facts());
        facts.add(new Fact(
                "Steal",
                String.format(
                        Locale.ROOT, "%.1f %% of all cores", report.machine().stealPercent())));
        facts.add(new Fact("Load average", number(report.machine().loadAverage(), 1)));
        FanoutPlots fanout = new FanoutPlots(report, options);
        List<Plot> plots = new ArrayList<>(fanout.growth());
        plots.addAll(fanout.course());
        List<Ramp.Step> steps = report.ramp().steps();
        Table headline = steps == null ? delays() : steps(steps);
        List<Table> tables = steps == null ? List.of(figures()) : List.of(delays(), figures());
        return new Page(title(), lead(), warnings(), facts, headline, plots, tables);
    }

    private String title() {
        return "Fan-out to " + count(report.viewers()) + (report.viewers() == 1 ? " viewer" : " viewers")
                + (report.rooms() == 1 ? "" : String.format(Locale.ROOT, " in %,d rooms", report.rooms()));
    }

    private String lead() {
        PublishSpec publish = options.publish();
        String rate =
                publish.topBps() == 0 ? "" : String.format(Locale.ROOT, " at %,.0f kbit/s", publish.topBps() / 1e3);
        return String.format(
                Locale.ROOT,
                "Each host sends its sound and a picture%s, %.0f frames a second, in %d %s. A packet's delay is from the"
                        + " host's sending to the viewer's socket.",
                rate,
                publish.framesPerSecond(),
                publish.layers(),
                publish.layers() == 1 ? "layer" : "layers");
    }

    private List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        if (!report.judged()) {
            warnings.add(String.format(
                    Locale.ROOT,
                    "Not judged: others took %.1f %% of this machine meanwhile, so the figures say little about the"
                            + " relay.",
                    report.machine().stealPercent()));
        }
        if (report.failedViewers() > 0) {
            warnings.add(String.format(
                    Locale.ROOT, "%,d viewers never saw a picture or were thrown out.", report.failedViewers()));
        }
        if (report.lostPackets() > 0) {
            warnings.add(String.format(
                    Locale.ROOT, "%,d packets were lost, %.3f %%.", report.lostPackets(), report.lossPercent()));
        }
        if (report.machine().loadCpuPercent() > LOAD_IS_FULL_PERCENT) {
            warnings.add("Host and viewers had hardly any of their core left: delay and loss may be theirs.");
        }
        return warnings;
    }

    private Table delays() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(delay("All packets", report.relayDelayMs()));
        rows.add(delay("Key frames", report.keyFrameDelayMs()));
        rows.add(delay("Other frames", report.deltaFrameDelayMs()));
        return new Table(
                "Relay delay" + (report.ramp().steps() == null ? "" : ", last step"),
                List.of("packets of", "p50, ms", "p99, ms", "p99.9, ms", "max, ms"),
                rows);
    }

    private static List<String> delay(String name, @Nullable Delay delay) {
        return delay == null
                ? List.of(name, "none", "", "", "")
                : List.of(name, millis(delay.p50()), millis(delay.p99()), millis(delay.p999()), millis(delay.max()));
    }

    private Table figures() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("Viewers", count(report.viewers()), ""));
        rows.add(List.of("Measured", number(report.seconds(), 1), "s"));
        rows.add(List.of("Egress", number(report.egressPps(), 0), "packets/s"));
        rows.add(List.of("Lost", number(report.lossPercent(), 4), "%"));
        rows.add(List.of("Doubled", count(report.duplicatePackets()), "packets"));
        rows.add(List.of("Load's CPU", number(report.machine().loadCpuPercent(), 0), "% of a core"));
        addJoin(rows, "Join", report.joinMs());
        if (report.packetsPerMessage() != null) {
            rows.add(List.of("Video, a message", number(report.packetsPerMessage(), 2), "packets"));
        }
        if (report.node() != null) {
            addNode(rows, report.node());
        }
        JoinStorm.Figures storm = report.joinStorm();
        if (storm != null) {
            rows.add(List.of("Storm", count(storm.joins()), "joins"));
            rows.add(List.of("Storm, failed", count(storm.failed()), "joins"));
            addJoin(rows, "Storm, join", storm.joinMs());
        }
        return new Table(
                "Figures" + (report.ramp().steps() == null ? "" : ", last step"),
                List.of("what", "value", "unit"),
                rows);
    }

    private static void addJoin(List<List<String>> rows, String name, Join join) {
        rows.add(List.of(name + " p50", number(join.p50(), 0), "ms"));
        rows.add(List.of(name + " p95", number(join.p95(), 0), "ms"));
        rows.add(List.of(name + " p99", number(join.p99(), 0), "ms"));
    }

    private void addNode(List<List<String>> rows, NodeFigures node) {
        rows.add(List.of("Node's CPU", number(report.machine().nodeCpuPercent(), 0), "% of a core"));
        rows.add(List.of("Node's CPU a packet", number(node.nodeCpuNsPerPacket(), 0), "ns"));
        rows.add(List.of("outside the kernel", number(node.nodeUserCpuNsPerPacket(), 0), "ns"));
        rows.add(List.of("by the media loops", number(node.loopCpuNsPerPacket(), 0), "ns"));
        rows.add(List.of("Allocated a packet", number(node.allocatedBytesPerPacket(), 1), "bytes"));
        rows.add(List.of("Allocated a datagram in", number(node.allocatedBytesPerDatagramIn(), 0), "bytes"));
        rows.add(List.of("Messages a system call", number(node.messagesPerCall(), 1), ""));
        rows.add(List.of("Longest safepoint", number(node.maxPauseMs(), 2), "ms"));
        rows.add(List.of("Longest gap of a loop", number(node.maxLoopGapMs(), 2), "ms"));
        rows.add(List.of("Key frames asked", count(node.keyFramesRequested()), ""));
        rows.add(List.of("Dropped by the node", count(node.droppedDatagrams()), "datagrams"));
    }

    private static Table steps(List<Ramp.Step> steps) {
        return new Table(
                "Ramp",
                List.of(
                        "viewers",
                        "packets/s",
                        "p50, ms",
                        "p99, ms",
                        "key frames p99, ms",
                        "max, ms",
                        "lost, %",
                        "node CPU, %",
                        "load CPU, %",
                        "CPU a packet, ns",
                        "steal, %"),
                steps.stream().map(FanoutPage::step).toList());
    }

    private static List<String> step(Ramp.Step step) {
        return List.of(
                count(step.viewers()),
                number(step.egressPps(), 0),
                millis(step.p50Ms()),
                millis(step.p99Ms()),
                step.keyFrameP99Ms() == null ? "none" : millis(step.keyFrameP99Ms()),
                millis(step.maxMs()),
                number(step.lossPercent(), 4),
                number(step.nodeCpuPercent(), 0),
                number(step.loadCpuPercent(), 0),
                step.nodeCpuNsPerPacket() == null ? "unknown" : number(step.nodeCpuNsPerPacket(), 0),
                number(step.stealPercent(), 1));
    }

    private static String millis(double millis) {
        return number(millis, 2);
    }

    private static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
