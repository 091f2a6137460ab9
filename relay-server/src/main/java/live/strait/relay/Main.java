package live.strait.relay;

import java.io.IOException;
import live.strait.relay.config.ConfigException;
import live.strait.signaling.http.HttpStartException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command line of the node: `serve`, `token`, `version`.
///
/// What an operator can mend ends in one line on standard error and exit code 1; a wrong option in 2; a bug of ours
/// in its stack trace and 70.
@Command(
        name = "strait",
        description = "A real-time audio/video relay.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "VERB",
        versionProvider = VersionCommand.class,
        subcommands = {ServeCommand.class, TokenCommand.class, VersionCommand.class})
public final class Main {
    private static final int MENDABLE = 1;
    private static final int WRONG_USAGE = 2;
    private static final int BUG = 70; // EX_SOFTWARE of sysexits.h

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /// Runs a verb and returns its exit code; `serve` returns only when it could not start.
    static int run(String... arguments) {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((exception, command, _) -> explain(exception, command))
                .setParameterExceptionHandler((exception, _) -> {
                    CommandLine command = exception.getCommandLine();
                    command.getErr().println("strait: " + exception.getMessage());
                    command.getErr()
                            .println("strait: " + command.getCommandSpec().qualifiedName() + " --help tells more");
                    return WRONG_USAGE;
                })
                .execute(arguments);
    }

    private static int explain(Exception exception, CommandLine command) {
        boolean mendable = exception instanceof ConfigException
                || exception instanceof IOException
                || exception instanceof HttpStartException
                || exception instanceof IllegalArgumentException;
        if (mendable) {
            command.getErr().println("strait: " + exception.getMessage());
            return MENDABLE;
        }
        exception.printStackTrace(command.getErr());
        return BUG;
    }
}
