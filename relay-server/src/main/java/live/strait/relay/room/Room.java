package live.strait.relay.room;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import live.strait.relay.media.Publication;
import live.strait.relay.media.PublishedTrack;
import live.strait.relay.media.SourceStream;
import live.strait.relay.media.ViewerMedia;
import live.strait.relay.peer.SessionEnd;
import live.strait.signaling.control.Codec;
import live.strait.signaling.control.RelayRefusal;
import live.strait.signaling.control.RoomId;
import live.strait.signaling.control.RoomStatus;
import live.strait.signaling.control.RoomStatus.Phase;
import live.strait.signaling.control.SessionRequest;
import live.strait.signaling.message.Role;
import org.jspecify.annotations.Nullable;

/// One show: its publications by place, and everybody who watches.
///
/// Place 0 is the host's, the others are cohosts' in the order of their coming. A viewer's n-th audio and n-th
/// video line shows place n, whoever sits there: nobody renegotiates when publishers come and go.
final class Room {
    private final RoomId id;
    private final int maxPublications;
    private final RoomLane lane;
    private final List<@Nullable Member> places = new ArrayList<>();
    /// Everybody who was admitted and has not left, connected or not.
    private final Set<Member> members = new HashSet<>();
    private final Set<Member> viewers = new LinkedHashSet<>();
    /// Viewers who are connected; kept, as it is asked at each one's coming and going.
    private int watching;
    private Phase phase = Phase.WAITING;
    private long quietSinceNanos;

    /// @param lane says which place a guest has
    Room(RoomId id, int maxPublications, RoomLane lane) {
        this.id = id;
        this.maxPublications = maxPublications;
        this.lane = lane;
    }

    RoomId id() {
        return id;
    }

    Phase phase() {
        return phase;
    }

    /// Whether nobody is here or on the way here.
    boolean isEmpty() {
        return members.isEmpty();
    }

    /// Whether the name is to be free: a show that never began leaves nothing behind, one that was interrupted or
    /// ended says so for a while.
    boolean isOver(long nowNanos, long keptNanos) {
        return switch (phase) {
            case WAITING -> isEmpty();
            case LIVE -> false;
            case INTERRUPTED -> isEmpty() && nowNanos - quietSinceNanos > keptNanos;
            case ENDED -> nowNanos - quietSinceNanos > keptNanos;
        };
    }

    /// Refuses a publisher whose place somebody else has.
    void checkPublisher(SessionRequest request) {
        int place = placeFor(request);
        if (place < 0 && isGuest(request)) {
            throw new RelayRefusal(
                    RelayRefusal.Reason.ROOM_TAKEN,
                    "the invitation to the stage of room %s is over; a host may invite you again".formatted(id));
        }
        if (place < 0) {
            throw new RelayRefusal(
                    RelayRefusal.Reason.ROOM_TAKEN,
                    request.cohost()
                            ? "room %s has as many publishers as it may (%d)".formatted(id, maxPublications)
                            : "another host is live in room %s; publish with the same token subject to take over, or end it first"
                                    .formatted(id));
        }
    }

    /// Refuses a viewer who could decode nothing of what the host sends right now; who wants nothing of it, as for the
    /// lane alone, is none of those.
    void checkViewer(ViewerMedia viewer) {
        if (!viewer.receives(0)) {
            return;
        }
        Member host = placeOrNull(0);
        Publication publication = host == null ? null : host.publication();
        if (publication == null) {
            return;
        }
        boolean any = false;
        boolean decodable = false;
        StringBuilder sent = new StringBuilder();
        for (PublishedTrack track : publication.tracks()) {
            for (SourceStream stream : track.streams()) {
                Codec codec = stream.codec();
                if (codec != null) {
                    any = true;
                    decodable |= viewer.canDecode(track.line().kind(), codec);
                    if (sent.indexOf(codec.name().name()) < 0) {
                        sent.append(sent.isEmpty() ? "" : ", ").append(codec.name());
                    }
                }
            }
        }
        if (any && !decodable) {
            throw new RelayRefusal(
                    RelayRefusal.Reason.NO_COMMON_CODEC,
                    "the host sends %s, and the offer has no payload type for it; offer one of these codecs"
                            .formatted(sent));
        }
    }

