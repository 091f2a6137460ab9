package live.strait.loadtest.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import live.strait.loadtest.host.HostTrace;
import live.strait.loadtest.host.SimulatedHost;
import live.strait.loadtest.host.SyntheticSource;
import live.strait.loadtest.peer.PeerConnector;
import live.strait.loadtest.peer.SignalingClient;
import live.strait.relay.TestNode;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A simulated host and a Chromium, one after the other through the same node: what they send is alike.
@Tag("browser")
class HostCalibrationTest {
    private static final int REQUESTS = 3;
    private static final long BETWEEN_REQUESTS_MILLIS = 2500;
    private static final long SETTLING_MILLIS = 6000;
    private static final int LAYERS = 3;
    /// A run in which a host did not come near its 30 frames a second, or the machine stood still for a while, says
    /// nothing and is repeated.
    private static final int MOST_RUNS = 12;

    private static final double LEAST_FRAME_RATE = 27;
    private static final double LONGEST_SILENCE_MILLIS = 100;

    private static final Percentage RATE_TOLERANCE = Percentage.withPercentage(10);
    private static final Percentage AUDIO_TOLERANCE = Percentage.withPercentage(2);
    private static final Percentage BURST_TOLERANCE = Percentage.withPercentage(25);

    @Test
    void aSimulatedHostSendsLikeChromium() throws Exception {
        SendingPattern simulated;
        SendingPattern real;
        try (TestNode node = TestNode.start()) {
            try (SignalingClient signaling = new SignalingClient(null);
                    SimulatedHost host = new SimulatedHost(signaling, new PeerConnector(signaling))) {
                SyntheticSource source = new SyntheticSource(HostTrace.load(), true, new Random(1));
                host.publish(node.http().resolve("/whip/simulated"), source, null);
                try (RoomRecorder recorder = RoomRecorder.join(node.http(), "simulated")) {
                    simulated = recordInCalm(recorder);
                }
            }
            try (ChromiumHost _ = new ChromiumHost(node.http(), "real");
                    RoomRecorder recorder = RoomRecorder.join(node.http(), "real")) {
                Thread.sleep(SETTLING_MILLIS);
                real = recordInCalm(recorder);
            }
        }
        for (int layer = 0; layer < LAYERS; layer++) {
            assertThat(simulated.bitrateBps().get(layer))
                    .as("bits a second of layer %d", layer)
                    .isCloseTo(real.bitrateBps().get(layer), RATE_TOLERANCE);
            assertThat(simulated.packetsPerSecond().get(layer))
                    .as("packets a second of layer %d", layer)
                    .isCloseTo(real.packetsPerSecond().get(layer), RATE_TOLERANCE);
        }
        assertThat(simulated.audioPacketsPerSecond()).isCloseTo(real.audioPacketsPerSecond(), AUDIO_TOLERANCE);
        assertThat(simulated.burstBytes()).as("bytes of a burst").isCloseTo(real.burstBytes(), BURST_TOLERANCE);
        assertThat(simulated.largeBurstBytes())
                .as("bytes of a large burst")
                .isCloseTo(real.largeBurstBytes(), BURST_TOLERANCE);
        assertThat(simulated.keyFramePausesMillis())
                .as("pauses within key frames")
                .isNotEmpty();
        assertPausesAreOfFortyMillis(simulated);
        // A browser that believes in more room sends a whole key frame at once.
        if (!real.keyFramePausesMillis().isEmpty()) {
            assertPausesAreOfFortyMillis(real);
        }
    }

    private static void assertPausesAreOfFortyMillis(SendingPattern pattern) {
        List<Double> sorted = pattern.keyFramePausesMillis().stream().sorted().toList();
        assertThat(sorted.get(sorted.size() / 2)).as("ms between bursts").isBetween(36.0, 48.0);
    }

    private static SendingPattern recordInCalm(RoomRecorder recorder) throws InterruptedException {
        SendingPattern pattern = record(recorder);
        for (int run = 1; !isCalm(pattern); run++) {
            assertThat(run).as("runs on a machine too busy").isLessThan(MOST_RUNS);
            pattern = record(recorder);
        }
        return pattern;
    }

    private static boolean isCalm(SendingPattern pattern) {
        System.out.println(pattern);
        return pattern.framesPerSecond() >= LEAST_FRAME_RATE
                && pattern.longestSilenceMillis() <= LONGEST_SILENCE_MILLIS;
    }

    private static SendingPattern record(RoomRecorder recorder) throws InterruptedException {
        recorder.forget();
        for (int i = 0; i < REQUESTS; i++) {
            recorder.requestKeyFrame();
            Thread.sleep(BETWEEN_REQUESTS_MILLIS);
        }
        return SendingPattern.of(recorder.take());
    }
}
