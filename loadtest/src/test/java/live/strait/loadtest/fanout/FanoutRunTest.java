package live.strait.loadtest.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import live.strait.relay.TestNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("peer")
class FanoutRunTest {
    private static final int VIEWERS = 6;

    private final StringWriter progress = new StringWriter();

    @Test
    void eachViewerGetsEachPacketOnce() throws Exception {
        try (TestNode node = TestNode.start();
                FanoutRun run =
                        new FanoutRun(options(node.http().toString(), 1, false, 0), null, new PrintWriter(progress))) {
            FanoutReport report = run.play();

            assertThat(report.failedViewers()).as(progress.toString()).isZero();
            assertThat(report.lostPackets()).isZero();
            assertThat(report.duplicatePackets()).isZero();
            assertThat(report.egressPps()).isGreaterThan(VIEWERS * 100.0);
            assertThat(report.relayDelayMs().p50()).isGreaterThan(0);
            assertThat(report.delays().sound().getTotalCount()).isGreaterThan(VIEWERS * 40L);
            assertThat(report.delays().deltaFrames().getTotalCount()).isGreaterThan(VIEWERS * 60L);
            assertThat(report.joinMs().p50()).isGreaterThan(0);
        }
    }

    @Test
    void eachRoomHasAHostAndItsShareOfTheViewers() throws Exception {
        try (TestNode node = TestNode.start();
                FanoutRun run =
                        new FanoutRun(options(node.http().toString(), 3, false, 0), null, new PrintWriter(progress))) {
            FanoutReport report = run.play();

            assertThat(report.failedViewers()).as(progress.toString()).isZero();
            assertThat(report.lostPackets()).isZero();
            assertThat(report.duplicatePackets()).isZero();
            assertThat(report.egressPps()).isGreaterThan(VIEWERS * 100.0);
        }
    }

    @Test
    void rampMeasuresAgainWithMoreViewers() throws Exception {
        try (TestNode node = TestNode.start();
                FanoutRun run =
                        new FanoutRun(options(node.http().toString(), 1, false, 2), null, new PrintWriter(progress))) {
            FanoutReport report = run.play();

            assertThat(report.ramp().steps()).extracting(Ramp.Step::viewers).containsExactly(2, 4, 6);
            assertThat(report.bySecond())
                    .filteredOn(Second::measured)
                    .hasSize(3)
                    .allSatisfy(second -> assertThat(second.lostPackets()).isZero())
                    .allSatisfy(second -> assertThat(second.p99Ms()).isPositive());
            assertThat(report.bySecond())
                    .filteredOn(second -> !second.measured())
                    .allSatisfy(second -> assertThat(second.p99Ms()).isNull());
            assertThat(report.ramp().steps()).allSatisfy(step -> {
                assertThat(step.lossPercent()).as(progress.toString()).isZero();
                assertThat(step.egressPps()).isGreaterThan(step.viewers() * 100.0);
            });
        }
    }

    @Test
    void newcomersOfAStormSeeAPictureAndCostTheOthersNothing() throws Exception {
        try (TestNode node = TestNode.start();
                FanoutRun run =
                        new FanoutRun(options(node.http().toString(), 1, true, 0), null, new PrintWriter(progress))) {
            FanoutReport report = run.play();

            assertThat(report.lostPackets()).as(progress.toString()).isZero();
            assertThat(report.joinStorm()).isNotNull().satisfies(storm -> {
                assertThat(storm.joins()).isBetween(15, 21);
                assertThat(storm.failed()).isZero();
                assertThat(storm.joinMs().p50()).isPositive();
            });
        }
    }

    private static FanoutOptions options(String target, int rooms, boolean storm, int ramp) {
        return new FanoutOptions(
                VIEWERS,
                rooms,
                Duration.ofMillis(200),
                Duration.ofSeconds(1),
                20,
                storm,
                storm,
                ramp,
                Long.MAX_VALUE,
                PublishSpec.RECORDED,
                target,
                "fanout",
                null);
    }
}