    /// A publisher is connected: it takes its place, the former holder leaves, viewers go on with its tracks.
    ///
    /// @return the member that had the place, to be ended, or null
    @Nullable
    Member publisherConnected(Member member) {
        int place = placeFor(member.request());
        if (place < 0 || phase == Phase.ENDED) {
            return member; // the place went to another subject, or the room was ended, while this one connected
        }
        while (places.size() <= place) {
            places.add(null);
        }
        Member former = places.set(place, member);
        phase = placeOrNull(0) != null ? Phase.LIVE : phase;
        lane.publisherLive(id, member.request().subject(), place);
        for (Member viewer : viewers) {
            bind(viewer, place);
        }
        return former == member ? null : former;
    }

    /// Somebody was admitted: a viewer gets what is there, a publisher its place when it is connected.
    void admitted(Member member) {
        members.add(member);
        if (member.viewer() != null) {
            viewers.add(member);
            for (int place = 0; place < places.size(); place++) {
                bind(member, place);
            }
        }
    }

    /// Somebody who was admitted is through.
    void connected(Member member) {
        member.setConnected();
        if (viewers.contains(member) && isWatching(member)) {
            watching++;
        }
    }

    void left(Member member, long nowNanos) {
        members.remove(member);
        if (viewers.remove(member) && isWatching(member)) {
            watching--;
        }
        quietSinceNanos = phase == Phase.ENDED ? quietSinceNanos : nowNanos;
        int place = places.indexOf(member);
        if (place < 0) {
            return;
        }
        places.set(place, null);
        lane.publisherLeft(id, member.request().subject(), place);
        if (place == 0 && phase == Phase.LIVE) {
            phase = Phase.INTERRUPTED;
        }
        for (Member viewer : viewers) {
            bind(viewer, place);
        }
    }

    /// Ends the room and everybody's session in it, also of those who are still connecting.
    void end(long nowNanos) {
        phase = Phase.ENDED;
        quietSinceNanos = nowNanos;
        viewers.clear();
        watching = 0;
        places.clear();
        members.forEach(member ->
                member.session().loop().post(now -> member.session().end(SessionEnd.ROOM_ENDED, "the room was ended")));
    }

    RoomStatus status() {
        List<RoomStatus.Layer> layers = new ArrayList<>();
        Member host = placeOrNull(0);
        Publication publication = host == null ? null : host.publication();
        if (publication != null) {
            for (PublishedTrack track : publication.tracks()) {
                if (track.isVideo()) {
                    for (SourceStream stream : track.streams()) {
                        Codec codec = stream.codec();
                        if (stream.isActive() && codec != null) {
                            layers.add(new RoomStatus.Layer(
                                    stream.rid(), codec.name().name(), stream.bitrateBps()));
                        }
                    }
                    break; // the first video line is the main picture
                }
            }
        }
        return new RoomStatus(id, phase, watching, layers);
    }

    /// A studio that takes only what guests send is no viewer.
    private static boolean isWatching(Member member) {
        ViewerMedia media = member.viewer();
        return member.isConnected() && media != null && media.receives(0);
    }

    private void bind(Member viewer, int place) {
        ViewerMedia media = viewer.viewer();
        if (media == null) {
            return;
        }
        Member publisher = placeOrNull(place);
        Publication publication = publisher == null ? null : publisher.publication();
        viewer.session().loop().post(now -> media.bind(place, publication, now));
    }

    private @Nullable Member placeOrNull(int place) {
        return place < places.size() ? places.get(place) : null;
    }

    /// Where a publisher belongs: a guest where it was invited to, others at their subject's own place, else at a
    /// free one of their kind; -1 when there is none.
    private int placeFor(SessionRequest request) {
        if (isGuest(request)) {
            return lane.placeOf(id, request.subject());
        }
        boolean host = !request.cohost();
        int from = host ? 0 : 1;
        int to = host ? 1 : maxPublications;
        int free = -1;
        for (int place = from; place < to; place++) {
            Member holder = placeOrNull(place);
            if (holder == null) {
                free = free < 0 && !lane.isReserved(id, place) ? place : free;
            } else if (holder.request().subject().equals(request.subject())) {
                return place;
            }
        }
        return free;
    }

    private static boolean isGuest(SessionRequest request) {
        return request.visitor().role() == Role.GUEST;
    }
}
