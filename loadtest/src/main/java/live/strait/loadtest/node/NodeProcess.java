package live.strait.loadtest.node;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A node of our own: `strait serve --dev` in another process on the same class path.
///
/// It ends with this process, by [#close] or by the shutdown hook, and what it kept on disk goes with it. What it
/// says goes to a log file, whose end is shown when it does not start. Between [#kill] and [#startAgain] it is
/// what a crash leaves: its ports and its data.
public final class NodeProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);
    private static final String MAIN = "live.strait.relay.Main";
    private static final Duration START_PATIENCE = Duration.ofSeconds(60);
    private static final Duration END_PATIENCE = Duration.ofSeconds(5);
    private static final long POLL_MILLIS = 100;
    private static final String CROWD_CONFIG = "limits: {maxHalfOpenPerAddress: 10000}\n";
    private static final int SHOWN_LOG_LINES = 12;

    private final List<String> command;
    private final Path log;
    private final SafepointLog safepoints;
    private final Path data;
    private final URI http;
    private final int mediaPort;
    private final Thread hook = Thread.ofPlatform().unstarted(this::stop);
    private volatile Process process;

    private NodeProcess(List<String> command, Path log, SafepointLog safepoints, Path data, int httpPort, int mediaPort)
            throws IOException {
        this.command = command;
        this.log = log;
        this.safepoints = safepoints;
        this.data = data;
        this.http = URI.create("http://localhost:" + httpPort);
        this.mediaPort = mediaPort;
        this.process = launch();
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// Starts a node on free ports, to be measured, and waits until it is ready.
    ///
    /// @param config its configuration, or null for the defaults but for the bound on one address's joins: a crowd
    ///     comes from many addresses, a simulated one from one
    public static NodeProcess start(CpuPlacement placement, @Nullable Path config)
            throws IOException, InterruptedException {
        if (config != null) {
            return start(placement, freePort(), freePort(), List.of("--config", config.toString()));
        }
        Path crowd = Files.createTempFile("strait-node-", ".yaml");
        crowd.toFile().deleteOnExit(); // it is read at each start
        Files.writeString(crowd, CROWD_CONFIG);
        return start(placement, freePort(), freePort(), List.of("--config", crowd.toString()));
    }

    /// Starts a node on these ports and waits until it is ready.
    ///
    /// @param options further ones of `strait serve`
    /// @throws IOException with the last words of a node that did not start
    public static NodeProcess start(CpuPlacement placement, int httpPort, int mediaPort, List<String> options)
            throws IOException, InterruptedException {
        Path log = Files.createTempFile("strait-node-", ".log");
        Path data = Files.createTempDirectory("strait-data-");
        List<String> command = new ArrayList<>(placement.nodePrefix());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        Path safepoints = data.resolve("safepoints.log");
        command.addAll(jvmOptions());
        command.addAll(List.of(
                SafepointLog.option(safepoints),
                "-cp",
                System.getProperty("java.class.path"),
                MAIN,
                "serve",
                "--dev",
                "--http-port",
                String.valueOf(httpPort),
                "--media-port",
                String.valueOf(mediaPort),
                "--data",
                data.toString()));
        command.addAll(options);
        NodeProcess node = new NodeProcess(command, log, new SafepointLog(safepoints), data, httpPort, mediaPort);
        try {
            node.awaitReady();
            return node;
        } catch (IOException | InterruptedException e) {
            node.close();
            throw e;
        }
    }

    /// Those of this JVM, which `./strait` has given it: so the node runs as `./strait serve` runs one.
    private static List<String> jvmOptions() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-X") || option.startsWith("--"))
                .toList();
    }

    /// Ends it in the midst of whatever it does, as `kill -9`; returns when it is gone.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Starts it on the same ports with the same data, and waits until it is ready.
    ///
    /// @throws IOException with the last words of a node that did not start
    public void startAgain() throws IOException, InterruptedException {
        if (process.isAlive()) {
            throw new IllegalStateException("the node is still running");
        }
        process = launch();
        awaitReady();
    }

    /// Where WHIP, WHEP and the pages are.
    public URI http() {
        return http;
    }

    public int mediaPort() {
        return mediaPort;
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    public Path log() {
        return log;
    }

    SafepointLog safepoints() {
        return safepoints;
    }

    /// The last lines of what it said.
    public String lastWords() throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - SHOWN_LOG_LINES), lines.size()));
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return; // the process is ending: the hook does it
        }
        stop();
    }

    private Process launch() throws IOException {
        Process launched = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        launched.getOutputStream().close();
        return launched;
    }

    private void stop() {
        process.destroy();
        try {
            if (!process.waitFor(END_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        deleteData();
    }

    private void deleteData() {
        try (Stream<Path> inside = Files.walk(data)) {
            for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        } catch (IOException e) {
            LOG.warn("{} could not be deleted: {}", data, e.toString());
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        long untilNanos = System.nanoTime() + START_PATIENCE.toNanos();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest probe = HttpRequest.newBuilder(http.resolve("/readyz")).build();
            while (System.nanoTime() < untilNanos) {
                if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    throw new IOException("the node has not started:\n" + lastWords());
                }
                if (isReady(client, probe)) {
                    return;
                }
            }
        }
        throw new IOException("the node was not ready within " + START_PATIENCE.toSeconds() + " s:\n" + lastWords());
    }

    private static boolean isReady(HttpClient client, HttpRequest probe) throws InterruptedException {
        try {
            return client.send(probe, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false; // not listening yet
        }
    }

    /// A port that is free for TCP and UDP now, and most likely still when the node takes it.
    private static int freePort() throws IOException {
        while (true) {
            try (ServerSocket tcp = new ServerSocket(0);
                    DatagramSocket udp = new DatagramSocket(new InetSocketAddress(tcp.getLocalPort()))) {
                return udp.getLocalPort();
            } catch (BindException e) {
                // That number is taken for UDP: the next one.
            }
        }
    }
}
