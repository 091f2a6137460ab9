package live.strait.relay.browser;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Two network namespaces with the `linkem` emulator between them: a node and its host on one end, a viewer on the
/// other. Needs root, `/dev/net/tun`, make and a C compiler.
final class WeakLinkLab implements AutoCloseable {
    private static final String VIEWER_ADDRESS = "10.92.7.1";
    private static final String NODE_ADDRESS = "10.92.7.2";
    private static final int HTTP_PORT = 8080;
    private static final long PATIENCE_SECONDS = 120;

    private final Path directory;
    private final String name = "weak" + ProcessHandle.current().pid();
    private final Process node;

    /// Copies and builds the emulator, lays the link and starts a node behind it.
    ///
    /// @param work a directory that is deleted afterwards
    WeakLinkLab(Path linkem, Path work, String profile) throws IOException, InterruptedException {
        directory = work.resolve("linkem");
        copy(linkem, directory);
        run("make", "-s");
        run("./netlab", "up", "--name", name, "--left", VIEWER_ADDRESS, "--right", NODE_ADDRESS, "--profile", profile);
        node = startNode(work);
    }

    URI page(String path) {
        return URI.create("http://" + NODE_ADDRESS + ":" + HTTP_PORT + path);
    }

    /// A browser on the node's end of the link.
    Chromium near(String path) throws IOException {
        return browser("-r", path);
    }

    /// A browser behind the link.
    Chromium far(String path) throws IOException {
        return browser("-l", path);
    }

    /// What the emulator has counted, as JSON.
    String statistics() throws IOException, InterruptedException {
        return run("./netlab", "stats", name);
    }

    @Override
    public void close() throws IOException {
        node.destroyForcibly(); // nothing of it is to be kept
        try {
            run("./netlab", "down", name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The driver stays outside and talks to its browser by a pipe: no socket leads into a namespace. The origin has no
    /// certificate, so the browser is told to trust it as it would `localhost`.
    private Chromium browser(String end, String path) throws IOException {
        Path wrapper = directory.resolve("chromium" + end);
        Files.writeString(wrapper, "#!/bin/sh\nexec ip netns exec " + name + end + " /usr/bin/chromium \"$@\"\n");
        Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwx------"));
        return new Chromium(
                wrapper,
                page(path),
                "--remote-debugging-pipe",
                "--unsafely-treat-insecure-origin-as-secure=http://" + NODE_ADDRESS + ":" + HTTP_PORT);
    }

    private Process startNode(Path work) throws IOException {
        List<String> command = new ArrayList<>(List.of("./netlab", "exec", name + "-r", "--"));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseZGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "live.strait.relay.Main",
                "serve",
                "--dev",
                "--http-port=" + HTTP_PORT,
                "--data=" + work.resolve("data")));
        Process started = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectError(work.resolve("node.log").toFile())
                .start();
        BufferedReader said = started.inputReader(StandardCharsets.UTF_8);
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("Ctrl-C")) {
                return started;
            }
        }
        throw new IOException("the node has not started: " + Files.readString(work.resolve("node.log")));
    }

    private String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output);
        }
        return output;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}
