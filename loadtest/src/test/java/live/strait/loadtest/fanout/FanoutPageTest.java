package live.strait.loadtest.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import live.strait.loadtest.node.MachineMeters;
import live.strait.loadtest.node.NodeFigures;
import live.strait.loadtest.report.Line;
import live.strait.loadtest.report.Page;
import live.strait.loadtest.report.Plot;
import live.strait.loadtest.report.Plot.Band;
import live.strait.loadtest.report.Plot.Mark;
import live.strait.loadtest.report.Surroundings;
import live.strait.loadtest.viewer.Delays;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FanoutPageTest {
    private static final Surroundings SURROUNDINGS =
            new Surroundings("./strait loadtest fanout", Instant.EPOCH, "0123456789", "2 cores", "Linux", "25");
    private static final NodeFigures NODE = new NodeFigures(3_600, 1_200, 3_000, 0.1, 900, 5, 16, 0.2, 12, 3, 0);

    @TempDir
    private Path directory;

    @Test
    void aRunIsShownBySecondAndByPercentile() {
        Page page = page(report(NODE, Ramp.NONE, 0));
        assertThat(page.plots())
                .extracting(Plot::title)
                .containsExactly(
                        "Relay delay by the second",
                        "Relay delay by percentile",
                        "Egress by the second",
                        "Loss by the second",
                        "CPU by the second");
        assertThat(lines(page, "Relay delay by the second")).containsExactly("p99", "p50");
        assertThat(lines(page, "Relay delay by percentile"))
                .containsExactly("all", "key frames", "other frames", "sound");
        assertThat(lines(page, "CPU by the second")).containsExactly("node", "host and viewers", "steal");
        assertThat(plot(page, "Relay delay by the second").bands()).containsExactly(new Band(2, 4), new Band(5, 6));
        assertThat(page.plots()).allSatisfy(plot -> {
            assertThat(plot.x().label()).isNotBlank();
            assertThat(plot.y().label()).isNotBlank();
        });
        assertThat(page.warnings()).isEmpty();
    }

    @Test
    void figuresHaveTheirUnits() {
        Page page = page(report(NODE, Ramp.NONE, 0));
        assertThat(page.headline().rows())
                .containsExactly(
                        List.of("All packets", "2.00", "20.01", "20.01", "20.01"),
                        List.of("Key frames", "20.01", "20.01", "20.01", "20.01"),
                        List.of("Other frames", "2.00", "2.00", "2.00", "2.00"));
        assertThat(page.tables().getFirst().rows())
                .contains(
                        List.of("Egress", "100,000", "packets/s"),
                        List.of("Node's CPU a packet", "3,600", "ns"),
                        List.of("Node's CPU", "41", "% of a core"));
        assertThat(page.facts()).contains(new Page.Fact("Steal", "0.5 % of all cores"));
    }

    @Test
    void ofANodeThatIsNotOursNothingIsMadeUp() {
        Page page = page(report(null, Ramp.NONE, 0));
        assertThat(lines(page, "CPU by the second")).containsExactly("host and viewers", "steal");
        assertThat(page.tables().getFirst().rows())
                .noneMatch(row -> row.getFirst().startsWith("Node"));
    }

    @Test
    void aRampIsShownOverItsViewersWithTheLimitThatHeld() throws Exception {
        List<Ramp.Step> steps = IntStream.of(100, 200, 300)
                .mapToObj(viewers -> new Ramp.Step(
                        viewers, viewers * 200, 2, viewers / 10.0, 40, null, 0, viewers / 10.0, 20, 3_500.0, 0, 5.0))
                .toList();
        FanoutReport report = report(NODE, new Ramp(steps, 200), 0);
        Page page = page(report);
        assertThat(page.plots().subList(0, 3))
                .extracting(Plot::title)
                .containsExactly("Relay delay by viewers", "Node's CPU for a packet, by viewers", "CPU by viewers");
        assertThat(page.plots().subList(0, 3))
                .allSatisfy(plot -> assertThat(plot.marks()).contains(new Mark(true, 200, "held by 200")));
        assertThat(page.plots().getFirst().marks()).contains(new Mark(false, 20, "20 ms"));
        assertThat(page.plots().getFirst().lines().getFirst().points())
                .extracting(Line.Point::x)
                .containsExactly(100.0, 200.0, 300.0);
        assertThat(page.headline().rows()).extracting(List::getFirst).containsExactly("100", "200", "300");
        assertThat(page.headline().rows().getFirst())
                .containsExactly(
                        "100", "20,000", "2.00", "10.00", "none", "40.00", "0.0000", "10", "20", "3,500", "0.0");

        assertThat(new FanoutPage(report, options(), SURROUNDINGS).write(directory))
                .exists();
        assertThat(directory.resolve("growth.svg")).content().contains("held by 200", "CPU, ns a packet");
    }

    @Test
    void whatTheFiguresCannotSayIsToldFirst() {
        Page page = page(report(NODE, Ramp.NONE, 7));
        assertThat(page.warnings()).singleElement().asString().contains("7 packets were lost");
    }

    private static Page page(FanoutReport report) {
        return new FanoutPage(report, options(), SURROUNDINGS).page();
    }

    private static Plot plot(Page page, String title) {
        return page.plots().stream()
                .filter(plot -> plot.title().equals(title))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> lines(Page page, String title) {
        return plot(page, title).lines().stream().map(Line::name).toList();
    }

    private static FanoutReport report(@Nullable NodeFigures node, Ramp ramp, long lost) {
        List<Second> seconds = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            boolean measured = i == 3 || i == 4 || i == 6;
            seconds.add(new Second(
                    i,
                    measured,
                    500,
                    100_000,
                    measured ? 2.0 : null,
                    measured ? 9.0 : null,
                    measured ? lost : null,
                    41,
                    38,
                    0));
        }
        Delays delays = new Delays(same(1_000_000, 50), same(2_000_000, 900), same(20_000_000, 50));
        return new FanoutReport(
                500,
                1,
                3,
                100_000,
                0,
                delays,
                new FanoutReport.Join(20, 40, 60),
                new MachineMeters.Reading(0.5, 2, 41, 38),
                lost,
                0,
                0,
                true,
                5.4,
                node,
                null,
                ramp,
                seconds);
    }

    private static Histogram same(long nanos, int count) {
        Histogram histogram = new Histogram(3);
        histogram.recordValueWithCount(nanos, count);
        return histogram;
    }

    private static FanoutOptions options() {
        return new FanoutOptions(
                500,
                1,
                Duration.ZERO,
                Duration.ofSeconds(3),
                25,
                false,
                false,
                0,
                20_000_000,
                PublishSpec.RECORDED,
                "http://localhost:8080",
                "fanout",
                null);
    }
}
