package live.strait.loadtest.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import live.strait.loadtest.host.SimulatedHost;
import live.strait.loadtest.node.CpuPlacement;
import live.strait.loadtest.node.NodeProcess;
import live.strait.loadtest.peer.PeerConnector;
import live.strait.loadtest.peer.SignalingClient;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `strait demo`: node, host, links, and a line that says how it goes.
@Command(
        name = "demo",
        description = "A node with a host that is already live; prints the links. Ctrl-C ends both.",
        mixinStandardHelpOptions = true,
        footer = {"", "Example: strait demo --http-port 9000"})
public final class DemoCommand implements Callable<Integer> {
    private static final Duration STATUS_INTERVAL = Duration.ofSeconds(1);
    /// The demo's room has its host already.
    private static final String OWN_ROOM = "mine";

    private static final String CLEAR_LINE = "\r\u001b[K";

    @Option(
            names = "--http-port",
            defaultValue = "8080",
            description = "Pages, WHIP and WHEP (default: ${DEFAULT-VALUE}).")
    private int httpPort;

    @Option(
            names = "--media-port",
            defaultValue = "8443",
            description = "Media, over UDP and TCP (default: ${DEFAULT-VALUE}).")
    private int mediaPort;

    @Option(names = "--room", defaultValue = "demo", description = "Which room (default: ${DEFAULT-VALUE}).")
    private String room = "demo";

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    private volatile boolean ending;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        out.println("starting a node");
        out.flush();
        try (NodeProcess node =
                        NodeProcess.start(CpuPlacement.none("the machine is for all"), httpPort, mediaPort, List.of());
                SignalingClient signaling = new SignalingClient(null);
                SimulatedHost host = new SimulatedHost(signaling, new PeerConnector(signaling))) {
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(this::onCtrlC));
            host.publish(node.http().resolve("/whip/" + room), ClipSource.load(), null);
            out.println("watch   " + node.http() + "/watch/" + room);
            out.println("studio  " + node.http() + "/studio/" + OWN_ROOM + "  (go live yourself; watch it at "
                    + node.http() + "/watch/" + OWN_ROOM + ")");
            out.println("media   UDP and TCP port " + mediaPort + "; node log " + node.log());
            out.println("Ctrl-C ends the demo.");
            return watch(node, host, signaling, out);
        } catch (IOException e) {
            if (ending) {
                return 0;
            }
            throw e;
        }
    }

    /// What fails from now on does so because all is being taken down.
    private void onCtrlC() {
        ending = true;
        spec.commandLine().getOut().println();
        spec.commandLine().getOut().flush();
    }

    /// On a terminal one line that changes, else a line for each change of the number of viewers.
    private int watch(NodeProcess node, SimulatedHost host, SignalingClient signaling, PrintWriter out)
            throws IOException, InterruptedException {
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        URI resource = node.http().resolve("/rooms/" + room);
        long beganNanos = System.nanoTime();
        int viewersBefore = -1;
        while (true) {
            if (!node.handle().isAlive()) {
                throw new IOException("the node has ended:\n" + node.lastWords());
            }
            String cause = host.ending();
            if (cause != null) {
                throw new IOException("the host's session has ended: " + cause);
            }
            JsonNode status =
                    new ObjectMapper().readTree(signaling.get(resource).body());
            int viewers = status.path("viewers").asInt();
            long seconds = (System.nanoTime() - beganNanos) / 1_000_000_000;
            if (terminal) {
                out.print(CLEAR_LINE + line(status, seconds));
            } else if (viewers != viewersBefore) {
                out.println(line(status, seconds));
            }
            viewersBefore = viewers;
            out.flush();
            Thread.sleep(STATUS_INTERVAL);
        }
    }

    private static String line(JsonNode status, long seconds) {
        long bitrateBps = 0;
        for (JsonNode layer : status.path("layers")) {
            bitrateBps += layer.path("bitrateBps").asLong();
        }
        int viewers = status.path("viewers").asInt();
        return String.format(
                Locale.ROOT,
                "%s  %d %s  host sends %.2f Mbit/s in %d layers  up %d:%02d",
                status.path("phase").asText(),
                viewers,
                viewers == 1 ? "viewer" : "viewers",
                bitrateBps / 1e6,
                status.path("layers").size(),
                seconds / 60,
                seconds % 60);
    }
}
