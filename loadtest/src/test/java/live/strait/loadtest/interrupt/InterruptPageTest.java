package live.strait.loadtest.interrupt;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import live.strait.loadtest.interrupt.CutInBook.Seen;
import live.strait.loadtest.report.Line.Point;
import live.strait.loadtest.report.Page;
import live.strait.loadtest.report.Plot;
import live.strait.loadtest.report.Surroundings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptPageTest {
    private static final long MILLI = 1_000_000;
    private static final Surroundings SURROUNDINGS =
            new Surroundings("./strait loadtest interrupt", Instant.EPOCH, null, "2 cores", "Linux", "25");

    private final InterruptReport report = report(0);

    @TempDir
    private Path directory;

    @Test
    void clicksAreShownBySecondAndByPercentile() {
        Page page = InterruptPage.page(report, SURROUNDINGS);
        assertThat(page.plots())
                .extracting(Plot::title)
                .containsExactly("Click to painted by the second", "Click to painted by percentile");
        assertThat(page.plots().getFirst().lines().getFirst().points())
                .extracting(Point::x)
                .containsExactly(0.0, 2.0);
        assertThat(page.plots().getFirst().lines().getFirst().points())
                .extracting(point -> Math.rint(point.y()))
                .containsExactly(50.0, 40.0);
        assertThat(page.headline().rows()).containsExactly(List.of("Interrupts", "40.01", "50.00", "50.00", "50.00"));
        assertThat(page.warnings()).isEmpty();
    }

    @Test
    void lostInterruptsAreToldFirst() {
        assertThat(InterruptPage.page(report(2), SURROUNDINGS).warnings())
                .containsExactly("2 interrupts were never painted.");
    }

    @Test
    void aPageAndJsonTellTheSame() throws Exception {
        assertThat(InterruptPage.write(report, SURROUNDINGS, directory))
                .content()
                .contains("40.01");
        Path json = directory.resolve("figures.json");
        report.write(json);
        JsonNode figures = new ObjectMapper().readTree(Files.readString(json));
        assertThat(figures.path("samples").asLong()).isEqualTo(3);
        assertThat(figures.path("clickToSeenMs").path("p50").asDouble()).isEqualTo(40.01);
        assertThat(figures.has("seen")).isFalse();
    }

    private static InterruptReport report(int lost) {
        List<Seen> seen = List.of(
                new Seen(1_000 * MILLI, 30 * MILLI),
                new Seen(1_999 * MILLI, 50 * MILLI),
                new Seen(3_100 * MILLI, 40 * MILLI));
        return new InterruptReport(
                30,
                3,
                "sea-4g",
                "perfect",
                new CutInBook.Totals(3 + lost, 3, lost, 0),
                seen,
                new QuestionBook.Totals(10, 10, 0, 0, 0),
                0,
                0,
                1,
                40,
                30);
    }
}
