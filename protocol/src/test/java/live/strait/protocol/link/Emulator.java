package live.strait.protocol.link;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The real emulator, for the comparison with [LinkModel]: built from a copy of its directory, one lab of two
/// namespaces, its own probe as sender and receiver. Needs root, `/dev/net/tun`, make and a C compiler.
final class Emulator implements AutoCloseable {
    private static final String LEFT = "10.91.7.1";
    private static final String RIGHT = "10.91.7.2";
    private static final String PORT = "9000";

    private final Path directory;
    private final String lab = "model" + ProcessHandle.current().pid();

    /// A packet that came through.
    record Arrival(int number, long sentNanos, long cameNanos) {}

    Emulator(Path source, Path work, String settings, long seed) throws IOException, InterruptedException {
        directory = work;
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = work.resolve(source.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        run("make", "-s");
        run("./netlab", "up", "--name", lab, "--left", LEFT, "--right", RIGHT, "--set", settings, "--seed", "" + seed);
    }

    /// Sends from left to right and returns what came, once nothing has been under way for a second.
    List<Arrival> transfer(int packets, int wireBytes, int gapMicros) throws IOException, InterruptedException {
        Path records = directory.resolve("records");
        Process receiver = new ProcessBuilder(
                        "./netlab", "exec", lab + "-r", "--", directory + "/build/probe", "recv", PORT)
                .directory(directory.toFile())
                .redirectOutput(records.toFile())
                .start();
        try (BufferedReader ready = receiver.errorReader()) {
            if (!"ready".equals(ready.readLine())) {
                throw new IllegalStateException("the probe does not receive");
            }
            run("./netlab", "set", lab, "restart");
            run(
                    "./netlab",
                    "exec",
                    lab + "-l",
                    "--",
                    directory + "/build/probe",
                    "send",
                    RIGHT,
                    PORT,
                    "" + wireBytes,
                    "" + gapMicros,
                    "" + packets);
            run("sleep", "1");
            receiver.destroy();
            receiver.waitFor();
        }
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(records)).order(ByteOrder.nativeOrder());
        List<Arrival> arrivals = new ArrayList<>();
        while (bytes.hasRemaining()) {
            arrivals.add(new Arrival((int) bytes.getLong(), bytes.getLong(), bytes.getLong()));
        }
        return arrivals;
    }

    /// The emulator's own figures, a line of JSON.
    String statistics() throws IOException, InterruptedException {
        return run("./netlab", "stats", lab);
    }

    private String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + ": " + output);
        }
        return output;
    }

    @Override
    public void close() {
        try {
            run("./netlab", "down", lab);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
