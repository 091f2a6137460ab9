package live.strait.bench.quick;

import java.io.IOException;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import live.strait.bench.egress.Contender;
import live.strait.bench.egress.EgressComparison;
import live.strait.bench.egress.EgressRow;
import live.strait.protocol.crypto.CryptoChoice;
import live.strait.protocol.crypto.CryptoLibrary;
import org.openjdk.jmh.runner.RunnerException;

/// `strait bench --quick`: measures what tells most in under three minutes, and prints it beside what is recorded.
public final class QuickLook {
    private static final int VIEWERS = 500;
    private static final int[] BURSTS = {1, 8};
    private static final EgressComparison.Rounds ROUNDS = new EgressComparison.Rounds(5, 300, 8);
    private static final String ROW = "| %-52s | %-9s | %8s | %8s | %12s | %8s |%n";

    private final RecordedFigures recorded;
    private final CryptoLibrary crypto;
    private boolean failed;

    private QuickLook(RecordedFigures recorded, CryptoLibrary crypto) {
        this.recorded = recorded;
        this.crypto = crypto;
    }

    /// Measures and prints; returns the exit code.
    public static int run() throws IOException, InterruptedException {
        long beganNanos = System.nanoTime();
        Machine machine = new Machine();
        CryptoChoice choice = CryptoChoice.fastest(System::nanoTime);
        System.out.println(machine.text() + ", sealing by " + choice.library() + ".");
        System.out.println(
                "A row takes some seconds, the first ones twenty; now/recorded above 1 is slower, but for C/Java.\n");
        System.out.printf(ROW, "figure", "unit", "now", "recorded", "now/recorded", "bytes/op");
        System.out.printf(ROW, "---", "---", "---", "---", "---", "---");
        QuickLook look = new QuickLook(RecordedFigures.ofThisProject(), choice.library());
        look.egress();
        for (Sample sample : Sample.all(choice.library().name())) {
            look.measure(sample);
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beganNanos);
        System.out.println("\n" + machine.othersText() + ", " + seconds + " s.");
        return look.failed ? 1 : 0;
    }

    private void egress() throws InterruptedException {
        try (EgressComparison comparison = EgressComparison.open(ROUNDS)) {
            if (!comparison.isToDevice()) {
                System.err.println("Without root there is no device that drops, and so no row of the egress beside C.");
                return;
            }
            try (Contender java = comparison.connect(crypto.toString(), VIEWERS)) {
                for (int burst : BURSTS) {
                    EgressRow row = comparison.compare(java, crypto.toString(), VIEWERS, burst);
                    String setting = "egress, " + VIEWERS + " viewers, bursts of " + burst + ": ";
                    print(setting + "Java", "ns/packet", row.javaNanos().median(), "");
                    print(setting + "C", "ns/packet", row.nanosInC().median(), "");
                    print(setting + "C/Java", "ratio", row.ratio().median(), "");
                }
            }
        } catch (IOException e) {
            fail("egress", e);
        }
    }

    private void measure(Sample sample) {
        try {
            Sample.Figure figure = sample.measure();
            print(sample.figure(), sample.unit(), figure.nanos(), number(figure.bytes()));
        } catch (RunnerException e) {
            fail(sample.figure(), e);
        }
    }

    private void print(String figure, String unit, double now, String bytes) {
        OptionalDouble before = recorded.get(figure);
        String ratio = before.isPresent() ? String.format(Locale.ROOT, "%.2f", now / before.getAsDouble()) : "";
        String then = before.isPresent() ? number(before.getAsDouble()) : "";
        System.out.printf(ROW, figure, unit, number(now), then, ratio, bytes);
    }

    private void fail(String figure, Exception e) {
        failed = true;
        System.err.println(figure + ": " + e.getMessage());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }
}
