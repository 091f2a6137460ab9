package live.strait.loadtest.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import live.strait.loadtest.demo.ClipSource;
import live.strait.loadtest.host.SimulatedHost;
import live.strait.loadtest.recording.WireTap;
import live.strait.loadtest.recording.WireTap.Kind;
import live.strait.loadtest.stamp.PacketStamps;
import live.strait.loadtest.viewer.Audience;
import live.strait.loadtest.viewer.RoomStream;
import live.strait.loadtest.viewer.ViewerFigures;
import live.strait.loadtest.viewer.ViewerMedia;
import live.strait.protocol.crypto.JdkCryptoEngine;
import live.strait.protocol.dtls.DtlsCertificate;
import live.strait.protocol.ice.Candidate;
import live.strait.protocol.ice.IceCredentials;
import live.strait.relay.TestNode;
import live.strait.relay.browser.Chromium;
import live.strait.relay.browser.PageReport;
import live.strait.signaling.session.ClientAnswer;
import live.strait.signaling.session.ClientOffer;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A simulated viewer and a Chromium, at the same time in the same room: what they get and what they say is alike.
@Tag("browser")
class ViewerCalibrationTest {
    private static final String ROOM = "calibration";
    /// A browser checks its path more often at first.
    private static final long SETTLING_MILLIS = 10_000;

    private static final long MEASURED_MILLIS = 15_000;
    private static final Percentage MEDIA_TOLERANCE = Percentage.withPercentage(3);
    private static final Percentage FEEDBACK_TOLERANCE = Percentage.withPercentage(15);
    /// They are sent once a second at random times.
    private static final Percentage REPORT_TOLERANCE = Percentage.withPercentage(35);

    /// With less, the machine was too busy for the browser: such a run says nothing and is repeated.
    private static final double LEAST_DECODED = 0.98;

    private static final int MOST_RUNS = 8;

    @Test
    void aSimulatedViewerGetsAndSaysWhatChromiumDoes() throws Exception {
        try (TestNode node = TestNode.start();
                SignalingClient signaling = new SignalingClient(null);
                SimulatedHost host = new SimulatedHost(signaling, new PeerConnector(signaling));
                WireTap simulatedTap = new WireTap(node.node().mediaPort());
                WireTap realTap = new WireTap(node.node().mediaPort());
                PeerLoop loop = new PeerLoop("viewer");
                Chromium browser = new Chromium(node.http())) {
            host.publish(node.http().resolve("/whip/" + ROOM), ClipSource.load(), null);
            WatchedViewer simulated = watch(node.http(), signaling, loop, simulatedTap.port());
            browser.run("straitTest.viaPort(args[0])", realTap.port());
            browser.run("await straitTest.viewer({ room: args[0], guests: 0 })", ROOM);
            browser.run(
                    "await straitTest.until(async () => (await straitTest.inbound()).height === 720, 'the top layer')");
            Thread.sleep(SETTLING_MILLIS);

            Run run = measure(simulated, browser, simulatedTap, realTap);
            for (int more = 1; run.isBrowserStarved(); more++) {
                assertThat(more)
                        .as("runs on a machine too busy for the browser")
                        .isLessThan(MOST_RUNS);
                run = measure(simulated, browser, simulatedTap, realTap);
            }
            assertThat(run.packets).isCloseTo(run.realPackets, MEDIA_TOLERANCE);
            assertThat(run.frames).isCloseTo(run.realFrames, MEDIA_TOLERANCE);
            assertThat(run.frames).isCloseTo(run.decoded, MEDIA_TOLERANCE);
            assertAlike(run, Kind.RTP_RECEIVED, MEDIA_TOLERANCE);
            assertAlike(run, Kind.TRANSPORT_FEEDBACK, FEEDBACK_TOLERANCE);
            assertAlike(run, Kind.RECEIVER_REPORT, REPORT_TOLERANCE);
            assertThat(run.saidRate(Kind.TRANSPORT_FEEDBACK)).isBetween(15.0, 20.0);
            // 2 to 3 s apart, wherever among them the measuring begins.
            assertThat((double) run.said.getOrDefault(Kind.CHECK, 0))
                    .as("checks in %.1f s", run.seconds)
                    .isBetween(Math.floor(run.seconds / 3), Math.ceil(run.seconds / 2));
            // The browser's checks are not compared: it goes on checking what it has not selected.
        }
    }

