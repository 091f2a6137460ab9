package live.strait.bench;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import live.strait.bench.egress.EgressCommand;
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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `strait bench`: runs the benchmarks whose name has a text in it.
@Command(
        name = "strait bench",
        description = "Measures the way of a packet: time and bytes allocated for each.",
        mixinStandardHelpOptions = true,
        subcommands = EgressCommand.class,
        footer = {"", "Example: strait bench Srtp --quick"})
public final class Main implements Callable<Integer> {
    private static final int FORKS = 2;
    private static final int ROUNDS = 5;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "NAME",
            description = "A regular expression; without it all of them run.")
    private String name = ".*";

    @Option(names = "--quick", description = "One short round in one JVM: for a look, not for a report.")
    private boolean quick;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there, as JMH does.")
    private @Nullable Path json;

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(name)
                .forks(quick ? 1 : FORKS)
                .warmupIterations(quick ? 1 : ROUNDS)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(quick ? 1 : ROUNDS)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class);
        if (json != null) {
            options.resultFormat(ResultFormatType.JSON).result(json.toString());
        }
        return new Runner(options.build()).run().isEmpty() ? 1 : 0;
    }
}
