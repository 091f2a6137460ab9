package live.strait.loadtest.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import live.strait.relay.TestNode;
import org.junit.jupiter.api.Test;

class NodeMetricsTest {
    @Test
    void figuresWithLabelsAreSummed() {
        NodeMetrics metrics = NodeMetrics.parse("""
                # HELP strait_dropped_total Datagrams
                # TYPE strait_dropped_total counter
                strait_dropped_total{reason="a b"} 3.0
                strait_dropped_total{reason="c"} 4.0
                strait_rtp_forwarded_total 1.5E7
                """);
        assertThat(metrics.get("strait_dropped_total")).isEqualTo(7);
        assertThat(metrics.get("strait_rtp_forwarded_total")).isEqualTo(1.5e7);
    }

    @Test
    void missingFigureIsNotTakenForNone() {
        assertThatThrownBy(() -> NodeMetrics.parse("").get("strait_x"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("strait_x");
    }

    @Test
    void nodeTellsAllThatTheMeterReads() throws Exception {
        try (TestNode node = TestNode.start()) {
            NodeMetrics metrics = NodeMetrics.of(node.http());
            assertThat(metrics.values()).containsKeys(NodeMeter.COUNTERS.toArray(String[]::new));
            assertThat(metrics.get(WarmUp.COMPILE_MILLIS)).isPositive();
            assertThat(metrics.get("strait_loop_allocated_bytes_total")).isPositive();
            assertThat(metrics.get("strait_loop_cpu_nanos_total")).isPositive();
            assertThat(metrics.get("strait_loop_gap_max_seconds")).isBetween(0.001, 60.0);
        }
    }
}
