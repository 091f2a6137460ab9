package live.strait.loadtest.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import live.strait.loadtest.host.HostTrace;
import live.strait.loadtest.host.HostTrace.VideoFrame;
import live.strait.relay.TestNode;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Records the trace that simulated hosts play, anew: what it writes to `target` can take the place of the
/// resource.
@Tag("long")
class TraceCaptureTest {
    private static final Duration SETTLING = Duration.ofSeconds(8);
    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(2500);
    private static final int REQUESTS = 4;
    private static final int TOP_LAYER = 2;
    private static final Duration WITHOUT_REQUESTS = Duration.ofSeconds(22);
    /// A recording of a machine that had other things to do is not worth keeping.
    private static final int MOST_ATTEMPTS = 8;

    private static final double LEAST_FRAME_RATE = 29;
    private static final long LONGEST_GAP_NANOS = 120_000_000;

    @Test
    void whatChromiumSendsIsStillWhatSimulatedHostsPlay() throws Exception {
        try (TestNode node = TestNode.start();
                ChromiumHost _ = new ChromiumHost(node.http(), "trace");
                RoomRecorder recorder = RoomRecorder.join(node.http(), "trace")) {
            Thread.sleep(SETTLING);
            String text = record(recorder);
            HostTrace trace = HostTrace.parse(new StringReader(text));
            for (int attempt = 1; !isCalm(trace); attempt++) {
                assertThat(attempt).as("recordings of a machine too busy").isLessThan(MOST_ATTEMPTS);
                text = record(recorder);
                trace = HostTrace.parse(new StringReader(text));
            }
            Files.writeString(Path.of("target", "chromium-720p30.csv"), text);
            HostTrace played = HostTrace.load();
            for (int layer = 0; layer <= TOP_LAYER; layer++) {
                assertThat(trace.steadyBitrateBps(layer))
                        .as("bits a second of layer " + layer)
                        .isCloseTo(played.steadyBitrateBps(layer), Percentage.withPercentage(10));
            }
        }
    }

    private static String record(RoomRecorder recorder) throws InterruptedException {
        recorder.forget();
        for (int i = 0; i < REQUESTS; i++) {
            recorder.requestKeyFrame();
            Thread.sleep(BETWEEN_REQUESTS);
        }
        Thread.sleep(WITHOUT_REQUESTS);
        return TraceText.of(recorder.take());
    }

    private static boolean isCalm(HostTrace trace) {
        List<VideoFrame> top = trace.video().stream()
                .filter(frame -> frame.layer() == TOP_LAYER)
                .toList();
        long longestNanos = 0;
        for (int i = 1; i < top.size(); i++) {
            longestNanos =
                    Math.max(longestNanos, top.get(i).atNanos() - top.get(i - 1).atNanos());
        }
        long lengthNanos = top.getLast().mediaNanos() - top.getFirst().mediaNanos();
        double rate = (top.size() - 1) * 1e9 / lengthNanos;
        System.out.printf("%.2f frames/s, at most %.1f ms apart%n", rate, longestNanos / 1e6);
        return rate >= LEAST_FRAME_RATE && longestNanos <= LONGEST_GAP_NANOS;
    }
}
