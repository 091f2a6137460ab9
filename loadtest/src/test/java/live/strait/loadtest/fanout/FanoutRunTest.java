package live.strait.loadtest.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import live.strait.relay.TestNode;
import org.junit.jupiter.api.Test;

class FanoutRunTest {
    private static final int VIEWERS = 6;

    private final StringWriter progress = new StringWriter();

    @Test
    void eachViewerGetsEachPacketOnce() throws Exception {
        try (TestNode node = TestNode.start();
                FanoutRun run = new FanoutRun(options(node.http().toString()), null, new PrintWriter(progress))) {
            FanoutReport report = run.play();

            assertThat(report.failedViewers()).as(progress.toString()).isZero();
            assertThat(report.lostPackets()).isZero();
            assertThat(report.duplicatePackets()).isZero();
            assertThat(report.egressPps()).isGreaterThan(VIEWERS * 100.0);
            assertThat(report.relayDelayMs().p50()).isGreaterThan(0);
            assertThat(report.joinMs().p50()).isGreaterThan(0);
        }
    }

    private static FanoutOptions options(String target) {
        return new FanoutOptions(
                VIEWERS, Duration.ofMillis(200), Duration.ofSeconds(1), 20, true, target, "fanout", null);
    }
}
