package live.strait.loadtest.fanout;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import live.strait.loadtest.node.CpuPlacement;
import live.strait.loadtest.node.NodeProcess;
import live.strait.loadtest.peer.PeerConnector;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `strait loadtest fanout`: one host, many viewers.
@Command(
        name = "fanout",
        description = "One host, many viewers: packets a second, loss, the delay that the relay adds, time to join.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: strait loadtest fanout --viewers 200 --seconds 20 --json fanout.json",
            "Example: strait loadtest fanout --target http://localhost:8889/{room}/{verb} --single-layer --viewers 50",
            "",
            "Without --target a node is started on free ports; node and load get a core each."
        })
public final class FanoutCommand implements Callable<Integer> {
    @Option(names = "--viewers", defaultValue = "200", description = "How many watch (default: ${DEFAULT-VALUE}).")
    private int viewers;

    @Option(names = "--seconds", defaultValue = "20", description = "How long to measure (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warm-up",
            defaultValue = "10",
            description = "Seconds between the last join and the measuring (default: ${DEFAULT-VALUE}).")
    private int warmUpSeconds;

    @Option(
            names = "--joins-per-second",
            defaultValue = "25",
            description = "How fast viewers come (default: ${DEFAULT-VALUE}).")
    private int joinsPerSecond;

    @Option(
            names = "--single-layer",
            description = "The host sends 1280x720 alone, for servers without simulcast; else 640x360 and 320x180 too.")
    private boolean singleLayer;

    @Option(
            names = "--target",
            paramLabel = "URL",
            description =
                    "A server that runs already: its base, or a whole address with {verb} (whip, whep) and {room} in it.")
    private @Nullable String target;

    @Option(names = "--token", description = "Bearer token for host and viewers of --target.")
    private @Nullable String token;

    @Option(names = "--room", defaultValue = "fanout", description = "Which room (default: ${DEFAULT-VALUE}).")
    private String room = "fanout";

    @Option(names = "--json", paramLabel = "FILE", description = "Where to write the figures.")
    private @Nullable Path json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        FanoutReport report = target == null ? againstOwnNode(out) : play(target, null, out);
        out.println();
        out.print(report.table());
        out.flush();
        if (json != null) {
            report.write(json);
        }
        return report.failedViewers() == 0 ? 0 : 1;
    }

    private FanoutReport againstOwnNode(PrintWriter out) throws IOException, InterruptedException {
        CpuPlacement placement = CpuPlacement.choose();
        placement.pinThisProcess();
        out.println(placement.note());
        try (NodeProcess node = NodeProcess.start(placement)) {
            out.println("node on " + node.http() + ", media port " + node.mediaPort() + ", log " + node.log());
            return play(node.http().toString(), node.handle(), out);
        }
    }

    private FanoutReport play(String where, @Nullable ProcessHandle node, PrintWriter out)
            throws IOException, InterruptedException {
        FanoutOptions options = new FanoutOptions(
                viewers,
                Duration.ofSeconds(warmUpSeconds),
                Duration.ofSeconds(seconds),
                joinsPerSecond,
                !singleLayer,
                where,
                room,
                token);
        PeerConnector.warmUp();
        try (FanoutRun run = new FanoutRun(options, node, out)) {
            return run.play();
        }
    }
}
