package live.strait.bench.egress;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import live.strait.protocol.crypto.CryptoLibrary;

/// Java and C in turn, A B A B, on a network that drops; what it began is undone by [#close], or by Ctrl-C.
public final class EgressComparison implements AutoCloseable {
    private static final int WARM_UP_ROUND_MILLIS = 1_000;
    private static final int LEAST_WARM_UP_ROUNDS = 4;

    private final DropNetwork network;
    private final CProgram program;
    private final Rounds rounds;

    /// How long is measured.
    ///
    /// @param pairs rounds of each
    /// @param millis CPU time of a round
    /// @param mostWarmUp seconds of CPU time before the first, at most
    public record Rounds(int pairs, int millis, int mostWarmUp) {}

    private EgressComparison(DropNetwork network, CProgram program, Rounds rounds) {
        this.network = network;
        this.program = program;
        this.rounds = rounds;
    }

    /// Builds the C program and makes the network.
    ///
    /// @throws IOException with the remedy, when there is no compiler
    public static EgressComparison open(Rounds rounds) throws IOException, InterruptedException {
        CProgram program = CProgram.build();
        try {
            return new EgressComparison(DropNetwork.open(), program, rounds);
        } catch (IOException | InterruptedException e) {
            program.close();
            throw e;
        }
    }

    /// Where the packets go.
    public String note() {
        return network.note();
    }

    /// Whether they go to a device that drops; else figures are not to be compared with those of one.
    public boolean isToDevice() {
        return network.isDevice();
    }

    /// A Java process whose so many viewers have connected, for [#compare].
    public Contender connect(String crypto, int viewers) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        // The same options as this JVM has.
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), JavaFanout.class.getName()));
        command.addAll(List.of(crypto, network.firstAddress(), "" + viewers));
        return new Contender(network.inside(command));
    }

    /// Measures one setting; the JDK's cipher in Java stands against OpenSSL in C.
    ///
    /// @param java what [#connect] gave for this crypto, with as many viewers or more
    public EgressRow compare(Contender java, String crypto, int viewers, int burst) throws IOException {
        String inC = crypto.equals(CryptoLibrary.JDK.toString()) ? CryptoLibrary.OPENSSL.toString() : crypto;
        List<String> command =
                List.of(program.path().toString(), inC, "" + viewers, "" + burst, network.firstAddress());
        String order = viewers + " " + burst + " ";
        List<Double> javaNanos = new ArrayList<>();
        List<Double> nanosInC = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        try (Contender c = new Contender(network.inside(command))) {
            warmUp(java, order);
            c.nanosPerPacket("" + rounds.millis);
            for (int i = 0; i < rounds.pairs; i++) {
                double a = java.nanosPerPacket(order + rounds.millis);
                double b = c.nanosPerPacket("" + rounds.millis);
                javaNanos.add(a);
                nanosInC.add(b);
                ratios.add(b / a);
            }
        }
        return new EgressRow(
                crypto, viewers, burst, Quartiles.of(javaNanos), Quartiles.of(nanosInC), Quartiles.of(ratios));
    }

    /// Until three rounds in a row bring nothing any more: the compiler has threads of its own, which on a busy
    /// machine take their time.
    private void warmUp(Contender java, String order) throws IOException {
        double best = Double.MAX_VALUE;
        int inVain = 0;
        for (int i = 0; i < rounds.mostWarmUp && (i < LEAST_WARM_UP_ROUNDS || inVain < 3); i++) {
            double nanos = java.nanosPerPacket(order + WARM_UP_ROUND_MILLIS);
            inVain = nanos < 0.98 * best ? 0 : inVain + 1;
            best = Math.min(best, nanos);
        }
    }

    @Override
    public void close() {
        network.close();
        program.close();
    }
}
