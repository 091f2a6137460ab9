package live.strait.loadtest.host;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import live.strait.loadtest.peer.PeerConnector;
import live.strait.loadtest.peer.PeerConnector.Connection;
import live.strait.loadtest.peer.PeerLoop;
import live.strait.loadtest.peer.SignalingClient;
import live.strait.loadtest.stamp.PacketStamps;
import live.strait.protocol.dtls.Fingerprint;
import live.strait.protocol.ice.IceCredentials;
import live.strait.signaling.session.ClientOffer;
import org.jspecify.annotations.Nullable;

/// A host with a session: publishes a source to a room until it is closed.
///
/// It has a loop of its own, or one of hosts alone, so that it sends on time however busy viewers are.
public final class SimulatedHost implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long POLL_MILLIS = 20;

    private static final String CNAME = "strait-host";

    private final SignalingClient signaling;
    private final PeerConnector connector;
    private final PeerLoop loop;
    private final boolean ownsLoop;
    private final AtomicReference<@Nullable HostMedia> media = new AtomicReference<>();
    private @Nullable Connection connection;

    /// Makes a host that says nothing yet.
    public SimulatedHost(SignalingClient signaling, PeerConnector connector) throws IOException {
        this(signaling, connector, new PeerLoop("host"), true);
    }

    private SimulatedHost(SignalingClient signaling, PeerConnector connector, PeerLoop loop, boolean ownsLoop) {
        this.signaling = signaling;
        this.connector = connector;
        this.loop = loop;
        this.ownsLoop = ownsLoop;
    }

    /// Makes one of several hosts that share a loop, which stays its owner's.
    public static SimulatedHost on(PeerLoop loop, SignalingClient signaling, PeerConnector connector) {
        return new SimulatedHost(signaling, connector, loop, false);
    }

    /// Publishes and returns when packets go out.
    ///
    /// @param endpoint the room's WHIP address
    /// @param stamps marks each packet of the sound and the highest layer, or null
    public void publish(URI endpoint, MediaSource source, @Nullable PacketStamps stamps)
            throws IOException, InterruptedException {
        HostSsrcs ssrcs = HostSsrcs.random(source.layers().size(), ThreadLocalRandom.current());
        try {
            connection = connector
                    .connect(endpoint, loop, (ice, fingerprint) -> offer(ice, fingerprint, source, ssrcs), answer -> {
                        HostMedia made = new HostMedia(answer, ssrcs, source, stamps);
                        media.set(made);
                        return made;
                    })
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the host cannot publish: " + Objects.requireNonNullElse(e.getCause(), e), e);
        } catch (TimeoutException e) {
            throw new IOException("the host cannot publish: no answer", e);
        }
        awaitLive();
    }

    /// Why it does not publish any more, or null while it does.
    public @Nullable String ending() {
        HostMedia made = media.get();
        return made == null ? null : made.ending();
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                signaling.close(open.resource()).get(2, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                // A courtesy: the node notices by itself that the host is gone.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        if (ownsLoop) {
            loop.close();
        }
    }

    /// One stream is told by its SSRC, several by their rids, as browsers do.
    private static ClientOffer offer(IceCredentials ice, Fingerprint fingerprint, MediaSource source, HostSsrcs ssrcs) {
        return source.layers().size() == 1
                ? ClientOffer.publishSingle(
                        ice, fingerprint, CNAME, ClientOffer.VP8, ssrcs.video().getFirst(), ssrcs.audio())
                : ClientOffer.publishLayers(ice, fingerprint, CNAME, ClientOffer.VP8, source.layers(), ssrcs.audio());
    }

    private void awaitLive() throws IOException, InterruptedException {
        long untilNanos = System.nanoTime() + PATIENCE.toNanos();
        HostMedia made = Objects.requireNonNull(media.get());
        while (!made.isLive()) {
            String ending = made.ending();
            if (ending != null || System.nanoTime() > untilNanos) {
                throw new IOException("the host cannot connect: " + (ending == null ? "no answer" : ending));
            }
            Thread.sleep(POLL_MILLIS);
        }
    }
}
