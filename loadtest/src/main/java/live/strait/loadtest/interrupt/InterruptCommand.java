package live.strait.loadtest.interrupt;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.Callable;
import live.strait.loadtest.command.ScenarioOptions;
import live.strait.loadtest.node.NodeProcess;
import live.strait.protocol.link.LinkProfile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `strait loadtest interrupt`: viewers cut in, the host sees it.
@Command(
        name = "interrupt",
        description = "Viewers ask and cut in: how long from a click to the host's paint, and what was lost.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Example: strait loadtest interrupt --viewers 300 --seconds 30 --interrupts 3000 --json interrupt.json",
            "Example: strait loadtest interrupt --link sea-3g-weak --host-link cap-300k",
            "Example: strait loadtest interrupt --link sea-4g --report out (then open out/index.html)",
            "",
            "Without --target a node is started on free ports; node and load get a core each."
        })
public final class InterruptCommand implements Callable<Integer> {
    @Mixin
    @SuppressWarnings("NullAway.Init") // set by picocli
    private ScenarioOptions scenario;

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

    @Option(names = "--room", defaultValue = "interrupt", description = "Which room (default: ${DEFAULT-VALUE}).")
    private String room = "interrupt";

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (interrupts < 0 || questionsPerSecond < 0) {
            throw scenario.refusal("less than no interrupts or questions there cannot be");
        }
        PrintWriter out = scenario.out();
        InterruptReport report = scenario.play((where, node) -> play(where, node, out));
        out.println();
        out.print(report.table());
        out.flush();
        if (scenario.report() != null) {
            out.println("page  " + InterruptPage.write(report, scenario.surroundings(), scenario.report()));
        }
        Path json = scenario.json();
        if (json != null) {
            report.write(json);
        }
        return report.isComplete() ? 0 : 1;
    }

    private InterruptReport play(String where, @Nullable NodeProcess node, PrintWriter out)
            throws IOException, InterruptedException {
        InterruptOptions options = new InterruptOptions(
                scenario.viewers(),
                interrupts,
                questionsPerSecond,
                link,
                hostLink,
                scenario.warmUp(),
                scenario.measured(),
                scenario.joinsPerSecond(),
                where,
                room);
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
