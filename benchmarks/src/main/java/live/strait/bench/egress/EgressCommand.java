package live.strait.bench.egress;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import live.strait.protocol.crypto.CryptoChoice;
import live.strait.protocol.crypto.CryptoLibrary;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `strait bench egress`: what a packet costs on its way out, beside a C program.
@Command(
        name = "egress",
        description = "Fan-out from the packet cache to sendmmsg against a C program that does the same, in turn:"
                + " CPU time per packet of the sending thread. Needs gcc; with root it sends to a device that drops.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", "Example: strait bench egress --json egress.json --crypto all"})
public final class EgressCommand implements Callable<Integer> {
    private static final int WARM_UP_ROUND_MILLIS = 1_000;
    private static final int LEAST_WARM_UP_ROUNDS = 4;
    private static final int MOST_WARM_UP_ROUNDS = 30;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there.")
    private @Nullable Path json;

    @Option(
            names = "--crypto",
            paramLabel = "NAME",
            description = "ipsec-mb, openssl, jdk (against OpenSSL in C), or all; without it the fastest.")
    private @Nullable String crypto;

    @Option(names = "--viewers", paramLabel = "N,...", split = ",", description = "Default: ${DEFAULT-VALUE}")
    private List<Integer> viewers = List.of(500, 2000);

    @Option(
            names = "--burst",
            paramLabel = "K,...",
            split = ",",
            description = "Packets in a row for each viewer. Default: ${DEFAULT-VALUE}")
    private List<Integer> bursts = List.of(1, 8);

    @Option(names = "--pairs", paramLabel = "N", description = "Rounds of each. Default: ${DEFAULT-VALUE}")
    private int pairs = 9;

    @Option(names = "--round", paramLabel = "MS", description = "CPU time of a round. Default: ${DEFAULT-VALUE}")
    private int roundMillis = 300;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("strait-egress");
        List<Row> rows = new ArrayList<>();
        try (DropNetwork network = DropNetwork.open()) {
            Path program = build(folder);
            System.out.println(network.note());
            System.out.printf(
                    "%-9s %7s %5s  %-24s %-24s %s%n", "crypto", "viewers", "burst", "Java ns", "C ns", "C/Java");
            for (String library : libraries()) {
                measure(library, program, network, rows);
            }
        } finally {
            Files.deleteIfExists(folder.resolve("egress"));
            Files.deleteIfExists(folder.resolve("egress.c"));
            Files.deleteIfExists(folder);
        }
        if (json != null) {
            Files.writeString(json, rows.stream().map(Row::json).toList() + "\n");
        }
        return rows.isEmpty() ? 1 : 0;
    }

    private List<String> libraries() {
        if ("all".equals(crypto)) {
            return Arrays.stream(CryptoLibrary.values())
                    .map(CryptoLibrary::toString)
                    .toList();
        }
        return List.of(
                crypto != null
                        ? crypto
                        : CryptoChoice.fastest(System::nanoTime).library().toString());
    }

    private void measure(String library, Path program, DropNetwork network, List<Row> rows) throws IOException {
        String inC = library.equals(CryptoLibrary.JDK.toString()) ? CryptoLibrary.OPENSSL.toString() : library;
        int most = Collections.max(viewers);
        try (Contender java = new Contender(network.inside(javaFanout(library, network, most)))) {
            for (int audience : viewers) {
                for (int burst : bursts) {
                    List<String> command =
                            List.of(program.toString(), inC, "" + audience, "" + burst, network.firstAddress());
                    try (Contender c = new Contender(network.inside(command))) {
                        Row row = compare(library, audience, burst, java, c);
                        row.print(System.out);
                        rows.add(row);
                    }
                }
            }
        } catch (IOException e) {
            System.err.println(library + ": " + e.getMessage());
        }
    }

    private Row compare(String library, int audience, int burst, Contender java, Contender c) throws IOException {
        String order = audience + " " + burst + " ";
        warmUp(java, order);
        c.nanosPerPacket("" + roundMillis);
        List<Double> javaNanos = new ArrayList<>();
        List<Double> nanosInC = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            double inJava = java.nanosPerPacket(order + roundMillis);
            double inC = c.nanosPerPacket("" + roundMillis);
            javaNanos.add(inJava);
            nanosInC.add(inC);
            ratios.add(inC / inJava);
        }
        return new Row(library, audience, burst, Quartiles.of(javaNanos), Quartiles.of(nanosInC), Quartiles.of(ratios));
    }

    /// Until three rounds in a row bring nothing any more: the compiler has threads of its own, which on a busy
    /// machine take their time.
    private static void warmUp(Contender java, String order) throws IOException {
        double best = Double.MAX_VALUE;
        int inVain = 0;
        for (int i = 0; i < MOST_WARM_UP_ROUNDS && (i < LEAST_WARM_UP_ROUNDS || inVain < 3); i++) {
            double nanos = java.nanosPerPacket(order + WARM_UP_ROUND_MILLIS);
            inVain = nanos < 0.98 * best ? 0 : inVain + 1;
            best = Math.min(best, nanos);
        }
    }

    /// The same JVM with the same options as this one.
    private static List<String> javaFanout(String library, DropNetwork network, int most) {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), JavaFanout.class.getName()));
        command.addAll(List.of(library, network.firstAddress(), "" + most));
        return command;
    }

    private static Path build(Path folder) throws IOException, InterruptedException {
        Path source = folder.resolve("egress.c");
        try (InputStream text = EgressCommand.class.getResourceAsStream("/egress.c")) {
            Files.copy(Objects.requireNonNull(text, "egress.c is not on the class path"), source);
        }
        Path program = folder.resolve("egress");
        List<String> command =
                List.of("gcc", "-O2", "-march=native", "-o", program.toString(), source.toString(), "-lcrypto");
        Process compiler = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (compiler.waitFor() != 0) {
            throw new IOException("gcc and OpenSSL's headers are needed (apt-get install gcc libssl-dev): " + said);
        }
        return program;
    }

    /// One line of the table; times are nanoseconds per packet.
    private record Row(
            String crypto, int viewers, int burst, Quartiles javaNanos, Quartiles nanosInC, Quartiles ratio) {
        void print(PrintStream out) {
            out.printf(
                    "%-9s %7d %5d  %-24s %-24s %s%n",
                    crypto, viewers, burst, javaNanos.text("%.0f"), nanosInC.text("%.0f"), ratio.text("%.2f"));
        }

        String json() {
            return String.format(
                    Locale.ROOT,
                    "{\"viewers\":%d,\"burst\":%d,\"crypto\":\"%s\",\"javaNs\":%.1f,\"cNs\":%.1f,\"ratio\":%.3f,"
                            + "\"ratioQuartiles\":[%.3f,%.3f]}",
                    viewers,
                    burst,
                    crypto,
                    javaNanos.median(),
                    nanosInC.median(),
                    ratio.median(),
                    ratio.lower(),
                    ratio.upper());
        }
    }
}
