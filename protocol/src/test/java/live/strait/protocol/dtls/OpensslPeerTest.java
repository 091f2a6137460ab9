package live.strait.protocol.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import live.strait.protocol.srtp.SrtpKeys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The `openssl` command as the other side, over UDP on the loopback; it prints the SRTP keys that it has come to.
@ParameterizedClass
@EnumSource(CurveLibrary.class)
@Tag("peer")
class OpensslPeerTest {
    private final DtlsOptions options;

    OpensslPeerTest(CurveLibrary curves) {
        options = DtlsPair.options(curves);
    }

    private static final DtlsCertificate OURS = DtlsCertificate.selfSigned();
    private static final DtlsCertificate THEIRS = DtlsCertificate.selfSigned();

    @TempDir
    Path directory = Path.of("");

    private DatagramSocket socket = unbound();
    private @Nullable Process openssl;
    private @Nullable InetSocketAddress peer;
    private @Nullable DtlsMachine machine;
    private final List<DtlsEvent> events = new ArrayList<>();

    @BeforeEach
    void bind() throws IOException {
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        socket.setSoTimeout(5);
    }

    @AfterEach
    void end() {
        socket.close();
        if (openssl != null) {
            openssl.destroy();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SRTP_AES128_CM_SHA1_80, 60, 1400",
        "SRTP_AES128_CM_SHA1_80:SRTP_AEAD_AES_256_GCM:SRTP_AEAD_AES_128_GCM, 56, 1400",
        "SRTP_AEAD_AES_256_GCM, 88, 256"
    })
    void clientOfOpensslComesToTheSameKeys(String profiles, int keyBytes, int mtu) throws IOException {
        DtlsMachine server = machine(DtlsRole.SERVER);
        server.start();
        Process client = openssl("s_client", "-connect", "127.0.0.1:" + socket.getLocalPort(), profiles, keyBytes, mtu);

        DtlsEvent.Connected connected = connect();

        assertThat(printedKeys()).isEqualTo(rfc5764(connected.remote(), connected.local()));
        client.outputWriter().write("hello\n");
        client.outputWriter().flush();
        ByteBuffer in = ByteBuffer.allocate(2048);
        carryUntil(() -> server.pollApplicationData(in));
        assertThat(StandardCharsets.UTF_8.decode(in).toString()).isEqualTo("hello\n");
        client.outputWriter().write("Q\n");
        client.outputWriter().flush();
        carryUntil(() -> events.contains(new DtlsEvent.Closed()));
    }

    @Test
    void serverOfOpensslComesToTheSameKeys() throws IOException {
        int port = freePort();
        peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        DtlsMachine client = machine(DtlsRole.CLIENT);
        openssl("s_server", "-accept", Integer.toString(port), "SRTP_AEAD_AES_128_GCM", 56, 1400, "-4", "-Verify", "1");
        client.start();

        DtlsEvent.Connected connected = connect();

        assertThat(printedKeys()).isEqualTo(rfc5764(connected.local(), connected.remote()));
        assertThat(client.sendApplicationData(ByteBuffer.wrap("over\n".getBytes(StandardCharsets.UTF_8))))
                .isTrue();
        carryUntil(() -> output().contains("over"));
    }

    private DtlsMachine machine(DtlsRole role) {
        DtlsMachine made = new DtlsMachine(OURS, role, THEIRS.fingerprint(), options, () -> {});
        machine = made;
        return made;
    }

    private Process openssl(
            String verb, String option, String address, String profiles, int keyBytes, int mtu, String... more)
            throws IOException {
        Path pem = Files.writeString(directory.resolve("peer.pem"), THEIRS.encode());
        List<String> command = new ArrayList<>(List.of("openssl", verb, "-dtls1_2", option, address));
        command.addAll(List.of("-cert", pem.toString(), "-key", pem.toString(), "-use_srtp", profiles));
        command.addAll(List.of("-keymatexport", "EXTRACTOR-dtls_srtp", "-keymatexportlen", Integer.toString(keyBytes)));
        command.addAll(List.of("-mtu", Integer.toString(mtu)));
        command.addAll(List.of(more));
        Process started = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile())
                .start();
        openssl = started;
        return started;
    }

    private DtlsEvent.Connected connect() throws IOException {
        carryUntil(() -> !events.isEmpty());
        assertThat(events.getFirst()).as(output()).isInstanceOf(DtlsEvent.Connected.class);
        return (DtlsEvent.Connected) events.getFirst();
    }

    private void carryUntil(BooleanSupplier condition) throws IOException {
        DtlsMachine ours = Objects.requireNonNull(machine);
        ByteBuffer out = ByteBuffer.allocate(1200);
        byte[] in = new byte[2048];
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(output()).isLessThan(end);
            while (ours.pollTransmit(out)) {
                socket.send(new DatagramPacket(out.array(), out.limit(), peer));
            }
            DatagramPacket packet = new DatagramPacket(in, in.length);
            try {
                socket.receive(packet);
                peer = (InetSocketAddress) packet.getSocketAddress();
                ours.receive(0, ByteBuffer.wrap(in, 0, packet.getLength()));
            } catch (SocketTimeoutException nothing) {
                // The handshake's thread may have something all the same.
            }
            for (DtlsEvent event = ours.pollEvent(); event != null; event = ours.pollEvent()) {
                events.add(event);
            }
        }
    }

    private String printedKeys() throws IOException {
        String label = "Keying material: ";
        carryUntil(() -> output().contains(label) && output().indexOf('\n', output().indexOf(label)) > 0);
        int at = output().indexOf(label) + label.length();
        return output().substring(at, output().indexOf('\n', at)).strip().toLowerCase(Locale.ROOT);
    }

    private static String rfc5764(SrtpKeys client, SrtpKeys server) {
        HexFormat hex = HexFormat.of();
        return hex.formatHex(client.masterKey())
                + hex.formatHex(server.masterKey())
                + hex.formatHex(client.masterSalt())
                + hex.formatHex(server.masterSalt());
    }

    private String output() {
        try {
            return Files.readString(directory.resolve("output"), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "no output: " + e;
        }
    }

    private static int freePort() throws IOException {
        try (DatagramSocket probe = new DatagramSocket()) {
            return probe.getLocalPort();
        }
    }

    private static DatagramSocket unbound() {
        try {
            return new DatagramSocket(null);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