    private static Run measure(WatchedViewer simulated, Chromium browser, WireTap tap, WireTap realTap)
            throws InterruptedException {
        PageReport before = browser.report("return straitTest.inbound()");
        long packets = simulated.packets();
        long frames = simulated.frames();
        tap.take();
        realTap.take();
        long beganNanos = System.nanoTime();
        Thread.sleep(MEASURED_MILLIS);
        PageReport after = browser.report("return straitTest.inbound()");
        double seconds = (System.nanoTime() - beganNanos) / 1e9;
        Run run = new Run(
                seconds,
                (simulated.packets() - packets) / seconds,
                (simulated.frames() - frames) / seconds,
                after.rateSince(before, "packetsReceived"),
                after.rateSince(before, "framesReceived"),
                after.rateSince(before, "framesDecoded"),
                tap.take(),
                realTap.take());
        System.out.println(run);
        return run;
    }

    /// Rates per second; counts of what went over the wire.
    private record Run(
            double seconds,
            double packets,
            double frames,
            double realPackets,
            double realFrames,
            double decoded,
            Map<Kind, Integer> said,
            Map<Kind, Integer> realSaid) {

        /// It did not even decode what it got.
        boolean isBrowserStarved() {
            return decoded < LEAST_DECODED * realFrames;
        }

        /// What the simulated viewer sent, per second.
        double saidRate(Kind kind) {
            return said.getOrDefault(kind, 0) / seconds;
        }
    }

    private static void assertAlike(Run run, Kind kind, Percentage tolerance) {
        assertThat(run.said.getOrDefault(kind, 0))
                .as(kind.name())
                .isCloseTo(run.realSaid.getOrDefault(kind, 0), tolerance);
    }

    /// A simulated viewer as load tests have it, but through the tap.
    private static WatchedViewer watch(URI node, SignalingClient signaling, PeerLoop loop, int port) throws Exception {
        IceCredentials local = IceCredentials.random(new SecureRandom());
        DtlsCertificate certificate = DtlsCertificate.selfSigned();
        ClientOffer offer = ClientOffer.view(local, certificate.fingerprint(), "viewer", List.of(ClientOffer.VP8));
        ClientAnswer answer = signaling
                .open(node.resolve("/whep/" + ROOM), offer.text())
                .get(5, TimeUnit.SECONDS)
                .answer();
        ClientAnswer tapped = new ClientAnswer(
                answer.ice(),
                answer.fingerprint(),
                answer.ourDtlsRole(),
                answer.candidates().stream()
                        .filter(candidate -> !candidate.address().contains(":"))
                        .map(candidate -> atPort(candidate, port))
                        .toList(),
                answer.lines(),
                answer.sctp());
        ViewerFigures figures = new ViewerFigures(System.nanoTime());
        WatchedViewer viewer =
                new WatchedViewer(new ViewerMedia(tapped, figures, new Audience(), new RoomStream(new PacketStamps())));
        loop.execute(() -> {
            try {
                ClientPeer _ = new ClientPeer(
                        loop,
                        local,
                        certificate,
                        new JdkCryptoEngine(),
                        tapped,
                        PeerConnector.ICE,
                        PeerParts.of(viewer));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        return viewer;
    }

    private static Candidate atPort(Candidate candidate, int port) {
        return new Candidate(
                candidate.foundation(),
                candidate.component(),
                candidate.transport(),
                candidate.priority(),
                candidate.address(),
                port,
                candidate.type(),
                candidate.tcpType());
    }
}
