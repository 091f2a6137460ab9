package live.strait.loadtest.fanout;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import live.strait.loadtest.command.ScenarioOptions;
import live.strait.loadtest.node.NodeProcess;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
            "Without --target a node is started on free ports; node and load get a core each.",
            "--target may also be a whole address with {verb} (whip, whep) and {room} in it.",
            "Exit code: 0, or 1 when a viewer failed, or 3 when others took so much of the machine that the",
            "figures say nothing (steal > 5 %)."
        })
public final class FanoutCommand implements Callable<Integer> {
    private static final int NOT_JUDGED = 3;

    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ScenarioOptions scenario;

    @Option(
            names = "--single-layer",
            description = "The host sends 1280x720 alone, for servers without simulcast; else 640x360 and 320x180 too.")
    private boolean singleLayer;

    @Option(names = "--token", description = "Bearer token for host and viewers of --target.")
    private @Nullable String token;

    @Option(names = "--room", defaultValue = "fanout", description = "Which room (default: ${DEFAULT-VALUE}).")
    private String room = "fanout";

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = scenario.out();
        FanoutReport report = scenario.play((where, node) -> play(where, node, out));
        out.println();
        out.print(report.table());
        out.flush();
        Path json = scenario.json();
        if (json != null) {
            report.write(json);
        }
        if (!report.judged()) {
            return NOT_JUDGED;
        }
        return report.failedViewers() == 0 ? 0 : 1;
    }

    private FanoutReport play(String where, @Nullable NodeProcess node, PrintWriter out)
            throws IOException, InterruptedException {
        FanoutOptions options = new FanoutOptions(
                scenario.viewers(),
                scenario.warmUp(),
                scenario.measured(),
                scenario.joinsPerSecond(),
                !singleLayer,
                where,
                room,
                token);
        try (FanoutRun run = new FanoutRun(options, node, out)) {
            return run.play();
        }
    }
}
