package live.strait.relay;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import live.strait.protocol.crypto.CryptoChoice;
import live.strait.protocol.dtls.CurveLibrary;
import live.strait.protocol.ice.Candidate;
import live.strait.relay.config.ConfigDocs;
import live.strait.relay.config.ConfigException;
import live.strait.relay.config.ConfigReader;
import live.strait.relay.cpu.ThreadPriorities;
import live.strait.signaling.http.HttpStartException;
import live.strait.signaling.token.TokenKeys;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `strait serve`: starts a node, says where it is, and stops it with the process.
@Command(
        name = "serve",
        description = "Runs a node until Ctrl-C or SIGTERM.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Example: strait serve --config strait.yaml",
            "         strait serve --dev                          (no tokens needed)",
            "         strait serve --print-config > strait.yaml   (to start from)"
        })
final class ServeCommand implements Callable<Integer> {
    /// How long peers are told goodbye before the process ends all the same.
    private static final Duration STOP_TIME = Duration.ofSeconds(3);

    private static final String DEV_ROOM = "demo";

    @Option(names = "--config", paramLabel = "FILE", description = "The YAML file; docs/config.md lists its keys.")
    private @Nullable Path file;

    @Option(names = "--dev", description = "Let everybody in without a token, and print ready links.")
    private boolean dev;

    @Option(names = "--http-port", paramLabel = "N", description = "In place of http.port; 0 takes any free one.")
    private @Nullable Integer httpPort;

    @Option(names = "--media-port", paramLabel = "N", description = "In place of media.port; 0 takes any free one.")
    private @Nullable Integer mediaPort;

    @Option(names = "--data", paramLabel = "DIR", description = "In place of data.directory.")
    private @Nullable Path data;

    @Option(names = "--print-config", description = "Print a configuration with every key at its default, and end.")
    private boolean printConfig;

    @Override
    public Integer call() throws ConfigException, IOException, HttpStartException, InterruptedException {
        if (printConfig) {
            System.out.print(ConfigDocs.yaml(RelayConfig.class));
            return 0;
        }
        RelayConfig config = config();
        TokenKeys keys = config.tokens().toTokenKeys();
        if (keys.keys().isEmpty() && !dev) {
            throw new IllegalArgumentException("without a token key nobody could come in: give a --config with"
                    + " tokens.keys, or --dev to let everybody in");
        }
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.valueOf(config.log().level().name()));
        CryptoChoice crypto = config.crypto().choose();
        Node node = new Node(config.toNodeOptions(dev, crypto.engine()), keys);
        org.slf4j.Logger log = LoggerFactory.getLogger(ServeCommand.class);
        log.info("crypto: {}", crypto.reason());
        log.info("handshakes: {}", CurveLibrary.findings());
        ThreadPriorities.keep();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(node), "stop"));
        announce(config, node, System.out);
        new CountDownLatch(1).await(); // the process ends by a signal
        return 0;
    }

    private RelayConfig config() throws ConfigException {
        RelayConfig config =
                file == null ? ConfigReader.defaults(RelayConfig.class) : ConfigReader.read(RelayConfig.class, file);
        return config.with(
                httpPort == null ? config.http().port() : port("--http-port", httpPort),
                mediaPort == null ? config.media().port() : port("--media-port", mediaPort),
                data == null ? config.data().directory() : data);
    }

    private static int port(String option, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(option + " takes 0 to 65535, not " + port);
        }
        return port;
    }

    private void announce(RelayConfig config, Node node, PrintStream out) {
        String url = url(config, node.httpPort());
        List<String> addresses =
                node.candidates().stream().map(Candidate::address).distinct().toList();
        out.println(VersionCommand.text());
        out.println("http    " + url + (dev ? "  (open to everybody: --dev)" : ""));
        out.println("media   " + (config.media().tcp() ? "UDP and TCP" : "UDP") + " port " + node.mediaPort() + " at "
                + String.join(", ", addresses));
        out.println("data    " + config.data().directory().toAbsolutePath().normalize());
        if (dev) {
            out.println("studio  " + url + "/studio/" + DEV_ROOM);
            out.println("watch   " + url + "/watch/" + DEV_ROOM);
        }
        out.println("Ctrl-C stops the node.");
    }

    /// As a browser on this machine would write it; everywhere includes localhost, which pages with a camera need.
    private static String url(RelayConfig config, int port) {
        String host = config.http().host();
        boolean everywhere = host.equals("0.0.0.0") || host.equals("::");
        String name = everywhere ? "localhost" : host.contains(":") ? "[" + host + "]" : host;
        return (config.http().tls().toTls() == null ? "http" : "https") + "://" + name + ":" + port;
    }

    /// Closing takes as long as the slowest part; the process does not wait for it for ever.
    private static void stop(Node node) {
        Thread closing = Thread.ofPlatform().daemon().name("close").start(node::close);
        try {
            if (!closing.join(STOP_TIME)) {
                LoggerFactory.getLogger(ServeCommand.class)
                        .warn("not all peers could be told goodbye in {}", STOP_TIME);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
