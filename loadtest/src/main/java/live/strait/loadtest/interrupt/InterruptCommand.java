package live.strait.loadtest.interrupt;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.Callable;
import live.strait.loadtest.node.CpuPlacement;
import live.strait.loadtest.node.NodeProcess;
import live.strait.loadtest.peer.PeerConnector;
import live.strait.protocol.link.LinkProfile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `strait loadtest interrupt`: viewers cut in, the host sees it.
@Command(
        name = "interrupt",
        description = "Viewers ask and cut in: how long from a click to the host's paint, and what was lost.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: strait loadtest interrupt --viewers 300 --seconds 30 --interrupts 3000 --json interrupt.json",
            "Example: strait loadtest interrupt --link sea-3g-weak --host-link cap-300k",
            "",
            "Without --target a node is started on free ports; node and load get a core each."
        })
public final class InterruptCommand implements Callable<Integer> {
    @Option(names = "--viewers", defaultValue = "300", description = "How many watch (default: ${DEFAULT-VALUE}).")
    private int viewers;

    @Option(names = "--seconds", defaultValue = "30", description = "How long to measure (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--interrupts",
            defaultValue = "3000",
            description = "How many in that time (default: ${DEFAULT-VALUE}).")
    private int interrupts;

    @Option(
            names = "--questions-per-second",
            defaultValue = "50",
            description = "Of all viewers together (default: ${DEFAULT-VALUE}).")
    private int questionsPerSecond;

    @Option(
            names = "--link",
            paramLabel = "PROFILE",
            defaultValue = "perfect",
            converter = ProfileConverter.class,
            description = "Each viewer's network: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).",
            completionCandidates = ProfileNames.class)
    private LinkProfile link = LinkProfile.named("perfect");

    @Option(
            names = "--host-link",
            paramLabel = "PROFILE",
            defaultValue = "perfect",
            converter = ProfileConverter.class,
            description = "The network of the host's page (default: ${DEFAULT-VALUE}).",
            completionCandidates = ProfileNames.class)
    private LinkProfile hostLink = LinkProfile.named("perfect");

    @Option(
            names = "--warm-up",
            defaultValue = "10",
            description = "Seconds of the same load before the measuring (default: ${DEFAULT-VALUE}).")
    private int warmUpSeconds;

    @Option(
            names = "--joins-per-second",
            defaultValue = "25",
            description = "How fast viewers come (default: ${DEFAULT-VALUE}).")
    private int joinsPerSecond;

    @Option(names = "--target", paramLabel = "URL", description = "The base address of a node that runs already.")
    private @Nullable String target;

    @Option(names = "--room", defaultValue = "interrupt", description = "Which room (default: ${DEFAULT-VALUE}).")
    private String room = "interrupt";

    @Option(names = "--json", paramLabel = "FILE", description = "Where to write the figures.")
    private @Nullable Path json;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (viewers < 1 || seconds < 1 || interrupts < 0 || questionsPerSecond < 0 || joinsPerSecond < 1) {
            throw new CommandLine.ParameterException(spec.commandLine(), "numbers of people and seconds begin with 1");
        }
        PrintWriter out = spec.commandLine().getOut();
        InterruptReport report = target == null ? againstOwnNode(out) : play(target, null, out);
        out.println();
        out.print(report.table());
        out.flush();
        if (json != null) {
            report.write(json);
        }
        return report.isComplete() ? 0 : 1;
    }

    private InterruptReport againstOwnNode(PrintWriter out) throws IOException, InterruptedException {
        CpuPlacement placement = CpuPlacement.choose();
        placement.pinThisProcess();
        out.println(placement.note());
        try (NodeProcess node = NodeProcess.start(placement)) {
            out.println("node on " + node.http() + ", media port " + node.mediaPort() + ", log " + node.log());
            return play(node.http().toString(), node.handle(), out);
        }
    }

    private InterruptReport play(String where, @Nullable ProcessHandle node, PrintWriter out)
            throws IOException, InterruptedException {
        InterruptOptions options = new InterruptOptions(
                viewers,
                interrupts,
                questionsPerSecond,
                link,
                hostLink,
                Duration.ofSeconds(warmUpSeconds),
                Duration.ofSeconds(seconds),
                joinsPerSecond,
                where,
                room);
        PeerConnector.warmUp();
        try (InterruptRun run = new InterruptRun(options, node, out)) {
            return run.play();
        }
    }

    /// A profile by its name.
    static final class ProfileConverter implements ITypeConverter<LinkProfile> {
        @Override
        public LinkProfile convert(String name) {
            try {
                return LinkProfile.named(name);
            } catch (IllegalArgumentException e) {
                throw new CommandLine.TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /// The names there are.
    static final class ProfileNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return LinkProfile.names().iterator();
        }
    }
}
