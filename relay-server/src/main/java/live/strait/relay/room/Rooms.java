package live.strait.relay.room;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import live.strait.protocol.ice.IceCredentials;
import live.strait.protocol.ice.PeerAddress;
import live.strait.relay.loop.LoopTask;
import live.strait.relay.loop.RoomLoop;
import live.strait.relay.media.ViewerMedia;
import live.strait.relay.observe.PrometheusText;
import live.strait.relay.peer.PeerSession;
import live.strait.relay.peer.SessionEnd;
import live.strait.relay.peer.SessionListener;
import live.strait.signaling.control.LayerWish;
import live.strait.signaling.control.RelayControl;
import live.strait.signaling.control.RelayRefusal;
import live.strait.signaling.control.RelayRefusal.Reason;
import live.strait.signaling.control.RoomId;
import live.strait.signaling.control.RoomStatus;
import live.strait.signaling.control.SessionId;
import live.strait.signaling.control.SessionOpened;
import live.strait.signaling.control.SessionRequest;
import live.strait.signaling.control.SessionRequest.Purpose;
import live.strait.signaling.message.Role;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All rooms and sessions of a node: admits, binds, ends.
///
/// Every public call hops onto the room loop and returns a stage; sessions report back from their media loops.
public final class Rooms implements RelayControl, SessionListener {
    private static final Logger log = LoggerFactory.getLogger(Rooms.class);

    private final RoomLoop loop;
    private final SessionFactory factory;
    private final RoomLimits limits;
    private final RoomLane lane;
    private final Map<RoomId, Room> rooms = new HashMap<>();
    private final Map<SessionId, Member> members = new HashMap<>();
    private final Map<String, Integer> halfOpenByAddress = new HashMap<>();
    private final AtomicInteger roomCount = new AtomicInteger();
    private final AtomicInteger publisherCount = new AtomicInteger();
    private final AtomicInteger viewerCount = new AtomicInteger();

    public Rooms(RoomLoop loop, SessionFactory factory, RoomLimits limits, RoomLane lane) {
        this.loop = loop;
        this.factory = factory;
        this.limits = limits;
        this.lane = lane;
        loop.every(1_000, this::forgetRooms);
    }

    @Override
    public CompletionStage<SessionOpened> open(SessionRequest request) {
        return ask(now -> admit(request, now));
    }

    @Override
    public CompletionStage<IceCredentials> restartIce(SessionId id, IceCredentials remote) {
        return ask(now -> {
            Member member = memberOf(id);
            PeerSession session = member.session();
            IceCredentials local = factory.newCredentials(session);
            member.localUfrags().add(local.ufrag());
            session.loop().post(at -> session.restartIce(remote, local, at));
            return local;
        });
    }

    @Override
    public CompletionStage<Void> select(SessionId id, LayerWish wish) {
        return tell(now -> {
            Member member = memberOf(id);
            ViewerMedia viewer = member.viewer();
            if (viewer == null) {
                throw new RelayRefusal(
                        Reason.UNKNOWN_SESSION, "session %s publishes; only viewers choose layers".formatted(id));
            }
            member.session().loop().post(at -> viewer.select(wish, at));
        });
    }

    @Override
    public CompletionStage<Void> close(SessionId id) {
        return tell(now -> {
            end(memberOf(id), SessionEnd.PEER_LEFT, "deleted by the peer");
        });
    }

    @Override
    public CompletionStage<Void> endRoom(RoomId id) {
        return tell(now -> {
            Room room = rooms.get(id);
            if (room != null) {
                room.end(now);
                lane.roomChanged(room.status());
                log.info("room {} ended", id);
            }
        });
    }

    @Override
    public CompletionStage<RoomStatus> status(RoomId id) {
        return ask(now -> {
            Room room = rooms.get(id);
            return room == null ? new Room(id, limits.maxPublications(), lane).status() : room.status();
        });
    }

    /// Ends what somebody publishes in a room as a guest, if they do; on the room loop.
    public void endGuest(RoomId id, String identity) {
        for (Member member : members.values()) {
            if (member.request().visitor().role() == Role.GUEST
                    && member.room().id().equals(id)
                    && member.request().subject().equals(identity)) {
                end(member, SessionEnd.ROOM_ENDED, "the guest's part on the stage is over");
            }
        }
    }

    /// Ends every session and completes when the media loops have been told.
    public CompletionStage<Void> endAll() {
        return tell(now -> {
            members.values().forEach(member -> end(member, SessionEnd.NODE_STOPPING, "the node stops"));
        });
    }

    /// Registers how many rooms and sessions there are.
    public void exportTo(PrometheusText metrics) {
        metrics.gauge("strait_rooms", "Rooms that somebody is in", roomCount::get);
        metrics.gauge("strait_publishers", "Sessions that send media to us", publisherCount::get);
        metrics.gauge("strait_viewers", "Sessions that receive media from us", viewerCount::get);
    }

    @Override
    public void onConnected(PeerSession session) {
        loop.execute(now -> {
            Member member = members.get(session.id());
            if (member == null) {
                return;
            }
            member.room().connected(member);
            closeHalf(member);
            if (member.publication() != null) {
                seat(member);
            }
            lane.roomChanged(member.room().status());
        });
    }

