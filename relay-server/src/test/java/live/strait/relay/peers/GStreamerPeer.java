package live.strait.relay.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// GStreamer's webrtcbin in a process of its own, which ends by itself when it is forgotten.
///
/// The script `webrtcbin.py` says on standard output what it sees: see there.
final class GStreamerPeer implements AutoCloseable {
    private static final int LIFE_SECONDS = 60;
    /// The system's Python: no other one has the bindings of Debian's packages.
    private static final String PYTHON = "/usr/bin/python3";

    private final Tally pictures = new Tally("pictures decoded by GStreamer");
    private final Tally sounds = new Tally("sounds decoded by GStreamer");
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final Path script;
    private final Process process;

    private GStreamerPeer(String mode, URI endpoint) throws IOException {
        script = Files.createTempFile("webrtcbin", ".py");
        try (InputStream in = GStreamerPeer.class.getResourceAsStream("webrtcbin.py")) {
            if (in == null) {
                throw new IOException("no test resource webrtcbin.py");
            }
            Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
        }
        process = new ProcessBuilder(PYTHON, script.toString(), mode, endpoint.toString(), String.valueOf(LIFE_SECONDS))
                .redirectErrorStream(true)
                .start();
        Thread.ofVirtual().start(this::listen);
    }

    static GStreamerPeer publish(URI node, String room) throws IOException {
        return new GStreamerPeer("publish", node.resolve("/whip/" + room));
    }

    static GStreamerPeer watch(URI node, String room) throws IOException {
        return new GStreamerPeer("watch", node.resolve("/whep/" + room));
    }

    Tally pictures() {
        return pictures;
    }

    Tally sounds() {
        return sounds;
    }

    /// Everything said that is not a decoded buffer: for the eyes of whoever looks for what went wrong.
    List<String> said() {
        return said;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.deleteIfExists(script);
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                switch (line) {
                    case "video" -> pictures.add();
                    case "audio" -> sounds.add();
                    default -> said.add(line);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
