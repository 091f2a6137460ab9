package live.strait.signaling.http;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import live.strait.protocol.dtls.Fingerprint;
import live.strait.protocol.ice.Candidate;
import live.strait.protocol.ice.IceCredentials;
import live.strait.protocol.ice.PeerAddress;
import live.strait.signaling.control.LayerWish;
import live.strait.signaling.control.MediaLine;
import live.strait.signaling.control.RelayControl;
import live.strait.signaling.control.RelayRefusal;
import live.strait.signaling.control.RoomId;
import live.strait.signaling.control.RoomStatus;
import live.strait.signaling.control.SessionId;
import live.strait.signaling.control.SessionOpened;
import live.strait.signaling.control.SessionRequest;

/// A relay that keeps books and carries no media; it answers on a thread of its own, as a real one does.
final class InMemoryRelay implements RelayControl, AutoCloseable {
    final Map<SessionId, SessionRequest> sessions = new ConcurrentHashMap<>();
    final Map<SessionId, LayerWish> wishes = new ConcurrentHashMap<>();

    /// What the next calls fail with; none while null.
    final AtomicReference<RuntimeException> refusal = new AtomicReference<>();

    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final AtomicInteger generation = new AtomicInteger();

    @Override
    public CompletionStage<SessionOpened> open(SessionRequest request) {
        return answer(() -> {
            requireOwnRoom(request);
            SessionId id = new SessionId("session-" + generation.incrementAndGet());
            sessions.put(id, request);
            List<SessionOpened.OutgoingStream> streams = request.purpose() == SessionRequest.Purpose.PUBLISH
                    ? List.of()
                    : request.media().stream()
                            .filter(line -> line.accepted() && line.kind() != MediaLine.Kind.OTHER)
                            .map(line -> new SessionOpened.OutgoingStream(line.mid(), 1000, -1, "cname", "strait"))
                            .toList();
            return new SessionOpened(
                    id,
                    credentials(),
                    new Fingerprint("sha-256", "CD:".repeat(31) + "CD"),
                    List.of(new Candidate(
                            "1", 1, PeerAddress.Transport.UDP, 2130706431, "192.0.2.1", 8443, Candidate.Type.HOST, "")),
                    streams);
        });
    }

    private void requireOwnRoom(SessionRequest request) {
        boolean taken = request.purpose() == SessionRequest.Purpose.PUBLISH
                && sessions.values().stream()
                        .anyMatch(other -> other.purpose() == SessionRequest.Purpose.PUBLISH
                                && other.room().equals(request.room())
                                && !other.subject().equals(request.subject()));
        if (taken) {
            throw new RelayRefusal(RelayRefusal.Reason.ROOM_TAKEN, "Somebody else publishes in this room.");
        }
    }

    @Override
    public CompletionStage<IceCredentials> restartIce(SessionId session, IceCredentials remote) {
        return answer(() -> {
            requireKnown(session);
            return credentials();
        });
    }

    @Override
    public CompletionStage<Void> select(SessionId session, LayerWish wish) {
        return answer(() -> {
            requireKnown(session);
            wishes.put(session, wish);
            return null;
        });
    }

    @Override
    public CompletionStage<Void> close(SessionId session) {
        return answer(() -> {
            requireKnown(session);
            sessions.remove(session);
            return null;
        });
    }

    @Override
    public CompletionStage<Void> endRoom(RoomId room) {
        return answer(() -> {
            sessions.values().removeIf(session -> session.room().equals(room));
            return null;
        });
    }

    @Override
    public CompletionStage<RoomStatus> status(RoomId room) {
        return answer(() -> new RoomStatus(
                room,
                count(room, SessionRequest.Purpose.PUBLISH) > 0 ? RoomStatus.Phase.LIVE : RoomStatus.Phase.WAITING,
                count(room, SessionRequest.Purpose.VIEW),
                List.of(new RoomStatus.Layer("q", "VP8", 150_000))));
    }

    /// What the session was asked for.
    SessionRequest request(String session) {
        return Objects.requireNonNull(sessions.get(new SessionId(session)), session);
    }

    /// Forgets a session as a relay does whose peer has gone silent.
    void lose(SessionId session) {
        sessions.remove(session);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private int count(RoomId room, SessionRequest.Purpose purpose) {
        return (int) sessions.values().stream()
                .filter(session -> session.room().equals(room) && session.purpose() == purpose)
                .count();
    }

    private void requireKnown(SessionId session) {
        if (!sessions.containsKey(session)) {
            throw new RelayRefusal(RelayRefusal.Reason.UNKNOWN_SESSION, "The session has ended.");
        }
    }

    private IceCredentials credentials() {
        return new IceCredentials("relay" + generation.incrementAndGet(), "relayPasswordOfTwentyTwo");
    }

    private <T> CompletionStage<T> answer(Supplier<T> work) {
        return CompletableFuture.supplyAsync(
                () -> {
                    RuntimeException cause = refusal.get();
                    if (cause != null) {
                        throw cause;
                    }
                    return work.get();
                },
                thread);
    }
}
