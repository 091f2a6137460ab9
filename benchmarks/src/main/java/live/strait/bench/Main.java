package live.strait.bench;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import live.strait.bench.egress.EgressCommand;
import live.strait.bench.quick.QuickLook;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `strait bench`: a quick look at all that matters, one benchmark at length, or the egress beside C.
@Command(
        name = "strait bench",
        description = "Measures the way of a packet: time, and bytes allocated for each.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = EgressCommand.class,
        footer = {
            "",
            "Examples:",
            "  strait bench --quick              what tells most, beside the recorded figures; under 3 minutes",
            "  strait bench egress               the way out beside a C program; some minutes, best as root",
            "  strait bench Srtp --json s.json   the benchmarks with Srtp in their name, at length",
            "  strait bench Fanout --short       the same, for a look"
        })
public final class Main implements Callable<Integer> {
    private static final int FORKS = 2;
    private static final int ROUNDS = 5;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "Which benchmarks to run at length: a regular expression, '.' for all of them.")
    private @Nullable String name;

    @Option(
            names = "--quick",
            description = "A table of the most telling figures beside those of benchmarks/RESULTS.md.")
    private boolean quick;

    @Option(names = "--short", description = "With NAME: one short round in one JVM, for a look, not for a report.")
    private boolean brief;

    @Option(names = "--json", paramLabel = "FILE", description = "With NAME: write the figures there, as JMH does.")
    private @Nullable Path json;

    @Spec
    private @Nullable CommandSpec spec;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (quick) {
            if (name != null) {
                throw new ParameterException(commandLine(), "--quick takes no name; strait bench " + name + " --short");
            }
            return QuickLook.run();
        }
        if (name == null) {
            commandLine().usage(System.out);
            System.out.println();
            new Runner(new OptionsBuilder().include(".*").build()).list();
            return 0;
        }
        return runAtLength(name);
    }

    private int runAtLength(String pattern) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(pattern)
                .forks(brief ? 1 : FORKS)
                .warmupIterations(brief ? 1 : ROUNDS)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(brief ? 1 : ROUNDS)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class);
        if (json != null) {
            options.resultFormat(ResultFormatType.JSON).result(json.toString());
        }
        return new Runner(options.build()).run().isEmpty() ? 1 : 0;
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new IllegalStateException("picocli has set it");
        }
        return spec.commandLine();
    }
}
