package live.strait.relay.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import live.strait.relay.TestNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The ways that packets take when the plain one, UDP over IPv4, is not there.
@Tag("peer")
class TransportTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ROOM = "room";

    @Test
    void pictureArrivesOverTcpAlone() throws Exception {
        try (TestNode node = TestNode.start();
                LibwebrtcHost _ = new LibwebrtcHost(node.http(), ROOM, "VP8", 640, 360, TransportTest::withoutUdp);
                LibwebrtcViewer viewer = new LibwebrtcViewer(node.http(), ROOM, TransportTest::withoutUdp)) {
            viewer.pictures().awaitMore(150, PATIENCE);
            viewer.sounds().awaitMore(100, PATIENCE);

            assertThat(viewer.size()).isEqualTo("640x360");
            assertThat(viewer.path("protocol")).isEqualTo("tcp");
        }
    }

    @Test
    void pictureArrivesOverIpv6Alone() throws Exception {
        InetAddress address = ipv6Address();
        try (TestNode node = TestNode.start(List.of(address));
                LibwebrtcHost _ = new LibwebrtcHost(node.http(), ROOM, "VP8", 640, 360);
                LibwebrtcViewer viewer = new LibwebrtcViewer(node.http(), ROOM)) {
            viewer.pictures().awaitMore(90, PATIENCE);

            assertThat(viewer.path("ip").toString()).contains(":");
        }
    }

    private static String withoutUdp(String answer) {
        return answer.lines()
                .filter(line -> !(line.startsWith("a=candidate:")
                        && line.toLowerCase(Locale.ROOT).contains(" udp ")))
                .collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private static InetAddress ipv6Address() throws Exception {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(each -> each instanceof Inet6Address && !each.isLoopbackAddress() && !each.isLinkLocalAddress())
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "this machine has no IPv6 address but ::1, on which libwebrtc does not listen"));
    }
}
