package live.strait.relay.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import live.strait.signaling.message.ClientMessage;
import live.strait.signaling.message.LaneException;
import live.strait.signaling.message.LaneJson;
import live.strait.signaling.message.NodeMessage;

/// werift, whose ICE, DTLS and SCTP are written in TypeScript, as a Node.js process with nothing but the lane's
/// data channels over a WHEP session.
///
/// The script `lane.mjs` says what it is told and what it says.
final class WeriftLane implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 15;
    /// With a seventh of its packets lost, werift waits for its T3 (1 s at least) again and again, with nothing but
    /// loopback in between: 5 to 8 s without a whole message are usual, more than 15 s were seen once.
    private static final long MESSAGE_PATIENCE_SECONDS = 40;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final BlockingQueue<NodeMessage> received = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> offers = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> opened = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> closed = new LinkedBlockingQueue<>();
    private final Process process;
    private final Writer ears;

    /// @param directory where [#install] has put werift
    /// @param path changes the answer, to lead through a box in between
    WeriftLane(Path directory, URI node, String room, UnaryOperator<String> path) throws Exception {
        process = new ProcessBuilder("node", directory.resolve("lane.mjs").toString())
                .redirectError(directory.resolve("errors").toFile())
                .start();
        ears = process.outputWriter(StandardCharsets.UTF_8);
        Thread.ofVirtual().start(this::listen);
        String offer = next(offers, "offer");
        tell(Map.of(
                "answer", path.apply(SignalingClient.watch(node, room, offer).answer())));
        assertOpened("lane");
        assertOpened("lane-fast");
    }

    /// Puts werift of the version in `package-lock.json` there, as npm does it.
    ///
    /// @return why it could not, or nothing
    static String install(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        for (String file : List.of("lane.mjs", "package.json", "package-lock.json")) {
            try (var in = WeriftLane.class.getResourceAsStream("werift/" + file)) {
                if (in == null) {
                    throw new IOException("no test resource werift/" + file);
                }
                Files.write(directory.resolve(file), in.readAllBytes());
            }
        }
        Path output = directory.resolve("npm");
        try {
            Process npm = new ProcessBuilder(
                            "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline")
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (npm.waitFor(60, TimeUnit.SECONDS) && npm.exitValue() == 0) {
                return "";
            }
            npm.destroyForcibly();
            return Files.readString(output);
        } catch (IOException e) {
            return e.toString();
        }
    }

    void send(ClientMessage message) throws IOException {
        tell(Map.of("send", "lane", "text", LaneJson.write(message)));
    }

    void sendFast(ClientMessage message) throws IOException {
        tell(Map.of("send", "lane-fast", "text", LaneJson.write(message)));
    }

    /// The next message, on either channel.
    NodeMessage next() throws InterruptedException {
        return next(received, "message", MESSAGE_PATIENCE_SECONDS);
    }

    /// The next message of this type; others are passed over.
    <T extends NodeMessage> T await(Class<T> type) throws InterruptedException {
        NodeMessage message = next();
        while (!type.isInstance(message)) {
            message = next();
        }
        return type.cast(message);
    }

    /// Closes `lane` and opens another one on that stream of the same association.
    void reopen(int streamId) throws Exception {
        tell(Map.of("close", "lane"));
        if (!next(closed, "close").equals("lane")) {
            throw new AssertionError("another channel was closed");
        }
        tell(Map.of("open", "lane", "init", Map.of("id", streamId)));
        assertOpened("lane");
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly(); // by the handle: who listens is left its stream, to the end
    }

    private void assertOpened(String label) throws InterruptedException {
        if (!next(opened, "opened " + label).equals(label)) {
            throw new AssertionError("another channel was opened");
        }
    }

    private static <T> T next(BlockingQueue<T> queue, String what) throws InterruptedException {
        return next(queue, what, PATIENCE_SECONDS);
    }

    private static <T> T next(BlockingQueue<T> queue, String what, long patienceSeconds) throws InterruptedException {
        T next = queue.poll(patienceSeconds, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("no " + what + " came of werift");
        }
        return next;
    }

    private void tell(Map<String, ?> told) throws IOException {
        ears.write(JSON.writeValueAsString(told) + "\n");
        ears.flush();
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode said = JSON.readTree(line);
                if (said.has("message")) {
                    received.add(LaneJson.readNode(said.get("message").asText()));
                } else if (said.has("opened")) {
                    opened.add(said.get("opened").asText());
                } else if (said.has("closed")) {
                    closed.add(said.get("closed").asText());
                } else {
                    offers.add(said.get("offer").asText());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (LaneException e) {
            throw new AssertionError(e);
        }
    }
}
