package live.strait.loadtest.interrupt;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import live.strait.loadtest.lane.HostPage;
import live.strait.loadtest.peer.ClientPeer;
import live.strait.loadtest.peer.EmulatedLink;
import live.strait.loadtest.peer.LaneChannels;
import live.strait.loadtest.peer.PeerConnector;
import live.strait.loadtest.peer.PeerConnector.Connection;
import live.strait.loadtest.peer.PeerLoop;
import live.strait.loadtest.peer.PeerMedia;
import live.strait.loadtest.peer.PeerParts;
import live.strait.protocol.rtcp.RtcpPacket;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.session.ClientOffer;
import org.jspecify.annotations.Nullable;

/// The host's page: the lane alone, on a link and a loop of its own, beside whatever sends the host's picture.
final class Desk implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long POLL_MILLIS = 20;
    private static final int SEED = 1_000_000;

    private final PeerLoop loop = new PeerLoop("desk");
    private final HostPage page;
    private @Nullable Connection connection;

    Desk(CutInBook cutIns, QuestionBook questions) throws IOException {
        page = new HostPage("desk", new Random(SEED), new HostPage.Board() {
            @Override
            public void onPainted(NodeMessage.Interrupt interrupt, long paintedNanos) {
                cutIns.onPainted(Wordings.number(String.valueOf(interrupt.text())), paintedNanos);
            }

            @Override
            public void onQuestion(NodeMessage.Question question) {
                questions.onBoard(question);
            }

            @Override
            public void onDigest(NodeMessage.Digest digest) {
                questions.onDigest(digest);
            }
        });
    }

    /// Connects, and returns when the host has the board and the room's limit is lifted.
    void open(InterruptOptions options, PeerConnector connector) throws IOException, InterruptedException {
        try {
            connection = connector
                    .connectParts(
                            options.endpoint("whep"),
                            loop,
                            (ice, fingerprint) -> ClientOffer.lane(ice, fingerprint, "desk"),
                            answer -> new PeerParts(
                                    new NoMedia(),
                                    new LaneChannels(answer, page, new Random(SEED)),
                                    EmulatedLink.of(options.hostLink(), SEED)))
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the host's page cannot connect: " + Objects.requireNonNullElse(e.getCause(), e), e);
        } catch (TimeoutException e) {
            throw new IOException("the host's page cannot connect: no answer", e);
        }
        long untilNanos = System.nanoTime() + PATIENCE.toNanos();
        while (!page.isUsable()) {
            if (page.ending() != null || System.nanoTime() > untilNanos) {
                throw new IOException("the host's page has no lane: " + page.ending());
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    /// Why the host sees nothing any more, or null.
    @Nullable
    String ending() {
        return page.ending();
    }

    /// The timeline of its link begins anew.
    void restartLink() {
        if (connection != null) {
            connection.peer().restartLink();
        }
    }

    @Override
    public void close() {
        loop.close();
    }

    /// Nothing but a lane.
    private static final class NoMedia implements PeerMedia {
        @Override
        public void onReady(ClientPeer peer, long nowNanos) {}

        @Override
        public void onRtp(ByteBuffer packet, long arrivalNanos) {}

        @Override
        public void onRtcp(RtcpPacket packet, long nowNanos) {}

        @Override
        public long nextDeadlineNanos() {
            return Long.MAX_VALUE;
        }

        @Override
        public void onTimeout(long nowNanos) {}

        @Override
        public void onClosed(String cause) {}
    }
}
