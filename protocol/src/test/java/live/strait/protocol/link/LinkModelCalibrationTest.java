package live.strait.protocol.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The model against the real emulator, whose directory is given by `-Dstrait.linkem.dir`: the same packets at
/// the same times must meet the same fates after the same delays.
@Tag("long")
class LinkModelCalibrationTest {
    private static final long SEED = 7;
    private static final int PACKETS = 3000;

    @TempDir
    private Path work;

    @ParameterizedTest
    @CsvSource({
        "delay 40ms jitter 15ms loss 2% rate 4mbit queue 300ms,             1200, 3000",
        "delay 125ms jitter 30ms burst 8% 4 rate 800kbit queue 600ms,        400, 5000",
        "delay 20ms jitter 5ms dist exponential reorder on loss 5% dup 2%,   200, 1500",
        "delay 30ms jitter 4ms dist normal reorder on ge 1% 20%,             200, 1500",
    })
    void modelAndEmulatorAgreePacketByPacket(String settings, int wireBytes, int gapMicros)
            throws IOException, InterruptedException {
        long[][] real = emulated(settings, wireBytes, gapMicros);
        long[] modelled = modelled(settings, wireBytes, real[0]);
        double[] errorsMillis = new double[PACKETS];
        int arrived = 0;
        for (int i = 0; i < PACKETS; i++) {
            assertThat(modelled[i] == 0).as("packet %d is lost", i).isEqualTo(real[1][i] == 0);
            if (modelled[i] != 0) {
                errorsMillis[arrived++] = Math.abs(real[1][i] - modelled[i]) / 1e6;
            }
        }
        Arrays.sort(errorsMillis, 0, arrived);
        assertThat(errorsMillis[arrived / 2])
                .as("median error of the delay, ms")
                .isLessThan(0.5);
        assertThat(errorsMillis[arrived * 9 / 10]).as("90 % of the errors, ms").isLessThan(5);
    }

    @ParameterizedTest
    @CsvSource({"delay 10ms rate 1mbit queue 100ms, 1000, 4000", "rate 2mbit queue 30kB loss 3%, 500, 1500"})
    void overloadedBottleneckDropsAndDelaysAlike(String settings, int wireBytes, int gapMicros)
            throws IOException, InterruptedException {
        long[][] real = emulated(settings, wireBytes, gapMicros);
        long[] modelled = modelled(settings, wireBytes, real[0]);
        assertThat(share(modelled)).as("arrived").isCloseTo(share(real[1]), within(0.01));
        assertThat(lastDelayMillis(real[0], modelled)).isCloseTo(lastDelayMillis(real[0], real[1]), within(10.0));
    }

    /// When each packet was sent, and when it came first, 0 for never.
    private long[][] emulated(String settings, int wireBytes, int gapMicros) throws IOException, InterruptedException {
        String directory = System.getProperty("strait.linkem.dir", "");
        Assumptions.assumeFalse(directory.isEmpty(), "no -Dstrait.linkem.dir");
        long[] sent = new long[PACKETS];
        long[] came = new long[PACKETS];
        try (Emulator emulator = new Emulator(Path.of(directory).toAbsolutePath(), work, settings, SEED)) {
            List<Emulator.Arrival> arrivals = emulator.transfer(PACKETS, wireBytes, gapMicros);
            assertThat(emulator.statistics()).as("this machine is fast enough").doesNotContainPattern("kernel\":[1-9]");
            long gapNanos = gapMicros * 1000L;
            long start = Long.MAX_VALUE;
            for (Emulator.Arrival arrival : arrivals) {
                start = Math.min(start, arrival.sentNanos() - arrival.number() * gapNanos);
            }
            for (int i = 0; i < PACKETS; i++) {
                sent[i] = start + i * gapNanos;
            }
            for (Emulator.Arrival arrival : arrivals) {
                sent[arrival.number()] = arrival.sentNanos();
                came[arrival.number()] = came[arrival.number()] == 0 ? arrival.cameNanos() : came[arrival.number()];
            }
        }
        return new long[][] {sent, came};
    }

    private static long[] modelled(String settings, int wireBytes, long[] sent) {
        LinkModel link =
                new LinkModel(LinkProfile.parse(settings, settings), LinkDirection.LEFT_TO_RIGHT, SEED, sent[0]);
        long[] came = new long[PACKETS];
        ByteBuffer out = ByteBuffer.allocate(2000);
        for (int i = 0; i < PACKETS; i++) {
            link.send(
                    sent[i],
                    ByteBuffer.allocate(wireBytes - LinkModel.HEADER_BYTES).putInt(0, i));
            drain(link, i + 1 < PACKETS ? sent[i + 1] : Long.MAX_VALUE - 1, out, came);
        }
        return came;
    }

    private static void drain(LinkModel link, long untilNanos, ByteBuffer out, long[] came) {
        for (long next = link.nextDeliveryNanos(); next <= untilNanos; next = link.nextDeliveryNanos()) {
            while (link.poll(next, out)) {
                int number = out.getInt(0);
                came[number] = came[number] == 0 ? next : came[number];
            }
        }
    }

    private static double share(long[] came) {
        return (double) Arrays.stream(came).filter(at -> at != 0).count() / came.length;
    }

    private static double lastDelayMillis(long[] sent, long[] came) {
        int last = PACKETS - 1;
        while (came[last] == 0) {
            last--;
        }
        return (came[last] - sent[last]) / 1e6;
    }
}
