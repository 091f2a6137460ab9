package live.strait.relay.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import live.strait.relay.observe.LoopCounters.Counter;
import org.junit.jupiter.api.Test;

/// A viewer on ICE-TCP: nothing is sent twice, and a connection that falls behind gets no half frames.
class TcpViewerTest {
    private final SimRoom room = new SimRoom();
    private final SimNode node = room.node;

    @Test
    void viewerOnTcpSeesTheSame() {
        room.host(1, 1);
        SimViewer viewer = tcpViewer(2);
        room.run(5);
        assertThat(viewer.video().decodableShare()).isEqualTo(1);
        viewer.video().assertContinuous();
    }

    @Test
    void connectionThatFallsBehindStopsThePictureUntilAKeyFrame() {
        SimHost host = room.host(3, 1);
        SimViewer viewer = tcpViewer(4);
        room.run(4);
        node.setTcpBacklog(Duration.ofMillis(250));
        room.run(0.1);
        int packets = viewer.video().packetCount();
        int audio = viewer.audioPacketCount();
        int asked = host.keyFrameRequests();
        room.run(1.5);
        assertThat(viewer.video().packetCount()).as("video while it is behind").isEqualTo(packets);
        assertThat(viewer.audioPacketCount()).as("audio while it is behind").isEqualTo(audio);
        assertThat(host.keyFrameRequests()).as("nothing is asked for in vain").isEqualTo(asked);
        node.setTcpBacklog(Duration.ofMillis(100));
        room.run(0.2);
        assertThat(viewer.video().packetCount()).as("not before it has drained").isEqualTo(packets);
        node.setTcpBacklog(Duration.ZERO);
        room.run(2);
        assertThat(viewer.video().packetCount()).isGreaterThan(packets + 100);
        assertThat(viewer.video().holes()).isZero();
        assertThat(viewer.video().decodableShare()).isEqualTo(1);
        viewer.video().assertContinuous();
        viewer.video().assertTimestampsFollowCapture(1, 400);
    }

    @Test
    void packetsAreNotResentOverTcp() {
        room.host(5, 1);
        SimViewer viewer = tcpViewer(6);
        viewer.useLink("both delay 10ms loss 3%", 1);
        room.run(4);
        assertThat(node.total(Counter.NACK_RECEIVED)).isPositive();
        assertThat(node.total(Counter.RTP_RESENT)).isZero();
    }

    @Test
    void viewerThatGoesFromUdpToTcpGoesOn() {
        room.host(7, 1);
        SimViewer viewer = room.viewer(8, 1, true);
        room.run(3);
        viewer.useTcp();
        viewer.roam();
        room.run(1);
        int packets = viewer.video().packetCount();
        room.run(2);
        assertThat(viewer.session().route().isOnTcp()).isTrue();
        assertThat(viewer.video().packetCount()).isGreaterThan(packets + 150);
    }

    @Test
    void closedConnectionFallsBackToThePathThatIsLeftAndAsksForAKeyFrame() {
        SimHost host = room.host(9, 1);
        SimViewer viewer = tcpViewer(10);
        room.run(3);
        var tcp = viewer.address();
        viewer.useUdp();
        viewer.roam();
        room.run(1);
        var udp = viewer.address();
        viewer.useTcp();
        viewer.moveTo(tcp);
        room.run(1);
        assertThat(viewer.session().path()).isEqualTo(tcp);
        int asked = host.keyFrameRequests();
        viewer.session().loop().post(now -> viewer.session().pathClosed(tcp, now));
        node.settle();
        viewer.moveTo(udp);
        room.run(0.6);
        assertThat(viewer.session().path()).isEqualTo(udp);
        assertThat(node.table()).doesNotContainKey(tcp);
        assertThat(host.keyFrameRequests()).isGreaterThan(asked);
    }

    private SimViewer tcpViewer(long seed) {
        SimViewer viewer = new SimViewer(seed, true);
        viewer.useTcp();
        return room.join(viewer, 1);
    }
}
