package live.strait.relay.lane;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import live.strait.signaling.control.RoomId;
import live.strait.signaling.message.LaneJson;
import live.strait.signaling.message.NodeMessage;
import live.strait.signaling.message.OnStage;
import live.strait.signaling.message.StageEnd;
import org.jspecify.annotations.Nullable;

/// Who is on stage, and who is on the way there.
///
/// A host invites somebody to a free place; within half a minute the guest's media has to be there. Place 0 is the
/// host's, cohosts sit where guests do. Media comes and goes by its own sessions, of which the node tells ([#live],
/// [#left]); a guest whose media is lost is off the stage and can be invited again.
final class Stage {
    /// Viewers have lines for so many beside the host's: nobody renegotiates for a guest.
    static final int MOST_GUESTS = 3;
    private static final long COMES_WITHIN_NANOS = 30_000_000_000L;

    private final RoomId room;
    private final StageDoor door;
    private final Audience audience;
    private final RoomPicture picture;
    /// By place.
    private final Map<Integer, Guest> guests = new TreeMap<>();
    /// The identities of those whose media is there, by place; guests, hosts and cohosts alike.
    private final Map<Integer, String> publishers = new TreeMap<>();
    private long invitations;

    Stage(RoomId room, StageDoor door, Audience audience, RoomPicture picture) {
        this.room = room;
        this.door = door;
        this.audience = audience;
        this.picture = picture;
    }

    /// Why somebody cannot be invited now, or null.
    NodeMessage.@Nullable Notice obstacle(Person person) {
        if (person.pages().isEmpty()) {
            return new NodeMessage.Notice("stage-gone", "This viewer is not here any more.");
        }
        if (find(person) == null && freePlace() < 0) {
            return new NodeMessage.Notice("stage-full", "The stage is full. End somebody's part first.");
        }
        return null;
    }

    /// Invites somebody who has no [#obstacle]; an invitation that stands is told again.
    void invite(Person person, long nowNanos) {
        Guest guest = find(person);
        if (guest == null) {
            String invite = "s" + ++invitations;
            guest = new Guest(person, invite, freePlace(), nowNanos + COMES_WITHIN_NANOS);
            guests.put(guest.place, guest);
        }
        tell(guest);
    }

    /// Tells somebody who comes over a new link of the invitation that stands.
    void remind(Person person) {
        Guest guest = find(person);
        if (guest != null && !guest.isLive) {
            tell(guest);
        }
    }

    /// The guest says that it comes: from now on others see its place.
    ///
    /// @return whether there is such an invitation
    boolean accept(Person person, String invite) {
        Guest guest = find(person);
        if (guest == null || !guest.invite.equals(invite)) {
            return false;
        }
        guest.hasAccepted = true;
        show();
        return true;
    }

    /// Ends somebody's part or invitation.
    ///
    /// @return whether there was one
    boolean end(Person person, StageEnd reason) {
        Guest guest = find(person);
        if (guest == null) {
            return false;
        }
        guests.remove(guest.place);
        door.end(room, person.identity());
        String json = LaneJson.write(new NodeMessage.StageLeave(reason));
        person.pages().forEach(page -> page.send(json));
        show();
        return true;
    }

    /// Where the holder of an invitation is to publish, or -1.
    int placeOf(String identity) {
        for (Guest guest : guests.values()) {
            if (guest.person.identity().equals(identity)) {
                return guest.place;
            }
        }
        return -1;
    }

    /// Whether a place is kept for a guest.
    boolean isReserved(int place) {
        return guests.containsKey(place);
    }

    /// Somebody's media is there.
    void live(String identity, int place) {
        publishers.put(place, identity);
        Guest guest = guests.get(place);
        if (guest != null && guest.person.identity().equals(identity)) {
            guest.isLive = true;
        }
        show();
    }

    /// Somebody's media is gone.
    void left(String identity, int place) {
        if (publishers.remove(place, identity)) {
            Guest guest = guests.get(place);
            if (guest != null && guest.isLive && guest.person.identity().equals(identity)) {
                end(guest.person, StageEnd.LOST);
            }
            show();
        }
    }

    void onTimeout(long nowNanos) {
        for (Guest guest : List.copyOf(guests.values())) {
            if (!guest.isLive && guest.deadlineNanos <= nowNanos) {
                end(guest.person, StageEnd.EXPIRED);
            }
        }
    }

    long nextDeadlineNanos() {
        long next = Long.MAX_VALUE;
        for (Guest guest : guests.values()) {
            next = guest.isLive ? next : Math.min(next, guest.deadlineNanos);
        }
        return next;
    }

    boolean isEmpty() {
        return guests.isEmpty() && publishers.isEmpty();
    }

    private void tell(Guest guest) {
        String token = door.invitation(room, guest.person.identity());
        String json = LaneJson.write(new NodeMessage.StageInvite(guest.invite, token, guest.place));
        guest.person.pages().forEach(page -> page.sendSurely(json));
    }

    private void show() {
        List<OnStage> stage = new ArrayList<>();
        for (int place = 0; place <= MOST_GUESTS; place++) {
            Guest guest = guests.get(place);
            String publisher = publishers.get(place);
            if (guest != null && (guest.hasAccepted || guest.isLive)) {
                stage.add(new OnStage(guest.person.viewer(), guest.person.name(), place, guest.isLive));
            } else if (publisher != null) {
                Person person = audience.byIdentity(publisher);
                stage.add(
                        new OnStage(audience.viewerOf(publisher), person == null ? null : person.name(), place, true));
            }
        }
        picture.setStage(stage);
    }

    private @Nullable Guest find(Person person) {
        for (Guest guest : guests.values()) {
            if (guest.person.identity().equals(person.identity())) {
                return guest;
            }
        }
        return null;
    }

    private int freePlace() {
        for (int place = 1; place <= Math.min(MOST_GUESTS, picture.rules().maxGuests()); place++) {
            if (!guests.containsKey(place) && !publishers.containsKey(place)) {
                return place;
            }
        }
        return -1;
    }

    private static final class Guest {
        private final Person person;
        private final String invite;
        private final int place;
        private final long deadlineNanos;
        private boolean hasAccepted;
        private boolean isLive;

        Guest(Person person, String invite, int place, long deadlineNanos) {
            this.person = person;
            this.invite = invite;
            this.place = place;
            this.deadlineNanos = deadlineNanos;
        }
    }
}
