package live.strait.loadtest.fanout;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import live.strait.loadtest.command.ScenarioOptions;
import live.strait.loadtest.node.NodeProcess;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
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
            "Example: strait loadtest fanout --viewers 1000 --rooms 50 --publish bitrate=1500k",
            "Example: strait loadtest fanout --viewers 2000 --ramp 100 --until-late 20ms --seconds 10",
            "Example: strait loadtest fanout --viewers 500 --publish bitrate=1500k --report out (then open out/index.html)",
            "Example: strait loadtest fanout --viewers 500 --joins-per-second 100 --join-storm --seconds 20",
            "Example: strait loadtest fanout --target http://localhost:8889/{room}/{verb} --single-layer --viewers 50",
            "",
            "Without --target a node is started on free ports; node and load get a core each.",
            "--target may also be a whole address with {verb} (whip, whep) and {room} in it.",
            "Exit code: 0, or 1 when a viewer failed, or 3 when others took so much of the machine that the",
            "figures say nothing (steal > 5 %%)."
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

    @Option(
            names = "--rooms",
            paramLabel = "N",
            defaultValue = "1",
            description = "Rooms, each with a host of its own, among which the viewers are divided (default:"
                    + " ${DEFAULT-VALUE}), as in: --rooms 50 --viewers 1000.")
    private int rooms;

    @Option(
            names = "--publish",
            paramLabel = "SPEC",
            converter = PublishConverter.class,
            description = "What each host sends: the highest layer's bits a second, frames a second and the number of"
                    + " layers, as in: --publish bitrate=1500k,fps=30,layers=3; what is left out is as a Chromium sent"
                    + " it at 1280x720.")
    private PublishSpec publish = PublishSpec.RECORDED;

    @Option(
            names = "--ramp",
            paramLabel = "N",
            defaultValue = "0",
            description = "Measure again and again with N viewers more, until all --viewers are there.")
    private int rampStep;

    @Option(
            names = "--until-late",
            paramLabel = "DELAY",
            converter = DelayConverter.class,
            description = "End a ramp where more than 1 %% of the packets are later than this, one is lost or a viewer"
                    + " fails, as in: --ramp 100 --viewers 2000 --until-late 20ms.")
    private @Nullable Duration untilLate;

    @Option(
            names = "--join-storm",
            description = "While it is measured, others come besides at --joins-per-second and leave 2 s after their"
                    + " first picture.")
    private boolean joinStorm;

    @Option(
            names = "--rehearse",
            description =
                    "With --join-storm: newcomers come and go in the first half of the warm-up as well, so that the node is"
                            + " measured as one that has been running, its code for them compiled.")
    private boolean rehearse;

    @Option(names = "--token", description = "Bearer token for host and viewers of --target.")
    private @Nullable String token;

    @Option(names = "--room", defaultValue = "fanout", description = "Which room (default: ${DEFAULT-VALUE}).")
    private String room = "fanout";

    @Override
    public Integer call() throws IOException, InterruptedException {
        check();
        PrintWriter out = scenario.out();
        FanoutReport report = scenario.play((where, node) -> play(where, node, out));
        out.println();
        out.print(FanoutTable.of(report));
        out.flush();
        Path json = scenario.json();
        if (json != null) {
            report.write(json);
        }
        if (!report.judged()) {
            return NOT_JUDGED;
        }
        boolean stormFailed = report.joinStorm() != null && report.joinStorm().failed() > 0;
        return report.failedViewers() == 0 && !stormFailed ? 0 : 1;
    }

    private void check() {
        if (rooms < 1 || rooms > scenario.viewers() || rampStep < 0) {
            throw scenario.refusal("there is at least one room, and a viewer for each; a ramp goes upwards");
        }
        if (rehearse && !joinStorm) {
            throw scenario.refusal("--rehearse needs --join-storm");
        }
        if (untilLate != null && rampStep == 0) {
            throw scenario.refusal("--until-late needs --ramp, as in: --ramp 100 --viewers 2000 --until-late 20ms");
        }
    }

    private FanoutReport play(String where, @Nullable NodeProcess node, PrintWriter out)
            throws IOException, InterruptedException {
        FanoutOptions options = new FanoutOptions(
                scenario.viewers(),
                rooms,
                scenario.warmUp(),
                scenario.measured(),
                scenario.joinsPerSecond(),
                joinStorm,
                rehearse,
                rampStep,
                untilLate == null ? Long.MAX_VALUE : untilLate.toNanos(),
                singleLayer ? new PublishSpec(publish.topBps(), publish.framesPerSecond(), 1) : publish,
                where,
                room,
                token);
        FanoutReport report;
        try (FanoutRun run = new FanoutRun(options, node, out)) {
            report = run.play();
        }
        if (scenario.report() != null) {
            out.println("page  " + new FanoutPage(report, options, scenario.surroundings()).write(scenario.report()));
        }
        return report;
    }

    /// What is published, by its text.
    static final class PublishConverter implements ITypeConverter<PublishSpec> {
        @Override
        public PublishSpec convert(String text) {
            try {
                return PublishSpec.parse(text);
            } catch (IllegalArgumentException e) {
                throw new CommandLine.TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }

    /// Milliseconds, as in `20ms`.
    static final class DelayConverter implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            if (!text.matches("[1-9][0-9]{0,5}ms")) {
                throw new CommandLine.TypeConversionException("not a delay, as in 20ms: " + text);
            }
            return Duration.ofMillis(Long.parseLong(text.substring(0, text.length() - 2)));
        }
    }
}
