package live.strait.bench.egress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import live.strait.bench.fanout.FanoutShow;
import org.jspecify.annotations.Nullable;

/// Where packets go that nobody shall receive.
///
/// With root: a network namespace with an `ifb` device, which takes segmented messages as a network card does and
/// drops what it gets. All viewers are behind one gateway, as they are in the world: with each a neighbour of its
/// own the kernel's table of 1024 neighbours overflowed, and 2000 viewers cost half as much again. Without: a
/// socket on loopback that is never read; then the sender's thread also does the receiver's part of the kernel's
/// work, and the kernel segments.
final class DropNetwork implements AutoCloseable {
    static final int PORT = FanoutShow.VIEWER_PORT;

    private static final String DEVICE = "sink";

    private final @Nullable String namespace;
    private final Undo undo;

    private DropNetwork(@Nullable String namespace, Runnable undo) {
        this.namespace = namespace;
        this.undo = new Undo(undo);
    }

    static DropNetwork open() throws IOException, InterruptedException {
        String name = "strait-egress-" + ProcessHandle.current().pid();
        if (isDone("ip", "netns", "add", name)) {
            if (isDone("ip", "-n", name, "link", "set", "lo", "up")
                    && isDone("ip", "-n", name, "link", "add", DEVICE, "type", "ifb")
                    && isDone("ip", "-n", name, "addr", "add", "10.98.0.1/24", "dev", DEVICE)
                    && isDone("ip", "-n", name, "link", "set", DEVICE, "up")
                    && isDone("ip", "-n", name, "route", "add", "10.99.0.0/16", "via", "10.98.0.2")) {
                return new DropNetwork(name, () -> delete(name));
            }
            delete(name);
        }
        DatagramChannel channel = DatagramChannel.open().setOption(StandardSocketOptions.SO_RCVBUF, 2048);
        channel.bind(new InetSocketAddress(PORT));
        return new DropNetwork(null, () -> close(channel));
    }

    /// The first viewer's address; the others' follow.
    String firstAddress() {
        return namespace == null ? "127.0.0.2" : "10.99.0.2";
    }

    String note() {
        return namespace == null
                ? "to sockets on loopback that are never read, as the namespace needs root: figures are higher"
                : "to an ifb device that drops, in a network namespace";
    }

    /// The command as it runs in there.
    List<String> inside(List<String> command) {
        List<String> whole = new ArrayList<>();
        if (namespace != null) {
            whole.addAll(List.of("ip", "netns", "exec", namespace));
        }
        whole.addAll(command);
        return whole;
    }

    boolean isDevice() {
        return namespace != null;
    }

    @Override
    public void close() {
        undo.close();
    }

    private static void close(DatagramChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(String name) {
        try {
            isDone("ip", "netns", "del", name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isDone(String... command) throws InterruptedException {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false; // there is no such program
        }
    }
}
