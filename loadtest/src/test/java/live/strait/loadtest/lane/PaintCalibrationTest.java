package live.strait.loadtest.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import live.strait.relay.LaneSocketClient;
import live.strait.relay.TestNode;
import live.strait.relay.browser.Chromium;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.LaneJson;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.Role;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A studio on air in a real Chromium, and the model of it: from an interrupt in the page to the frame in which the
/// page says that it was painted.
@Tag("browser")
class PaintCalibrationTest {
    private static final int VIEWERS = 50;
    /// As many as one person may send at once, when each is answered. The machine may be busy with other things: the
    /// calmest counts.
    private static final int ROUNDS = 3;

    private static final Offset<Double> TOLERANCE_MILLIS = Offset.offset(10.0);

    @Test
    void interruptIsPaintedAsLateAsTheModelSays() throws Exception {
        List<Double> arrivedMillis = new ArrayList<>();
        List<Double> painted = new ArrayList<>();
        try (TestNode node = TestNode.start();
                Chromium host = new Chromium(node.http().resolve("/studio/show?source=canvas-clock&live&lang=en"))) {
            host.load("lane.js");
            host.run("await laneTest.ready(); await laneTest.linked(2); laneTest.noteArrivalsAndPaints()");
            host.run("await straitTest.until(() => strait.publisher?.state === 'live', 'on air')");
            List<LaneSocketClient> crowd = new ArrayList<>();
            for (int i = 0; i < VIEWERS; i++) {
                crowd.add(viewer(node, i));
            }
            SplittableRandom random = new SplittableRandom(1);
            for (int i = 0; i < ROUNDS * VIEWERS; i++) {
                String id = "i" + i;
                crowd.get(i % VIEWERS)
                        .say(LaneJson.write(new ClientMessage.Interrupt(id, System.currentTimeMillis(), null)));
                Thread.sleep(random.nextInt(30, 70)); // in no step with frames
            }
            Object all =
                    Objects.requireNonNull(host.run("return laneTest.arrivalsAndPaints(args[0])", ROUNDS * VIEWERS));
            for (Object each : (List<?>) all) {
                List<?> pair = (List<?>) each;
                arrivedMillis.add(((Number) pair.get(0)).doubleValue());
                painted.add(((Number) pair.get(1)).doubleValue() - arrivedMillis.getLast());
            }
        }
        List<Double> calmest = IntStream.range(0, ROUNDS)
                .mapToObj(round -> painted.subList(round * VIEWERS, (round + 1) * VIEWERS))
                .min(Comparator.comparingDouble(round -> quantile(round, 0.9)))
                .orElseThrow();
        List<Double> modelled = modelled(arrivedMillis);
        System.out.printf(
                "arrival to paint, ms: Chromium p50 %.1f p90 %.1f, its calmest round p50 %.1f p90 %.1f, model p50 %.1f p90 %.1f%n",
                quantile(painted, 0.5),
                quantile(painted, 0.9),
                quantile(calmest, 0.5),
                quantile(calmest, 0.9),
                quantile(modelled, 0.5),
                quantile(modelled, 0.9));
        for (double share : new double[] {0.5, 0.9}) {
            assertThat(quantile(calmest, share))
                    .as("milliseconds to the paint, quantile %s", share)
                    .isCloseTo(quantile(modelled, share), TOLERANCE_MILLIS);
        }
    }

    private static List<Double> modelled(List<Double> arrivedMillis) {
        List<Double> modelled = new ArrayList<>();
        SplittableRandom phases = new SplittableRandom(2);
        for (double arrived : arrivedMillis) {
            long nanos = (long) (arrived * 1e6);
            modelled.add((new PaintModel(phases.nextDouble()).seenAtNanos(nanos) - nanos) / 1e6);
        }
        return modelled;
    }

    private static LaneSocketClient viewer(TestNode node, int number) throws Exception {
        String subject = "viewer-" + number;
        LaneSocketClient viewer = new LaneSocketClient(node, "show", node.token("show", Role.VIEWER, subject));
        viewer.say(LaneJson.write(new ClientMessage.Hello(1, subject, null, null, Role.VIEWER, null, "en")));
        assertThat(viewer.next()).isInstanceOf(NodeMessage.Ready.class);
        return viewer;
    }

    private static double quantile(List<Double> values, double share) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, share * sorted.size()));
    }
}
