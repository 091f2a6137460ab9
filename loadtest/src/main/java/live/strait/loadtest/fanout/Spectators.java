package live.strait.loadtest.fanout;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import live.strait.loadtest.peer.PeerConnector;
import live.strait.loadtest.peer.PeerConnector.Connection;
import live.strait.loadtest.peer.PeerLoop;
import live.strait.loadtest.peer.SignalingClient;
import live.strait.loadtest.viewer.Audience;
import live.strait.loadtest.viewer.ViewerFigures;
import live.strait.loadtest.viewer.ViewerMedia;
import live.strait.signaling.session.ClientOffer;
import org.HdrHistogram.Histogram;

/// All viewers, on one thread: how they come, and what they saw.
final class Spectators implements AutoCloseable {
    private static final Duration JOIN_PATIENCE = Duration.ofSeconds(20);
    private static final Duration JOIN_POLL = Duration.ofMillis(20);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(2);
    /// Servers bound the sessions of one address that are not connected yet: a crowd comes from many.
    private static final int MOST_JOINING = 32;

    private final FanoutOptions options;
    private final SignalingClient signaling;
    private final PeerConnector connector;
    private final Hosts hosts;
    private final PeerLoop loop;
    private final List<Spectator> all = new ArrayList<>();

    /// @param ofThisMachine whether the node is on this machine
    Spectators(
            FanoutOptions options,
            SignalingClient signaling,
            PeerConnector connector,
            Hosts hosts,
            boolean ofThisMachine)
            throws IOException {
        this.options = options;
        this.signaling = signaling;
        this.connector = connector;
        this.hosts = hosts;
        this.loop = PeerLoop.moderated("viewers", ofThisMachine);
    }

    int size() {
        return all.size();
    }

    long joined() {
        return all.stream().filter(each -> each.figures().hasJoined()).count();
    }

    int failed() {
        return (int) all.stream().filter(Spectator::hasFailed).count();
    }

    /// Some of the reasons why viewers do not watch.
    List<String> endings() {
        return all.stream()
                .map(each -> each.figures().ending())
                .filter(Objects::nonNull)
                .distinct()
                .limit(3)
                .toList();
    }

    /// Lets viewers join until there are so many, and returns when they see something or patience ends.
    ///
    /// @param progress run about once a second
    void joinUpTo(int count, Audience audience, Runnable progress) throws InterruptedException {
        long beganNanos = System.nanoTime();
        int before = all.size();
        for (int i = before; i < count; i++) {
            long atNanos = beganNanos + (i - before) * 1_000_000_000L / options.joinsPerSecond();
            long waitNanos = atNanos - System.nanoTime();
            if (waitNanos > 0) {
                Thread.sleep(Duration.ofNanos(waitNanos));
            }
            awaitJoining(MOST_JOINING - 1);
            all.add(join(i % options.rooms(), audience));
            if ((i + 1) % options.joinsPerSecond() == 0) {
                progress.run();
            }
        }
        awaitJoining(0);
    }

    /// Begins one viewer's session.
    Spectator join(int room, Audience audience) {
        Spectator spectator = new Spectator(hosts.stream(room));
        ViewerFigures figures = spectator.figures();
        var _ = connector
                .connect(
                        options.endpoint("whep", room),
                        loop,
                        (ice, fingerprint) -> ClientOffer.view(ice, fingerprint, "viewer", List.of(ClientOffer.VP8)),
                        answer -> new ViewerMedia(answer, figures, audience, spectator.room()))
                .whenComplete((connection, failure) -> {
                    if (connection == null) {
                        figures.onEnding(reason(failure));
                    } else {
                        spectator.connection().set(connection);
                    }
                });
        return spectator;
    }

    /// Ends one viewer's session, as a page does that is closed.
    void leave(Spectator spectator) {
        Connection connection = spectator.connection().getAndSet(null);
        if (connection != null) {
            loop.execute(() -> connection.peer().end("left"));
            var _ = signaling.close(connection.resource());
        }
    }

    /// What they saw of the measured interval.
    Seen seen() throws InterruptedException {
        return onLoop(() -> {
            long expected = 0;
            long arrived = 0;
            long duplicates = 0;
            Histogram joins = new Histogram(3);
            for (Spectator each : all) {
                expected += each.room().expected();
                arrived += each.figures().arrived(each.room());
                duplicates += each.figures().duplicates(each.room());
                if (each.figures().hasJoined()) {
                    joins.recordValue(each.figures().joinNanos());
                }
            }
            return new Seen(expected, arrived, duplicates, joins);
        });
    }

    /// How many packets of each second of the measured interval have not come.
    ///
    /// @param bounds of the seconds, one more than there are: the number of the first packet behind it, for each
    ///   room
    long[] lost(List<int[]> bounds) throws InterruptedException {
        return onLoop(() -> {
            long[] lost = new long[Math.max(0, bounds.size() - 1)];
            for (int viewer = 0; viewer < all.size(); viewer++) {
                Spectator each = all.get(viewer);
                int room = viewer % options.rooms();
                for (int i = 0; i < lost.length; i++) {
                    lost[i] += each.figures().lost(each.room(), bounds.get(i)[room], bounds.get(i + 1)[room]);
                }
            }
            return lost;
        });
    }

    @Override
    public void close() {
        loop.close();
        CompletableFuture<?>[] closing = all.stream()
                .map(each -> each.connection().getAndSet(null))
                .filter(Objects::nonNull)
                .map(connection -> signaling.close(connection.resource()))
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(closing).get(CLOSE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // A courtesy: the relay notices by itself that nobody is there.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> T onLoop(Supplier<T> asked) throws InterruptedException {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(() -> answer.complete(asked.get()));
        try {
            return answer.get(JOIN_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the viewers' loop does not answer", e);
        }
    }

    /// Waits until no more than so many are still on their way in.
    private void awaitJoining(int most) throws InterruptedException {
        long untilNanos = System.nanoTime() + JOIN_PATIENCE.toNanos();
        while (all.stream().filter(Spectator::isJoining).count() > most && System.nanoTime() < untilNanos) {
            Thread.sleep(JOIN_POLL);
        }
    }

    private static String reason(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }

    /// Packets of all viewers together.
    record Seen(long expected, long arrived, long duplicates, Histogram joins) {}
}
