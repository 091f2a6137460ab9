package live.strait.loadtest;

import live.strait.loadtest.demo.DemoCommand;
import live.strait.loadtest.fanout.FanoutCommand;
import live.strait.loadtest.interrupt.InterruptCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// `strait demo` and `strait loadtest`.
@Command(
        name = "strait",
        mixinStandardHelpOptions = true,
        subcommands = {DemoCommand.class, Main.LoadTest.class})
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        CommandLine commands = new CommandLine(new Main());
        commands.setExecutionExceptionHandler((failure, command, _) -> {
            command.getErr().println("strait: " + failure.getMessage());
            return 1;
        });
        System.exit(commands.execute(arguments));
    }

    /// The scenarios.
    @Command(
            name = "loadtest",
            description = "Simulated hosts and viewers over real UDP, and how they fared.",
            mixinStandardHelpOptions = true,
            subcommands = {FanoutCommand.class, InterruptCommand.class},
            footer = {"", "Example: strait loadtest fanout --viewers 200 --seconds 20 --json fanout.json"})
    static final class LoadTest {}
}