    @Override
    public void onEnded(PeerSession session, SessionEnd end, String detail) {
        factory.forget(session);
        loop.execute(now -> {
            Member member = members.remove(session.id());
            if (member == null) {
                return;
            }
            member.localUfrags().forEach(factory::withdraw);
            session.loop().addSessions(-1);
            count(member, -1);
            if (!member.isConnected()) {
                closeHalf(member);
            }
            Room room = member.room();
            room.left(member, now);
            if (room.isEmpty() && room.phase() == RoomStatus.Phase.WAITING) {
                rooms.remove(room.id(), room);
            }
            roomCount.set(rooms.size());
            lane.roomChanged(room.status());
            log.info("room {}: {} left: {} ({})", room.id(), session.id(), end, detail);
        });
    }

    @Override
    public void onPathValidated(PeerSession session, PeerAddress from) {
        factory.learn(from, session);
    }

    @Override
    public void onPathForgotten(PeerSession session, PeerAddress from) {
        factory.forget(from, session);
    }

    private SessionOpened admit(SessionRequest request, long nowNanos) {
        if (members.size() >= limits.maxSessions()) {
            throw new RelayRefusal(
                    Reason.NODE_FULL, "this node carries %d sessions and takes no more".formatted(members.size()));
        }
        if (halfOpenByAddress.getOrDefault(request.clientAddress(), 0) >= limits.maxHalfOpenPerAddress()) {
            throw new RelayRefusal(
                    Reason.TOO_MANY_HALF_OPEN,
                    "%d sessions of this address have not connected yet; wait for them, or check that UDP or TCP reaches the media port"
                            .formatted(limits.maxHalfOpenPerAddress()));
        }
        Room room = roomFor(request.room());
        SessionFactory.Created created;
        if (request.purpose() == Purpose.VIEW) {
            created = factory.createViewer(request, this, nowNanos);
            if (created.session().media() instanceof ViewerMedia viewer) {
                room.checkViewer(viewer);
            }
        } else {
            room.checkPublisher(request);
            created = factory.createPublisher(request, this, nowNanos);
        }
        Member member = new Member(room, request, created.session());
        rooms.put(room.id(), room);
        members.put(created.session().id(), member);
        count(member, 1);
        halfOpenByAddress.merge(request.clientAddress(), 1, Integer::sum);
        member.localUfrags().add(created.local().ufrag());
        factory.start(created);
        room.admitted(member);
        log.info(
                "room {}: {} admitted as {} on loop {}",
                room.id(),
                created.session().id(),
                request.purpose(),
                created.session().loop().index());
        return created.opened();
    }

    private static void seat(Member publisher) {
        Room room = publisher.room();
        Member former = room.publisherConnected(publisher);
        if (former == publisher) {
            end(publisher, SessionEnd.TAKEN_OVER, "the place was taken, or the room ended, while it connected");
            return;
        }
        log.info("room {}: {} is live", room.id(), publisher.session().id());
        if (former != null) {
            end(former, SessionEnd.TAKEN_OVER, "the same subject published again");
        }
    }

    /// An ended room's name is free for a new show.
    private Room roomFor(RoomId id) {
        Room room = rooms.get(id);
        if (room != null && room.phase() != RoomStatus.Phase.ENDED) {
            return room;
        }
        if (room == null && rooms.size() >= limits.maxRooms()) {
            throw new RelayRefusal(
                    Reason.NODE_FULL, "this node carries %d rooms and takes no more".formatted(rooms.size()));
        }
        return new Room(id, limits.maxPublications(), lane);
    }

    private Member memberOf(SessionId id) {
        Member member = members.get(id);
        if (member == null) {
            throw new RelayRefusal(Reason.UNKNOWN_SESSION, "there is no session %s (any more)".formatted(id));
        }
        return member;
    }

    private static void end(Member member, SessionEnd end, String detail) {
        member.session().loop().post(now -> member.session().end(end, detail));
    }

    private void count(Member member, int delta) {
        (member.viewer() == null ? publisherCount : viewerCount).addAndGet(delta);
        roomCount.set(rooms.size());
    }

    private void closeHalf(Member member) {
        halfOpenByAddress.computeIfPresent(
                member.request().clientAddress(), (address, count) -> count == 1 ? null : count - 1);
    }

    private void forgetRooms(long nowNanos) {
        long keptNanos = limits.endedRoomKeptSeconds() * 1_000_000_000L;
        rooms.values().removeIf(room -> room.isOver(nowNanos, keptNanos));
        roomCount.set(rooms.size());
    }

    private <T> CompletionStage<T> ask(Question<T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(now -> {
            try {
                answer.complete(question.answer(now));
            } catch (RelayRefusal refusal) {
                answer.completeExceptionally(refusal);
            } catch (RuntimeException bug) {
                log.error("a request failed by an error of ours", bug);
                answer.completeExceptionally(bug);
            }
        });
        return answer;
    }

    private CompletionStage<Void> tell(LoopTask order) {
        return ask(now -> {
                    order.run(now);
                    return Boolean.TRUE;
                })
                .thenAccept(done -> {});
    }

    /// What is asked of the room loop, at a time.
    private interface Question<T> {
        T answer(long nowNanos);
    }
}
