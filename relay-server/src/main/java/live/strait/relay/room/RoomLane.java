package live.strait.relay.room;

import live.strait.signaling.control.RoomId;
import live.strait.signaling.control.RoomStatus;

/// Port: the lane beside the rooms, which is told what happens and says who may come on stage. On the room loop.
public interface RoomLane {

    /// Somebody has come or gone, or the room's phase has changed.
    void roomChanged(RoomStatus status);

    /// The place that a guest was invited to, or -1 when it was not, or not any more.
    int placeOf(RoomId room, String identity);

    /// Whether a place is kept for a guest, so that no cohost takes it.
    boolean isReserved(RoomId room, int place);

    /// Somebody's media is there: the host's at place 0, a cohost's or guest's at another.
    void publisherLive(RoomId room, String identity, int place);

    /// Somebody's media is gone.
    void publisherLeft(RoomId room, String identity, int place);
}
