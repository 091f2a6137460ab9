package live.strait.loadtest.interrupt;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import live.strait.loadtest.lane.ViewerPage;
import live.strait.loadtest.peer.EmulatedLink;
import live.strait.loadtest.peer.LaneChannels;
import live.strait.loadtest.peer.PeerConnector;
import live.strait.loadtest.peer.PeerLoop;
import live.strait.loadtest.peer.PeerParts;
import live.strait.loadtest.peer.SignalingClient;
import live.strait.loadtest.stamp.PacketStamps;
import live.strait.loadtest.viewer.Audience;
import live.strait.loadtest.viewer.RoomStream;
import live.strait.loadtest.viewer.ViewerMedia;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.session.ClientOffer;

/// All viewers of a run: they join one after the other, watch the lowest layer, ask and cut in when they are told
/// to.
///
/// They share one loop.
final class Crowd implements AutoCloseable {
    private static final String CUT_IN = "i";
    private static final String QUESTION = "q";
    private static final String LOWEST_LAYER = "q";
    private static final Duration JOIN_PATIENCE = Duration.ofSeconds(30);
    private static final Duration JOIN_POLL = Duration.ofMillis(20);
    /// Servers bound the sessions of one address that are not connected yet: a crowd comes from many.
    private static final int MOST_JOINING = 32;

    private final InterruptOptions options;
    private final SignalingClient signaling;
    private final PeerConnector connector;
    private final CutInBook cutIns;
    private final QuestionBook questions;
    private final PeerLoop loop = new PeerLoop("viewers");
    private final Audience audience = new Audience();
    private final RoomStream stream = new RoomStream(new PacketStamps());
    private final List<SimulatedViewer> viewers = new ArrayList<>();
    private int nextToCutIn;
    private int nextToAsk;

    Crowd(
            InterruptOptions options,
            SignalingClient signaling,
            PeerConnector connector,
            CutInBook cutIns,
            QuestionBook questions)
            throws IOException {
        this.options = options;
        this.signaling = signaling;
        this.connector = connector;
        this.cutIns = cutIns;
        this.questions = questions;
    }

    /// Lets all join, and returns when they have or patience ends.
    ///
    /// @param progress run about once a second
    void join(Runnable progress) throws InterruptedException {
        Duration apart = Duration.ofSeconds(1).dividedBy(options.joinsPerSecond());
        for (int i = 0; i < options.viewers(); i++) {
            join(i);
            if ((i + 1) % options.joinsPerSecond() == 0) {
                progress.run();
            }
            Thread.sleep(apart);
            awaitJoining(MOST_JOINING);
        }
        awaitJoining(0);
    }

    long joined() {
        return viewers.stream().filter(SimulatedViewer::hasJoined).count();
    }

    /// Those who never came in, or were thrown out.
    int failed() {
        return (int) viewers.stream()
                .filter(viewer -> !viewer.hasJoined() || viewer.ending() != null)
                .count();
    }

    /// Some of the reasons why viewers do not take part.
    List<String> endings() {
        return viewers.stream()
                .map(SimulatedViewer::ending)
                .filter(Objects::nonNull)
                .distinct()
                .limit(3)
                .toList();
    }

    /// The timelines of all links begin anew.
    void restartLinks() {
        viewers.stream()
                .map(SimulatedViewer::connection)
                .filter(Objects::nonNull)
                .forEach(connection -> connection.peer().restartLink());
    }

    /// Somebody cuts in who may: whose turn is longest ago.
    ///
    /// @return whether there is such a viewer
    boolean cutIn() {
        for (int tried = 0; tried < viewers.size(); tried++) {
            SimulatedViewer viewer = viewers.get(nextToCutIn++ % viewers.size());
            if (viewer.mayCutIn()) {
                viewer.setCutIn(true);
                long clickNanos = System.nanoTime();
                int number = cutIns.click(clickNanos);
                loop.execute(() -> viewer.page().interrupt(CUT_IN + number, Wordings.interrupt(number), clickNanos));
                return true;
            }
        }
        return false;
    }

    /// The next viewer asks about a topic, which they have not asked about before.
    ///
    /// @param way how it is worded
    void ask(int topic, int way) {
        SimulatedViewer viewer = viewers.get(nextToAsk++ % viewers.size());
        if (viewer.page().isUsable()) {
            questions.onAsked();
            String text = Wordings.question(topic, way);
            loop.execute(() -> viewer.page().ask(QUESTION + topic, text, System.nanoTime()));
        }
    }

    @Override
    public void close() {
        loop.close();
        List<CompletableFuture<Integer>> closing = viewers.stream()
                .map(SimulatedViewer::connection)
                .filter(Objects::nonNull)
                .map(connection -> signaling.close(connection.resource()))
                .toList();
        try {
            CompletableFuture.allOf(closing.toArray(CompletableFuture[]::new)).get(2, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // A courtesy: the node notices by itself that nobody is there.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void join(int index) {
        Random random = new Random(index);
        SimulatedViewer viewer = new SimulatedViewer();
        ViewerPage page = new ViewerPage(
                "viewer" + index, Wordings.language(index), random, (id, ack) -> onState(viewer, id, ack));
        viewer.opened(page);
        viewers.add(viewer);
        var _ = connector
                .connectParts(
                        options.endpoint("whep"),
                        loop,
                        (ice, fingerprint) -> ClientOffer.view(ice, fingerprint, "viewer", List.of(ClientOffer.VP8))
                                .withDataChannels(),
                        answer -> new PeerParts(
                                new ViewerMedia(answer, viewer.figures(), audience, stream),
                                new LaneChannels(answer, page, random),
                                EmulatedLink.of(options.link(), index)))
                .thenCompose(connection -> {
                    viewer.connected(connection);
                    return signaling.chooseLayer(connection.resource(), LOWEST_LAYER);
                })
                .exceptionally(failure -> {
                    viewer.figures().onEnding(String.valueOf(failure.getMessage()));
                    return 0;
                });
    }

    private void onState(SimulatedViewer viewer, String id, NodeMessage.Ack ack) {
        int number = Integer.parseInt(id.substring(1));
        if (id.startsWith(QUESTION)) {
            questions.onState(number, ack);
        } else {
            cutIns.onState(number, ack);
            if (ack.state().isTerminal(ack.kind())) {
                viewer.setCutIn(false);
            }
        }
    }

    /// Waits until no more than so many are still on their way in.
    private void awaitJoining(int most) throws InterruptedException {
        long untilNanos = System.nanoTime() + JOIN_PATIENCE.toNanos();
        while (viewers.stream()
                                .filter(viewer -> !viewer.hasJoined() && viewer.ending() == null)
                                .count()
                        > most
                && System.nanoTime() < untilNanos) {
            Thread.sleep(JOIN_POLL);
        }
    }
}
