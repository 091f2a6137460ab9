package live.strait.relay.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
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
        InetAddress address = address(Inet6Address.class);
        try (TestNode node = TestNode.start(List.of(address));
                LibwebrtcHost _ = new LibwebrtcHost(node.http(), ROOM, "VP8", 640, 360);
                LibwebrtcViewer viewer = new LibwebrtcViewer(node.http(), ROOM)) {
            viewer.pictures().awaitMore(90, PATIENCE);

            assertThat(viewer.path("ip").toString()).contains(":");
        }
    }

    /// libwebrtc knows nothing of it and checks every 2.5 s: what counts is how fast the relay follows its check.
    @Test
    void viewerBehindANatThatRebindsGoesOn() throws Exception {
        InetAddress address = address(Inet4Address.class);
        try (TestNode node = TestNode.start();
                RebindingNat nat = new RebindingNat(address, node.node().mediaPort());
                LibwebrtcHost _ = new LibwebrtcHost(node.http(), ROOM, "VP8", 640, 360);
                LibwebrtcViewer viewer = new LibwebrtcViewer(node.http(), ROOM, nat::instead)) {
            viewer.pictures().awaitMore(60, PATIENCE);
            nat.rebind();
            viewer.pictures().awaitMore(30, PATIENCE);

            assertThat(nat.checkToMedia()).isLessThan(Duration.ofMillis(500));
        }
    }

    private static String withoutUdp(String answer) {
        return answer.lines()
                .filter(line -> !(line.startsWith("a=candidate:")
                        && line.toLowerCase(Locale.ROOT).contains(" udp ")))
                .collect(Collectors.joining("\r\n", "", "\r\n"));
    }

    private static InetAddress address(Class<? extends InetAddress> family) throws SocketException {
        return NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(each -> family.isInstance(each) && !each.isLoopbackAddress() && !each.isLinkLocalAddress())
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "this machine has no %s that libwebrtc would use".formatted(family.getSimpleName())));
    }
}
