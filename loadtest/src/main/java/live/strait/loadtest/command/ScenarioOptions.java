package live.strait.loadtest.command;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import live.strait.loadtest.node.CpuPlacement;
import live.strait.loadtest.node.NodeProcess;
import live.strait.loadtest.peer.PeerConnector;
import live.strait.loadtest.report.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The options of every scenario, and the node that it is played on.
///
/// Without `--target` a node is started as a child process; it ends with the scenario, also by Ctrl-C.
public final class ScenarioOptions {
    @Option(
            names = "--viewers",
            paramLabel = "N",
            defaultValue = "200",
            description = "How many watch (default: ${DEFAULT-VALUE}).")
    private int viewers;

    @Option(
            names = "--seconds",
            paramLabel = "S",
            defaultValue = "30",
            description = "How long to measure, in seconds (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warm-up",
            paramLabel = "S",
            defaultValue = "20",
            description =
                    "Seconds of the same load before the measuring (default: ${DEFAULT-VALUE}); it goes on while a"
                            + " compiler has much to do, 60 s at most.")
    private int warmUpSeconds;

    @Option(
            names = "--joins-per-second",
            paramLabel = "N",
            defaultValue = "25",
            description = "How fast viewers come (default: ${DEFAULT-VALUE}).")
    private int joinsPerSecond;

    @Option(
            names = "--target",
            paramLabel = "URL",
            description = "A server that runs already, by its base address, as in http://localhost:8080.")
    private @Nullable String target;

    @Option(
            names = "--node-config",
            paramLabel = "FILE",
            description = "YAML for the node that is started (docs/config.md), as in: media: {udp: batch}.")
    private @Nullable Path nodeConfig;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Where to write the figures, as in: --json figures.json.")
    private @Nullable Path json;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description =
                    "Where to write a page with the figures and plots of the run, index.html, as in: --report out.")
    private @Nullable Path report;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private final Instant began = Instant.now();

    public int viewers() {
        return viewers;
    }

    public Duration measured() {
        return Duration.ofSeconds(seconds);
    }

    public Duration warmUp() {
        return Duration.ofSeconds(warmUpSeconds);
    }

    public int joinsPerSecond() {
        return joinsPerSecond;
    }

    public @Nullable Path json() {
        return json;
    }

    /// The directory for the run's page.
    public @Nullable Path report() {
        return report;
    }

    /// What and where this is.
    public Surroundings surroundings() {
        return Surroundings.of(spec.root().commandLine().getParseResult().originalArgs(), began);
    }

    public PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /// Says what is wrong with the command line, and how it is used.
    public CommandLine.ParameterException refusal(String sentence) {
        return new CommandLine.ParameterException(spec.commandLine(), sentence);
    }

    /// Plays a scenario on the target, or on a node of our own that ends with it.
    public <R> R play(Scenario<R> scenario) throws IOException, InterruptedException {
        if (viewers < 1 || seconds < 1 || warmUpSeconds < 0 || joinsPerSecond < 1) {
            throw refusal("numbers of people and seconds begin with 1");
        }
        prepareReport();
        String where = target;
        if (where != null) {
            if (nodeConfig != null) {
                throw refusal("--node-config is for the node that is started, --target for one that runs already");
            }
            PeerConnector.warmUp();
            return scenario.play(where, null);
        }
        CpuPlacement placement = CpuPlacement.choose();
        placement.pinThisProcess();
        out().println(placement.note());
        try (NodeProcess node = NodeProcess.start(placement, nodeConfig)) {
            out().println("node on " + node.http() + ", media port " + node.mediaPort() + ", log " + node.log());
            PeerConnector.warmUp();
            return scenario.play(node.http().toString(), node);
        }
    }

    /// Before the run: what cannot be written after it is told at once.
    private void prepareReport() {
        if (report != null) {
            try {
                Files.createDirectories(report);
            } catch (IOException e) {
                throw refusal("--report takes a directory that is there or can be made: " + e);
            }
        }
    }

    /// What is played.
    @FunctionalInterface
    public interface Scenario<R> {
        /// Plays it.
        ///
        /// @param where base address of the node
        /// @param node the node, or null when it is not ours
        R play(String where, @Nullable NodeProcess node) throws IOException, InterruptedException;
    }
}
