package live.strait.relay.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// What is registered stays so.
class PrometheusTextTest {
    private final PrometheusText metrics = new PrometheusText(List.of());
    private final AtomicLong count = new AtomicLong();

    @Test
    void counterIsReadAtEachScrapeAlsoAfterACollection() {
        metrics.counter("strait_things", "Things", () -> count.get(), "kind", "new");
        System.gc();
        count.set(3);
        assertThat(metrics.scrape()).contains("strait_things_total{kind=\"new\"} 3.0");
        System.gc();
        count.set(5);
        assertThat(metrics.scrape()).contains("strait_things_total{kind=\"new\"} 5.0");
    }

    @Test
    void linesThatAreWrittenElsewhereStandBehind() {
        metrics.text(() -> "strait_other 7\n");
        assertThat(metrics.scrape()).endsWith("strait_other 7\n");
    }
}
