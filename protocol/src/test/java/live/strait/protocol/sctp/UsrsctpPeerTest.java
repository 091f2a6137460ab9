package live.strait.protocol.sctp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import live.strait.protocol.demux.DropReason;
import live.strait.protocol.sctp.rx.IncomingMessage;
import live.strait.protocol.sctp.tx.OutgoingMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against usrsctp, as GStreamer's sctpenc and sctpdec have it, over plain UDP on this machine; it returns every
/// message. Firefox, libdatachannel and browsers before dcSCTP have the same code.
@Tag("peer")
class UsrsctpPeerTest {
    private static final int STREAM = 1;
    private static final int MESSAGES = 60;

    private final Association association =
            new Association(AssociationOptions.of(5000, 5000, 1152, 256 * 1024), new SplittableRandom(1));
    private final List<ByteBuffer> returned = new ArrayList<>();
    private final ByteBuffer packet = ByteBuffer.allocate(65_536);
    private final SplittableRandom loss = new SplittableRandom(2);
    private double lossShare;

    @TempDir
    private Path work;

    private boolean established;
    private Selector selector;
    private DatagramChannel socket;
    private InetSocketAddress to;
    private Process peer;

    @BeforeEach
    void startPeer() throws IOException {
        selector = Selector.open();
        socket = DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.configureBlocking(false).register(selector, SelectionKey.OP_READ);
        int ours = ((InetSocketAddress) socket.getLocalAddress()).getPort();
        int theirs;
        try (DatagramChannel free =
                DatagramChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            theirs = ((InetSocketAddress) free.getLocalAddress()).getPort();
        }
        Path script = work.resolve("usrsctp_echo.py");
        try (InputStream in = UsrsctpPeerTest.class.getResourceAsStream("usrsctp_echo.py")) {
            Files.copy(Objects.requireNonNull(in), script);
        }
        peer = new ProcessBuilder("/usr/bin/python3", script.toString(), "" + theirs, "" + ours)
                .redirectErrorStream(true)
                .redirectOutput(work.resolve("said").toFile())
                .start();
        to = new InetSocketAddress(InetAddress.getLoopbackAddress(), theirs);
    }

    @AfterEach
    void stopPeer() throws IOException {
        peer.destroy();
        socket.close();
        selector.close();
    }

    @ParameterizedTest
    @CsvSource({"0.0, 20", "0.1, 90"})
    void everyMessageComesBackWholeAndInOrder(double share, int atMostSeconds) throws Exception {
        run(() -> established, Duration.ofSeconds(20));
        lossShare = share;
        List<ByteBuffer> sent = new ArrayList<>();
        SplittableRandom sizes = new SplittableRandom(3);
        for (int i = 0; i < MESSAGES; i++) {
            byte[] message = new byte[1 + sizes.nextInt(i % 10 == 0 ? 60_000 : 600)];
            sizes.nextBytes(message);
            sent.add(ByteBuffer.wrap(message));
            association.send(new OutgoingMessage(
                    STREAM, 53, message.clone(), false, false, Integer.MAX_VALUE, OutgoingMessage.NEVER, now(), 0));
        }
        run(() -> returned.size() == MESSAGES, Duration.ofSeconds(atMostSeconds));
        assertThat(returned).isEqualTo(sent);
        lossShare = 0;
        association.shutdown();
        run(association::isEnded, Duration.ofSeconds(5));
    }

    private static long now() {
        return System.nanoTime();
    }

    private void run(BooleanSupplier reached, Duration atMost) throws IOException {
        long end = now() + atMost.toNanos();
        association.connect(now());
        while (!reached.getAsBoolean()) {
            assertThat(now()).as("returned %d of %d", returned.size(), MESSAGES).isLessThan(end);
            assertThat(peer.isAlive())
                    .as(() -> "GStreamer's sctpenc, sctpdec and Python bindings: " + said())
                    .isTrue();
            send();
            long next = Math.min(association.nextDeadline().atNanos(), now() + 50_000_000);
            selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(next - now())));
            selector.selectedKeys().clear();
            receive();
            if (association.nextDeadline().isDue(now())) {
                association.onTimeout(now());
            }
            events();
        }
        send();
    }

    private String said() {
        try {
            return Files.readString(work.resolve("said"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void send() throws IOException {
        while (association.pollTransmit(now(), packet)) {
            if (loss.nextDouble() >= lossShare) {
                socket.send(packet, to);
            }
        }
    }

    private void receive() throws IOException {
        while (socket.receive(packet.clear()) != null) {
            if (loss.nextDouble() >= lossShare) {
                DropReason reason = association.receive(now(), packet.flip());
                assertThat(reason).isIn(null, DropReason.DUPLICATE);
            }
        }
    }

    private void events() {
        for (AssociationEvent event = association.pollEvent(); event != null; event = association.pollEvent()) {
            established |= event instanceof AssociationEvent.Established;
            if (event instanceof AssociationEvent.MessageReceived(IncomingMessage message)) {
                returned.add(message.bytes());
                association.release(message.sizeBytes());
            }
        }
    }
}
