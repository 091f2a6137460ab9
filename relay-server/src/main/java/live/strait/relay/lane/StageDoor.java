package live.strait.relay.lane;

import live.strait.signaling.control.RoomId;

/// Port: what the stage needs of tokens and of the media side.
public interface StageDoor {

    /// A token by which `identity` may publish in the room as a guest, for a minute.
    String invitation(RoomId room, String identity);

    /// Ends what the guest publishes, if it does; [Lanes#publisherLeft] follows where it did.
    void end(RoomId room, String identity);
}
